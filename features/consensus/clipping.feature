Feature: Consensus correction
  "Slashing" has several meanings in this field. This feature is about the first: consensus correction. A validator,
  or a cabal of validators, that gives a miner more than the rest agree on is corrected at the next epoch:

  - its weight above consensus is clipped, so the miner earns what the others say it is worth;
  - the bonds behind that weight do not grow, and old bonds shrink by a tenth each epoch;
  - so it loses dividends, and the honest validators get them.

  No stake moves: what a validator had staked, it keeps. Consensus on a miner is the highest weight that at least kappa
  (32,767 parts of 65,535, just below a half) of the active stake gives it. A cabal with half of the stake is not
  corrected any more (section 07, 2.5 to 2.7). All numbers were calculated apart from the
  chain; `assay epoch` prints the same for the same subnet.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator2) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: cabal)      |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: puppet)     |
    And a pool of 30 TAO and 200 alpha on subnet 2
    # No fees and no owner's cut, so that the numbers are round. And as if an epoch had just run, in block 5: the next
    # one, in block 105, shares out 100 alpha.
    And these values are stored
      | Swap.FeeRate(2)                               | 0                                              |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                                          |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                                              |
      | SubtensorModule.OwnerCutEnabled(2)            | false                                          |
      | SubtensorModule.PendingOwnerCut(2)            | 0 alpha                                        |
      | SubtensorModule.PendingServerEmission(2)      | 0 alpha                                        |
      | SubtensorModule.PendingValidatorEmission(2)   | 0 alpha                                        |
      | SubtensorModule.Tempo(2)                      | 100                                            |
      | SubtensorModule.LastEpochBlock(2)             | 5                                              |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, true, true, false, false, false] |
    # 50, 30 and 20 alpha
    And Bob stakes 10 TAO to validator1 on subnet 2
    And Bob stakes 10 TAO to validator2 on subnet 2
    And Charlie stakes 10 TAO to cabal on subnet 2
    And validator2 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |

  Scenario: The puppet of a minority earns nothing, and the minority loses its dividends but no stake
    Given validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And cabal sets weights on subnet 2
      | puppet | 1 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Consensus(2)      | [0, 0, 0, 0, 39,320, 26,213, 0] |
      | SubtensorModule.Incentive(2)      | [0, 0, 0, 0, 39,320, 26,213, 0] |
      | SubtensorModule.ValidatorTrust(2) | [0, 65,534, 65,534, 0, 0, 0, 0] |
      # 0.5 / 0.8 and 0.3 / 0.8 of 65,535, and nothing for the cabal
      | SubtensorModule.Dividends(2)      | [0, 40,959, 24,575, 0, 0, 0, 0] |
      | SubtensorModule.Bonds(2, 3)       | []                              |
    # 50 * 5 / 8 and 50 * 3 / 8 alpha on top of their stakes
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 81.250000011 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator2, 2) | 48.749999976 alpha |
      | SubtensorModule.TotalHotkeyAlpha(cabal, 2)      | 20 alpha           |
      | SubtensorModule.TotalHotkeyAlpha(puppet, 2)     | 0 alpha            |

  Scenario: Weight above consensus is cut to consensus
    Given validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    # Of the cabal's weight of 1 for miner2 the consensus of 0.4 counts.
    And cabal sets weights on subnet 2
      | miner2 | 1 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Consensus(2)      | [0, 0, 0, 0, 39,320, 26,213, 0]      |
      | SubtensorModule.ValidatorTrust(2) | [0, 65,534, 65,534, 26,213, 0, 0, 0] |
      # 0.8 * 0.6 = 0.48 to 0.8 * 0.4 + 0.2 * 0.4 = 0.4, or 6 / 11 to 5 / 11
      | SubtensorModule.Incentive(2)      | [0, 0, 0, 0, 35,746, 29,788, 0]      |
      # Each bond starts with a tenth of the weight that counts.
      | SubtensorModule.Bonds(2, 1)       | [(4, 3,932), (5, 2,621)]             |
      | SubtensorModule.Bonds(2, 3)       | [(5, 2,621)]                         |
    # Shares of bonds times incentive: 1/2 * 6/11 + 1/3 * 5/11 = 14/33 for each of the honest, 1/3 * 5/11 = 5/33 for the
    # cabal; times stake, 7 : 4.2 : 1.
    And SubtensorModule.Dividends(2) is [0, 37,602, 22,561, 5,371, 0, 0, 0]

  Scenario: Bonds behind weight that is cut shrink by a tenth each epoch
    Given validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And cabal sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Bonds(2, 1) is [(4, 3,932), (5, 2,621)]
    And SubtensorModule.Bonds(2, 3) is [(4, 3,932), (5, 2,621)]
    When cabal sets weights on subnet 2
      | puppet | 1 |
    And the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Incentive(2) | [0, 0, 0, 0, 39,320, 26,213, 0]     |
      # 0.9 * 3,932 + 0.1 * 39,321 and 0.9 * 2,621 + 0.1 * 26,214 for the honest
      | SubtensorModule.Bonds(2, 1)  | [(4, 7,470), (5, 4,980)]            |
      # 0.9 * 3,932 and 0.9 * 2,621 for the cabal
      | SubtensorModule.Bonds(2, 3)  | [(4, 3,538), (5, 2,358)]            |
      | SubtensorModule.Dividends(2) | [0, 36,622, 21,973, 6,938, 0, 0, 0] |

  Scenario: A cabal with more than half of the stake wins
    # 50 and 20 % of the stake
    Given validator1 sets weights on subnet 2
      | puppet | 1 |
    And cabal sets weights on subnet 2
      | puppet | 1 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Consensus(2) | [0, 0, 0, 0, 0, 0, 65,535]      |
      | SubtensorModule.Incentive(2) | [0, 0, 0, 0, 0, 0, 65,535]      |
      # 5 / 7 and 2 / 7 of 65,535: the honest minority is the one that is corrected.
      | SubtensorModule.Dividends(2) | [0, 46,810, 0, 18,724, 0, 0, 0] |
      | SubtensorModule.Bonds(2, 2)  | []                              |
    And SubtensorModule.TotalHotkeyAlpha(puppet, 2) is 50 alpha
    And SubtensorModule.TotalHotkeyAlpha(validator2, 2) is 30 alpha

  Scenario: Half of the stake is enough, for both sides
    # validator1 has 50 %, validator2 and the cabal have 50 % together: each side's miners are in consensus.
    Given validator1 sets weights on subnet 2
      | puppet | 1 |
    And cabal sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Consensus(2) | [0, 0, 0, 0, 39,320, 26,213, 65,535] |
      | SubtensorModule.Incentive(2) | [0, 0, 0, 0, 19,660, 13,106, 32,767] |

  Scenario Outline: Kappa says how much stake has to agree
    Given Alice calls AdminUtils.sudo_set_kappa as root
      | netuid | 2       |
      | kappa  | <kappa> |
    And validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And cabal sets weights on subnet 2
      | puppet | 1 |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Consensus(2) is <consensus>
    And SubtensorModule.Incentive(2) is <incentive>

    # The cabal has 20 % of the stake, 13,107 of 65,535.
    Examples:
      | kappa  | consensus                            | incentive                            |
      | 13,107 | [0, 0, 0, 0, 39,320, 26,213, 65,535] | [0, 0, 0, 0, 31,456, 20,971, 13,106] |
      | 13,108 | [0, 0, 0, 0, 39,320, 26,213, 0]      | [0, 0, 0, 0, 39,320, 26,213, 0]      |

  Scenario Outline: The bonds penalty says how much the bonds suffer
    # The cabal's weight of 1 for miner2 is 0.6 above consensus. Its bond starts with a tenth of the weight that is left
    # after the penalty: 0.4 of 65,535 with the whole penalty, 0.7 with half of it, 1 with none.
    Given SubtensorModule.BondsPenalty(2) is <penalty>
    And validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And cabal sets weights on subnet 2
      | miner2 | 1 |
    When the next epoch of subnet 2 runs
    # Miners are paid by clipped weights, whatever the penalty.
    Then SubtensorModule.Incentive(2) is [0, 0, 0, 0, 35,746, 29,788, 0]
    And SubtensorModule.Bonds(2, 3) is [(5, <bond>)]
    And SubtensorModule.Dividends(2) is <dividends>

    Examples:
      | penalty | bond  | dividends                           |
      | 65,535  | 2,621 | [0, 37,602, 22,561, 5,371, 0, 0, 0] |
      | 32,768  | 4,587 | [0, 36,099, 21,659, 7,775, 0, 0, 0] |
      | 0       | 6,553 | [0, 35,040, 21,024, 9,470, 0, 0, 0] |
