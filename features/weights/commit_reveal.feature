Feature: Commit and reveal
  So that nobody can copy weights while they are fresh, a validator first commits to them: it publishes a hash only,

    hash = blake2_256(account, netuid, uids, values, salt, version key)     (SCALE, section 08, 7)

  and reveals the weights a whole number of epochs later: those committed in epoch e can be revealed in epoch
  e + period and only then, the period being 1 unless the owner chooses another. Every new subnet works like this.
  Both calls are free. A reveal too early, too late or of something else never gets past the transaction pool, which
  calls it CommitBlockNotInRevealRange or CommitNotFound (section 08, 3 and 5 to 7; section 10, 2.2). The hashes here
  were calculated from the formula, apart from the chain.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And Bob stakes 100 TAO to validator1 on subnet 2
    # As if epoch 4 had just begun, in block 6: the next ones begin in blocks 26 and 46.
    And these values are stored
      | SubtensorModule.WeightsSetRateLimit(2) | 0                           |
      | SubtensorModule.Tempo(2)               | 20                          |
      | SubtensorModule.LastEpochBlock(2)      | 6                           |
      | SubtensorModule.SubnetEpochIndex(2)    | 4                           |
      | SubtensorModule.ValidatorPermit(2)     | [false, true, false, false] |
      | SubtensorModule.OwnerCutEnabled(2)     | false                       |
      | SubtensorModule.PendingOwnerCut(2)     | 0 alpha                     |
    # The weights 60 for miner1 and 40 for miner2 with the salt 1, 2, 3, 4
    And validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xf81016990f4d678a1a4ea536410153fd9403c3d8edf4ef617b516bf8adc094a2 |

  Scenario: A commit keeps the hash, the epoch and the block, and no weights
    Then these values hold
      | SubtensorModule.WeightCommits(2, validator1) | [(0xf81016990f4d678a1a4ea536410153fd9403c3d8edf4ef617b516bf8adc094a2, 4, 7, 0)] |
      | SubtensorModule.Weights(2, 1)                | []                                                                              |
      | SubtensorModule.LastUpdate(2)                | [1, 7, 3, 3]                                                                    |

  Scenario: Weights are revealed in the epoch after
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [2, 3]       |
      | values      | [60, 40]     |
      | salt        | [1, 2, 3, 4] |
      | version_key | 0            |
    Then the call succeeds
    And event WeightsRevealed is emitted
      | 0 | validator1                                                         |
      | 1 | 2                                                                  |
      | 2 | 0xf81016990f4d678a1a4ea536410153fd9403c3d8edf4ef617b516bf8adc094a2 |
    And event WeightsSet is emitted
    And these values hold
      | SubtensorModule.Weights(2, 1)                | [(2, 65,535), (3, 43,690)] |
      | SubtensorModule.WeightCommits(2, validator1) | none                       |
      # The block of the commit, not of the reveal
      | SubtensorModule.LastUpdate(2)                | [1, 7, 3, 3]               |
    # Revealed weights count in the epoch that follows: 0.6 and 0.4 of 65,535.
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Incentive(2) is [0, 0, 39,320, 26,213]

  Scenario: Weights cannot be revealed in the epoch of their commit
    When validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [2, 3]       |
      | values      | [60, 40]     |
      | salt        | [1, 2, 3, 4] |
      | version_key | 0            |
    Then the call is refused with CommitBlockNotInRevealRange
    And nothing changed

  Scenario: Weights cannot be revealed two epochs after their commit
    When the next epoch of subnet 2 runs
    And the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [2, 3]       |
      | values      | [60, 40]     |
      | salt        | [1, 2, 3, 4] |
      | version_key | 0            |
    Then the call is refused with CommitBlockNotInRevealRange
    And nothing changed

  Scenario Outline: What is revealed must be what was committed: another <part>
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2         |
      | uids        | <uids>    |
      | values      | <values>  |
      | salt        | <salt>    |
      | version_key | <version> |
    Then the call is refused with CommitNotFound
    And nothing changed

    Examples:
      | part        | uids   | values   | salt         | version |
      | neuron      | [2, 1] | [60, 40] | [1, 2, 3, 4] | 0       |
      | weight      | [2, 3] | [60, 41] | [1, 2, 3, 4] | 0       |
      | order       | [3, 2] | [40, 60] | [1, 2, 3, 4] | 0       |
      | salt        | [2, 3] | [60, 40] | [1, 2, 3, 5] | 0       |
      | version key | [2, 3] | [60, 40] | [1, 2, 3, 4] | 1       |

  Scenario: Who has committed nothing has nothing to reveal
    When the next epoch of subnet 2 runs
    And miner1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [2, 3]       |
      | values      | [60, 40]     |
      | salt        | [1, 2, 3, 4] |
      | version_key | 0            |
    Then the call is refused with CommitNotFound
    And nothing changed

  Scenario: A copied hash is of no use, for the hash is of the account as well
    Given miner1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xf81016990f4d678a1a4ea536410153fd9403c3d8edf4ef617b516bf8adc094a2 |
    When the next epoch of subnet 2 runs
    And miner1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [2, 3]       |
      | values      | [60, 40]     |
      | salt        | [1, 2, 3, 4] |
      | version_key | 0            |
    Then the call is refused with CommitNotFound
    And nothing changed

  Scenario: A reveal drops the commits before it
    # The weight 1 for miner2 with the salt 5, 6, 7, 8
    Given validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xf75d6a5abf47d052da6b12ef3e707af6907e8fe93b7ac461a5ac13acab7f20af |
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [3]          |
      | values      | [1]          |
      | salt        | [5, 6, 7, 8] |
      | version_key | 0            |
    Then the call succeeds
    And SubtensorModule.Weights(2, 1) is [(3, 65,535)]
    And SubtensorModule.WeightCommits(2, validator1) is none
    When validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [2, 3]       |
      | values      | [60, 40]     |
      | salt        | [1, 2, 3, 4] |
      | version_key | 0            |
    Then the call is refused with CommitNotFound
    And nothing changed

  Scenario: A neuron has at most ten commits that are not revealed
    # Nine more than the one there is
    Given these calls are made in one block
      | validator1 | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0202020202020202020202020202020202020202020202020202020202020202) |
      | validator1 | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0303030303030303030303030303030303030303030303030303030303030303) |
      | validator1 | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0404040404040404040404040404040404040404040404040404040404040404) |
      | validator1 | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0505050505050505050505050505050505050505050505050505050505050505) |
      | validator1 | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0606060606060606060606060606060606060606060606060606060606060606) |
      | validator1 | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0707070707070707070707070707070707070707070707070707070707070707) |
      | validator1 | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0808080808080808080808080808080808080808080808080808080808080808) |
      | validator1 | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0909090909090909090909090909090909090909090909090909090909090909) |
      | validator1 | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a) |
    When validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xf75d6a5abf47d052da6b12ef3e707af6907e8fe93b7ac461a5ac13acab7f20af |
    Then the call is refused with TooManyUnrevealedCommits
    And nothing changed
    # Two epochs later they have all expired, and make room.
    When the next epoch of subnet 2 runs
    And the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xf75d6a5abf47d052da6b12ef3e707af6907e8fe93b7ac461a5ac13acab7f20af |
    Then the call succeeds
    And these values hold
      | SubtensorModule.WeightCommits(2, validator1) | [(0xf75d6a5abf47d052da6b12ef3e707af6907e8fe93b7ac461a5ac13acab7f20af, 6, 47, 0)] |

  Scenario: Commits are limited in rate, like weights
    Given SubtensorModule.WeightsSetRateLimit(2) is 10
    # Committed in block 7: 9 blocks before block 16, which the call would be in.
    And block 15 is reached
    When validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xf75d6a5abf47d052da6b12ef3e707af6907e8fe93b7ac461a5ac13acab7f20af |
    Then the call is refused with RateLimitExceeded
    And nothing changed
    Given block 16 is reached
    When validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xf75d6a5abf47d052da6b12ef3e707af6907e8fe93b7ac461a5ac13acab7f20af |
    Then the call succeeds

  Scenario: The owner can make the period longer
    Given Alice calls AdminUtils.sudo_set_commit_reveal_weights_interval
      | netuid   | 2 |
      | interval | 2 |
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [2, 3]       |
      | values      | [60, 40]     |
      | salt        | [1, 2, 3, 4] |
      | version_key | 0            |
    Then the call is refused with CommitBlockNotInRevealRange
    And nothing changed
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [2, 3]       |
      | values      | [60, 40]     |
      | salt        | [1, 2, 3, 4] |
      | version_key | 0            |
    Then the call succeeds
    And SubtensorModule.Weights(2, 1) is [(2, 65,535), (3, 43,690)]

  Scenario Outline: The period is between 1 and 100 epochs: <interval>
    When Alice calls AdminUtils.sudo_set_commit_reveal_weights_interval
      | netuid   | 2          |
      | interval | <interval> |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | interval | error                |
      | 0        | RevealPeriodTooSmall |
      | 101      | RevealPeriodTooLarge |

  Scenario: Only a neuron of the subnet commits
    When stranger calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xf75d6a5abf47d052da6b12ef3e707af6907e8fe93b7ac461a5ac13acab7f20af |
    Then the call is refused with HotKeyNotRegisteredInSubNet
    And nothing changed

  Scenario: There must be a subnet
    When validator1 calls SubtensorModule.commit_weights
      | netuid      | 7                                                                  |
      | commit_hash | 0xf75d6a5abf47d052da6b12ef3e707af6907e8fe93b7ac461a5ac13acab7f20af |
    Then the call is refused with MechanismDoesNotExist
    And nothing changed

  Scenario: Switched off, there are no commits and no reveals
    Given Alice calls AdminUtils.sudo_set_commit_reveal_weights_enabled
      | netuid  | 2     |
      | enabled | false |
    When validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xf75d6a5abf47d052da6b12ef3e707af6907e8fe93b7ac461a5ac13acab7f20af |
    Then the call is refused with CommitRevealDisabled
    And nothing changed
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2            |
      | uids        | [2, 3]       |
      | values      | [60, 40]     |
      | salt        | [1, 2, 3, 4] |
      | version_key | 0            |
    Then the call is refused with CommitRevealDisabled
    And nothing changed

  Scenario: A permit is needed to reveal, not to commit
    # The weight 1 for miner2 with the salt 1
    When miner1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0x73cdb84df98478cf7fec6a87d53b7d4754983ca24751163e84327a4dad323aae |
    Then the call succeeds
    When the next epoch of subnet 2 runs
    And miner1 calls SubtensorModule.reveal_weights
      | netuid      | 2   |
      | uids        | [3] |
      | values      | [1] |
      | salt        | [1] |
      | version_key | 0   |
    Then the call is refused with NeuronNoValidatorPermit
    And nothing changed

  Scenario: A miner that registers after the commit gets nothing by its reveal
    # The weight 1 for neuron 4 with the salt 9
    Given validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xe2474929ae0748083a4c9b9ea10bfca48031b05e3229fbe560ab814ae8ab3470 |
    And Charlie registers miner3 on subnet 2
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2   |
      | uids        | [4] |
      | values      | [1] |
      | salt        | [9] |
      | version_key | 0   |
    Then the call succeeds
    And SubtensorModule.Weights(2, 1) is [(4, 65,535)]
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Incentive(2) is [0, 0, 0, 0, 0]
