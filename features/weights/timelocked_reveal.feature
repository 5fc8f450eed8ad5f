Feature: Revealing timelocked weights
  Weights can be committed sealed: encrypted for a round of the drand beacon, so that nobody, the chain included, can read
  them before that round, and nobody has to come back to reveal them. The chain opens them itself. Commits of epoch e are
  due in epoch e + period, and only as long as it lasts: at the beginning of each of its blocks every commit is tried whose
  pulse is there. The first of them is the block in which the epoch runs, which counts with them already (section 08, 8).
  On this chain a pulse is in block n if its round is at most 4n, and opens what it opens at the beginning of block n + 1.

  Background:
    Given a beacon chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: validator2) |
      | Dave    | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
    And these calls are made in one block
      | Dave | SubtensorModule.burned_register(netuid: 2, hotkey: miner2) |
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And these calls are made in one block
      | Bob     | SubtensorModule.add_stake(hotkey: validator1, netuid: 2, amount_staked: 100 TAO) |
      | Charlie | SubtensorModule.add_stake(hotkey: validator2, netuid: 2, amount_staked: 100 TAO) |
    # As if epoch 4 had just begun, in block 7: epoch 5 begins in block 27, epoch 6 in block 47.
    And these values are stored
      | SubtensorModule.WeightsSetRateLimit(2) | 0                                 |
      | SubtensorModule.Tempo(2)               | 20                                |
      | SubtensorModule.LastEpochBlock(2)      | 7                                 |
      | SubtensorModule.SubnetEpochIndex(2)    | 4                                 |
      | SubtensorModule.ValidatorPermit(2)     | [false, true, true, false, false] |
      | SubtensorModule.OwnerCutEnabled(2)     | false                             |
      | SubtensorModule.PendingOwnerCut(2)     | 0 alpha                           |
    And the beacon runs

  Scenario: Sealed weights are opened when their epoch begins, and count in it
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 60 |
      | miner2 | 40 |
    When block 26 is reached
    Then these values hold
      | Drand.LastStoredRound           | 104 |
      | SubtensorModule.Weights(2, 1)   | []  |
    And a value is stored at SubtensorModule.TimelockedWeightCommits(2, 4)
    When 1 block passes
    Then event TimelockedWeightsRevealed is emitted
      | 0 | 2          |
      | 1 | validator1 |
    And event WeightsSet is emitted
      | 0 | 2 |
      | 1 | 1 |
    And these values hold
      # 40 / 60 * 65,535
      | SubtensorModule.Weights(2, 1)                 | [(3, 65,535), (4, 43,690)]      |
      | SubtensorModule.TimelockedWeightCommits(2, 4) | []                              |
      # The block of the commit, not of the reveal
      | SubtensorModule.LastUpdate(2)                 | [1, 8, 3, 3, 4]                 |
      # 0.6 and 0.4 of 65,535
      | SubtensorModule.Incentive(2)                  | [0, 0, 0, 39,320, 26,213]       |

  Scenario: A pulse that is there long before the epoch opens nothing before it
    Given validator1 commits weights on subnet 2 until round 40
      | miner1 | 1 |
    When block 26 is reached
    Then event TimelockedWeightsRevealed is not emitted
    And SubtensorModule.Weights(2, 1) is []
    When 1 block passes
    Then event TimelockedWeightsRevealed is emitted
    And SubtensorModule.Weights(2, 1) is [(3, 65,535)]

  Scenario: The round of the epoch's first block is a block too late for its epoch
    Given validator1 commits weights on subnet 2 until round 105
      | miner1 | 1 |
    When block 27 is reached
    Then event TimelockedWeightsRevealed is not emitted
    And SubtensorModule.Incentive(2) is [0, 0, 0, 0, 0]
    When 1 block passes
    Then event TimelockedWeightsRevealed is emitted

  Scenario: Weights wait for a beacon that is late
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    # Round 104 comes with block (104 + 20) / 4 = 31.
    And the beacon is late by 20 rounds
    When block 31 is reached
    Then Drand.LastStoredRound is 104
    And event TimelockedWeightsRevealed is not emitted
    When 1 block passes
    Then event TimelockedWeightsRevealed is emitted
      | 0 | 2          |
      | 1 | validator1 |
    And SubtensorModule.LastUpdate(2) is [1, 8, 3, 3, 4]

  Scenario: The last block of the epoch still opens them
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    # Round 104 comes with block 45.
    And the beacon is late by 76 rounds
    When block 46 is reached
    Then event TimelockedWeightsRevealed is emitted
    And SubtensorModule.Weights(2, 1) is [(3, 65,535)]

  Scenario: A beacon that is later than the epoch loses the weights
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    # Round 104 comes with block 46; in block 47 epoch 6 begins.
    And the beacon is late by 80 rounds
    When block 46 is reached
    Then Drand.LastStoredRound is 104
    And a value is stored at SubtensorModule.TimelockedWeightCommits(2, 4)
    When 1 block passes
    Then event TimelockedWeightsRevealed is not emitted
    And these values hold
      | SubtensorModule.Weights(2, 1)                 | [] |
      | SubtensorModule.TimelockedWeightCommits(2, 4) | [] |

  Scenario: A round that the beacon skips opens nothing, and holds up nobody else
    Given validator1 commits weights on subnet 2 until round 103
      | miner1 | 1 |
    And validator2 commits weights on subnet 2 until round 104
      | miner2 | 1 |
    And the beacon skips round 103
    When block 27 is reached
    Then event TimelockedWeightsRevealed is emitted 1 time
    And event TimelockedWeightsRevealed is emitted
      | 0 | 2          |
      | 1 | validator2 |
    And SubtensorModule.TimelockedWeightCommits(2, 4).0.0 is validator1
    When block 47 is reached
    Then event TimelockedWeightsRevealed is not emitted
    And SubtensorModule.TimelockedWeightCommits(2, 4) is []

  Scenario: A round that the beacon repeats changes nothing
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    And block 27 is reached
    When the beacon publishes round 104
    Then the call is refused with InvalidRoundNumber
    And event TimelockedWeightsRevealed is not emitted
    When 1 block passes
    Then event TimelockedWeightsRevealed is not emitted
    And SubtensorModule.Weights(2, 1) is [(3, 65,535)]

  Scenario: Several validators are opened in the order of their commits
    Given validator2 commits weights on subnet 2 until round 90
      | miner2 | 1 |
    And validator1 commits weights on subnet 2 until round 80
      | miner1 | 1 |
    When block 27 is reached
    Then event TimelockedWeightsRevealed is emitted 2 times
    And these values hold
      | SubtensorModule.Weights(2, 1) | [(3, 65,535)] |
      | SubtensorModule.Weights(2, 2) | [(4, 65,535)] |

  Scenario: Of several commits of a validator the last one opened stays
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    And validator1 commits weights on subnet 2 until round 60
      | miner2 | 1 |
    When block 27 is reached
    # Opened in the order of the commits, whatever their rounds.
    Then event TimelockedWeightsRevealed is emitted 2 times
    And SubtensorModule.Weights(2, 1) is [(4, 65,535)]

  Scenario: Bytes that are no sealed weights are dropped, and hold up nobody else
    Given validator1 calls SubtensorModule.commit_timelocked_weights
      | netuid                | 2            |
      | commit                | 0x0102030405 |
      | reveal_round          | 104          |
      | commit_reveal_version | 4            |
    And validator2 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    When block 27 is reached
    Then event TimelockedWeightsRevealed is emitted 1 time
    And these values hold
      | SubtensorModule.TimelockedWeightCommits(2, 4) | []            |
      | SubtensorModule.Weights(2, 1)                 | []            |
      | SubtensorModule.Weights(2, 2)                 | [(3, 65,535)] |

  Scenario: Nobody can use the weights of another
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    And validator2 commits the weights of validator1 on subnet 2 until round 104
      | miner1 | 1 |
    When block 27 is reached
    Then event TimelockedWeightsRevealed is emitted 1 time
    And these values hold
      | SubtensorModule.TimelockedWeightCommits(2, 4) | []            |
      | SubtensorModule.Weights(2, 1)                 | [(3, 65,535)] |
      | SubtensorModule.Weights(2, 2)                 | []            |

  Scenario: Weights with a version key that is too old by then are dropped
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    And SubtensorModule.WeightsVersionKey(2) is 1
    And validator2 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    When block 27 is reached
    Then event TimelockedWeightsRevealed is emitted 1 time
    And these values hold
      | SubtensorModule.TimelockedWeightCommits(2, 4) | []            |
      | SubtensorModule.Weights(2, 1)                 | []            |
      | SubtensorModule.Weights(2, 2)                 | [(3, 65,535)] |

  Scenario: A validator that may not set weights by then has sealed them in vain
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    And SubtensorModule.ValidatorPermit(2) is [false, false, true, false, false]
    When block 27 is reached
    Then event TimelockedWeightsRevealed is not emitted
    And these values hold
      | SubtensorModule.TimelockedWeightCommits(2, 4) | [] |
      | SubtensorModule.Weights(2, 1)                 | [] |

  Scenario: Nothing can be sealed until a round that is over
    Given block 10 is reached
    When validator1 commits weights on subnet 2 until round 39
      | miner1 | 1 |
    Then the call is refused with InvalidRevealRound
    And nothing changed
    # The last one may still be named.
    When validator1 commits weights on subnet 2 until round 40
      | miner1 | 1 |
    Then the call succeeds

  Scenario: With a longer period weights stay sealed for longer
    Given SubtensorModule.RevealPeriodEpochs(2) is 2
    And validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    When block 46 is reached
    Then event TimelockedWeightsRevealed is not emitted
    When 1 block passes
    Then event TimelockedWeightsRevealed is emitted

  Scenario: Each mechanism has sealed weights of its own
    Given Alice calls AdminUtils.sudo_set_max_allowed_uids
      | netuid           | 2   |
      | max_allowed_uids | 128 |
    And Alice calls AdminUtils.sudo_set_mechanism_count
      | netuid          | 2 |
      | mechanism_count | 2 |
    And validator1 commits weights on mechanism 1 of subnet 2 until round 104
      | miner2 | 1 |
    And validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    When block 27 is reached
    Then event TimelockedWeightsRevealed is emitted 2 times
    And event TimelockedWeightsRevealed is emitted
      | 0 | 4,098      |
      | 1 | validator1 |
    And these values hold
      | SubtensorModule.Weights(2, 1)     | [(3, 65,535)] |
      | SubtensorModule.Weights(4,098, 1) | [(4, 65,535)] |

  Scenario: On a chain that believes another beacon nothing of the local one opens
    Given validator1 commits weights on subnet 2 until round 104
      | miner1 | 1 |
    And the beacon stops
    # The default is the key of quicknet, as on every other chain.
    And Drand.BeaconConfig is none
    When the beacon publishes round 104
    Then the call is refused with UnverifiedPulse
    When block 27 is reached
    Then event TimelockedWeightsRevealed is not emitted
    And a value is stored at SubtensorModule.TimelockedWeightCommits(2, 4)
