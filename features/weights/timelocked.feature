Feature: Timelocked weights
  Instead of a hash that it has to reveal itself, a validator can commit weights encrypted for a round of the drand
  beacon. The chain keeps them by epoch, and opens them itself as soon as the epoch to reveal them has come and the
  pulse of their round is known; it tries only as long as this epoch lasts. This feature is about the queue: who may
  join it, and when it is cleared. The version of the scheme is 4 (section 08, 3 and 8).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
    # As if epoch 4 had just begun, in block 4: the next ones begin in blocks 24 and 44.
    And these values are stored
      | SubtensorModule.WeightsSetRateLimit(2) | 0     |
      | SubtensorModule.Tempo(2)               | 20    |
      | SubtensorModule.LastEpochBlock(2)      | 4     |
      | SubtensorModule.SubnetEpochIndex(2)    | 4     |
      | Drand.LastStoredRound                  | 1,000 |

  Scenario: A timelocked commit waits in the queue of its epoch
    When validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2            |
      | commit                | 0x0102030405 |
      | reveal_round          | 1,010        |
      | commit_reveal_version | 4            |
    Then the call succeeds
    # blake2_256 of the bytes
    And event TimelockedWeightsCommitted is emitted
      | 0 | validator1                                                         |
      | 1 | 2                                                                  |
      | 2 | 0x02b8394a0209cdd8d24de63a2d8b501e5c8d8933e6bc12c76ebfc2ca982079ca |
      | 3 | 1,010                                                              |
    And these values hold
      | SubtensorModule.TimelockedWeightCommits(2, 4) | [(validator1, 5, 0x0102030405, 1,010)] |
      | SubtensorModule.LastUpdate(2)                 | [1, 5, 3]                              |

  Scenario: Commits of all validators of an epoch wait in one queue, in order
    Given validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x01  |
      | reveal_round          | 1,010 |
      | commit_reveal_version | 4     |
    When miner1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x02  |
      | reveal_round          | 1,020 |
      | commit_reveal_version | 4     |
    Then SubtensorModule.TimelockedWeightCommits(2, 4) is [(validator1, 5, 0x01, 1,010), (miner1, 6, 0x02, 1,020)]

  Scenario: A commit that the beacon did not open in its epoch is dropped
    Given validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x01  |
      | reveal_round          | 1,010 |
      | commit_reveal_version | 4     |
    # It is to be revealed in epoch 5, blocks 24 to 43.
    When block 43 is reached
    Then SubtensorModule.TimelockedWeightCommits(2, 4) is [(validator1, 5, 0x01, 1,010)]
    When block 44 is reached
    Then SubtensorModule.TimelockedWeightCommits(2, 4) is []

  Scenario: A round that is over would reveal the weights at once
    When validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2    |
      | commit                | 0x01 |
      | reveal_round          | 999  |
      | commit_reveal_version | 4    |
    Then the call is refused with InvalidRevealRound
    And nothing changed
    When validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x01  |
      | reveal_round          | 1,000 |
      | commit_reveal_version | 4     |
    Then the call succeeds

  Scenario Outline: Another version of the scheme is refused: <version>
    When validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2         |
      | commit                | 0x01      |
      | reveal_round          | 1,010     |
      | commit_reveal_version | <version> |
    Then the call is refused with IncorrectCommitRevealVersion
    And nothing changed

    Examples:
      | version |
      | 3       |
      | 5       |

  Scenario: A validator has at most ten commits in an epoch
    Given these calls are made in one block
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x01, reveal_round: 1,010, commit_reveal_version: 4) |
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x02, reveal_round: 1,010, commit_reveal_version: 4) |
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x03, reveal_round: 1,010, commit_reveal_version: 4) |
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x04, reveal_round: 1,010, commit_reveal_version: 4) |
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x05, reveal_round: 1,010, commit_reveal_version: 4) |
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x06, reveal_round: 1,010, commit_reveal_version: 4) |
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x07, reveal_round: 1,010, commit_reveal_version: 4) |
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x08, reveal_round: 1,010, commit_reveal_version: 4) |
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x09, reveal_round: 1,010, commit_reveal_version: 4) |
      | validator1 | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x0a, reveal_round: 1,010, commit_reveal_version: 4) |
    When validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x0b  |
      | reveal_round          | 1,010 |
      | commit_reveal_version | 4     |
    Then the call is refused with TooManyUnrevealedCommits
    And nothing changed
    # Others can still commit, and so can it in the next epoch.
    When miner1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x0b  |
      | reveal_round          | 1,010 |
      | commit_reveal_version | 4     |
    Then the call succeeds
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x0b  |
      | reveal_round          | 1,010 |
      | commit_reveal_version | 4     |
    Then the call succeeds
    And SubtensorModule.TimelockedWeightCommits(2, 5) is [(validator1, 25, 0x0b, 1,010)]

  # This limit is not asked by the pool, so the call fails in its block and by its own name.
  Scenario: Timelocked commits are limited in rate
    Given SubtensorModule.WeightsSetRateLimit(2) is 10
    # Registered in block 3, 3 blocks before
    When validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x01  |
      | reveal_round          | 1,010 |
      | commit_reveal_version | 4     |
    Then the call is refused with CommittingWeightsTooFast
    And nothing changed

  Scenario: Switched off, there are no timelocked commits
    Given Alice calls AdminUtils.sudo_set_commit_reveal_weights_enabled
      | netuid  | 2     |
      | enabled | false |
    When validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x01  |
      | reveal_round          | 1,010 |
      | commit_reveal_version | 4     |
    Then the call is refused with CommitRevealDisabled
    And nothing changed

  Scenario: Only a neuron of the subnet commits
    When stranger calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2     |
      | commit                | 0x01  |
      | reveal_round          | 1,010 |
      | commit_reveal_version | 4     |
    Then the call is refused with HotKeyNotRegisteredInSubNet
    And nothing changed

  Scenario: There must be a subnet
    When validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 7     |
      | commit                | 0x01  |
      | reveal_round          | 1,010 |
      | commit_reveal_version | 4     |
    Then the call is refused with MechanismDoesNotExist
    And nothing changed

  Scenario: Of one mechanism alone there are commits as well
    Given Alice calls AdminUtils.sudo_set_max_allowed_uids
      | netuid           | 2   |
      | max_allowed_uids | 128 |
    And Alice calls AdminUtils.sudo_set_mechanism_count
      | netuid          | 2 |
      | mechanism_count | 2 |
    When validator1 calls SubtensorModule.commit_crv3_mechanism_weights
      | netuid       | 2     |
      | mecid        | 1     |
      | commit       | 0x01  |
      | reveal_round | 1,010 |
    Then the call succeeds
    And event TimelockedWeightsCommitted is emitted
      | 0 | validator1 |
      | 1 | 4,098      |
    And SubtensorModule.TimelockedWeightCommits(4,098, 4) is [(validator1, 7, 0x01, 1,010)]
    And SubtensorModule.TimelockedWeightCommits(2, 4) is []
