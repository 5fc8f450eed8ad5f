Feature: Weights of several subnets in one call
  A validator of several subnets can set, or commit to, weights on all of them in one call. Each item is judged by
  itself: those that fail are named in events, and the others stand. Reveals of one subnet can be made together as
  well, and these are all or nothing. Lists of different lengths never get past the transaction pool (section 08, 3,
  4, 6 and 7).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
      | Bob     | SubtensorModule.burned_register(netuid: 3, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 3, hotkey: miner1)     |
    And these values are stored
      | SubtensorModule.WeightsSetRateLimit(2) | 0                           |
      | SubtensorModule.WeightsSetRateLimit(3) | 0                           |
      | SubtensorModule.ValidatorPermit(2)     | [false, true, false, false] |
      | SubtensorModule.ValidatorPermit(3)     | [false, true, false]        |

  Scenario: Weights of two subnets are set in one call
    Given SubtensorModule.CommitRevealWeightsEnabled(2) is false
    And SubtensorModule.CommitRevealWeightsEnabled(3) is false
    When validator1 calls SubtensorModule.batch_set_weights
      | netuids      | [2, 3]                         |
      | weights      | [[(2, 60), (3, 40)], [(1, 1)]] |
      | version_keys | [0, 0]                         |
    Then the call succeeds
    And these values hold
      | SubtensorModule.Weights(2, 1) | [(2, 65,535), (3, 43,690)] |
      | SubtensorModule.Weights(3, 1) | [(1, 65,535)]              |
    And event WeightsSet is emitted 2 times
    And event BatchWeightsCompleted is emitted
      | 0 | [2, 3]     |
      | 1 | validator1 |
    And event BatchWeightItemFailed is not emitted

  Scenario: An item that fails is named, and the others stand
    # Subnet 3 has commit and reveal on.
    Given SubtensorModule.CommitRevealWeightsEnabled(2) is false
    When validator1 calls SubtensorModule.batch_set_weights
      | netuids      | [3, 2]               |
      | weights      | [[(1, 1)], [(2, 1)]] |
      | version_keys | [0, 0]               |
    Then the call succeeds
    And these values hold
      | SubtensorModule.Weights(2, 1) | [(2, 65,535)] |
      | SubtensorModule.Weights(3, 1) | []            |
    And event BatchCompletedWithErrors is emitted 1 time
    And event BatchWeightItemFailed is emitted 1 time
    And event BatchWeightItemFailed is emitted
      | 0 | 3 |
    And event BatchWeightsCompleted is emitted
      | 0 | [3, 2] |

  Scenario Outline: All lists must be of the same length
    Given SubtensorModule.CommitRevealWeightsEnabled(2) is false
    When validator1 calls SubtensorModule.batch_set_weights
      | netuids      | <netuids>  |
      | weights      | <weights>  |
      | version_keys | <versions> |
    Then the call is refused with InputLengthsUnequal
    And nothing changed

    Examples:
      | netuids | weights              | versions |
      | [2]     | [[(2, 1)], [(3, 1)]] | [0]      |
      | [2]     | [[(2, 1)]]           | []       |
      | []      | [[(2, 1)]]           | [0]      |

  Scenario: With too little stake on one of the subnets the pool does not take the call
    Given a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And Bob stakes 100 TAO to validator1 on subnet 2
    And Alice calls AdminUtils.sudo_set_stake_threshold as root
      | min_stake | 1,000,000,000 |
    When validator1 calls SubtensorModule.batch_set_weights
      | netuids      | [2, 3]               |
      | weights      | [[(2, 1)], [(1, 1)]] |
      | version_keys | [0, 0]               |
    Then the call is refused with StakeAmountTooLow
    And nothing changed

  Scenario: Commits of two subnets are made in one call
    When validator1 calls SubtensorModule.batch_commit_weights
      | netuids       | [2, 3]                                                                                                                                   |
      | commit_hashes | [0x04dae1b87e5f85b2a0be9cfad064b03287608a3b99faa3768e471d8a6529af14, 0xc5c8d9d4a4f881990027f325ca327d565d218c8b4e872bcb19e5ddf8aa532ded] |
    Then the call succeeds
    And these values hold
      | SubtensorModule.WeightCommits(2, validator1) | [(0x04dae1b87e5f85b2a0be9cfad064b03287608a3b99faa3768e471d8a6529af14, 0, 7, 0)] |
      | SubtensorModule.WeightCommits(3, validator1) | [(0xc5c8d9d4a4f881990027f325ca327d565d218c8b4e872bcb19e5ddf8aa532ded, 0, 7, 0)] |
    And event WeightsCommitted is emitted 2 times
    And event BatchWeightsCompleted is emitted
      | 0 | [2, 3]     |
      | 1 | validator1 |

  Scenario: A commit that fails is named, and the others stand
    # miner2 is on subnet 2 only.
    When miner2 calls SubtensorModule.batch_commit_weights
      | netuids       | [3, 2]                                                                                                                                   |
      | commit_hashes | [0x04dae1b87e5f85b2a0be9cfad064b03287608a3b99faa3768e471d8a6529af14, 0xc5c8d9d4a4f881990027f325ca327d565d218c8b4e872bcb19e5ddf8aa532ded] |
    Then the call succeeds
    And these values hold
      | SubtensorModule.WeightCommits(3, miner2) | none                                                                            |
      | SubtensorModule.WeightCommits(2, miner2) | [(0xc5c8d9d4a4f881990027f325ca327d565d218c8b4e872bcb19e5ddf8aa532ded, 0, 7, 0)] |
    And event BatchCompletedWithErrors is emitted 1 time
    And event BatchWeightItemFailed is emitted
      | 0 | 3 |

  Scenario: As many hashes as subnets must be given
    When validator1 calls SubtensorModule.batch_commit_weights
      | netuids       | [2, 3]                                                               |
      | commit_hashes | [0x04dae1b87e5f85b2a0be9cfad064b03287608a3b99faa3768e471d8a6529af14] |
    Then the call is refused with InputLengthsUnequal
    And nothing changed

  Scenario: Two commits of one subnet are revealed in one call, and the later weights stay
    # The weight 1 for miner1 with the salt 1, and the weight 1 for miner2 with the salt 2
    Given validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0x04dae1b87e5f85b2a0be9cfad064b03287608a3b99faa3768e471d8a6529af14 |
    And validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0x0668a577002f7b679449d33a12d9c6bfd9cb099af5070c4977f7a2868d47e42f |
    And Alice calls AdminUtils.sudo_set_tempo as root
      | netuid | 2  |
      | tempo  | 10 |
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And Bob stakes 100 TAO to validator1 on subnet 2
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.batch_reveal_weights
      | netuid       | 2          |
      | uids_list    | [[2], [3]] |
      | values_list  | [[1], [1]] |
      | salts_list   | [[1], [2]] |
      | version_keys | [0, 0]     |
    Then the call succeeds
    And SubtensorModule.Weights(2, 1) is [(3, 65,535)]
    And SubtensorModule.WeightCommits(2, validator1) is none
    And event WeightsBatchRevealed is emitted
      | 0 | validator1                                                                                                                               |
      | 1 | 2                                                                                                                                        |
      | 2 | [0x04dae1b87e5f85b2a0be9cfad064b03287608a3b99faa3768e471d8a6529af14, 0x0668a577002f7b679449d33a12d9c6bfd9cb099af5070c4977f7a2868d47e42f] |

  Scenario: If one of them cannot be revealed, none is
    Given validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0x04dae1b87e5f85b2a0be9cfad064b03287608a3b99faa3768e471d8a6529af14 |
    And Alice calls AdminUtils.sudo_set_tempo as root
      | netuid | 2  |
      | tempo  | 10 |
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And Bob stakes 100 TAO to validator1 on subnet 2
    When the next epoch of subnet 2 runs
    # There is no commit to the second.
    And validator1 calls SubtensorModule.batch_reveal_weights
      | netuid       | 2          |
      | uids_list    | [[2], [3]] |
      | values_list  | [[1], [1]] |
      | salts_list   | [[1], [2]] |
      | version_keys | [0, 0]     |
    Then the call is refused with CommitNotFound
    And nothing changed
    # One commit cannot be revealed twice.
    When validator1 calls SubtensorModule.batch_reveal_weights
      | netuid       | 2          |
      | uids_list    | [[2], [2]] |
      | values_list  | [[1], [1]] |
      | salts_list   | [[1], [1]] |
      | version_keys | [0, 0]     |
    Then the call is refused with InvalidRevealCommitHashNotMatch
    And nothing changed
    When validator1 calls SubtensorModule.batch_reveal_weights
      | netuid       | 2     |
      | uids_list    | [[2]] |
      | values_list  | [[1]] |
      | salts_list   | [[1]] |
      | version_keys | []    |
    Then the call is refused with InputLengthsUnequal
    And nothing changed
