Feature: Agreement pays miners and validators
  At the end of every tempo Yuma consensus turns the weights of validators into payments. For each miner, consensus
  is the highest weight that validators with at least half of the active stake give it. What a validator says above
  consensus is cut. A miner's incentive is the stake-weighted sum of what is left, as a share of all; a validator's
  dividends follow its bonds on the miners that earned, times its stake (section 07, 2).

    of every epoch's alpha: one half to miners, by incentive; one half to validators, by dividends

  Shares are kept in parts of 65,535 and rounded down. All numbers were calculated apart from the chain; `assay epoch`
  prints the same for the same subnet.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator2) |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator3) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
    And a pool of 30 TAO and 200 alpha on subnet 2
    # No fees and no owner's cut, so that the numbers are round. And as if an epoch had just run, in block 5: the next
    # one, in block 105, shares out 100 alpha.
    And these values are stored
      | Swap.FeeRate(2)                               | 0                                       |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                                   |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                                       |
      | SubtensorModule.OwnerCutEnabled(2)            | false                                   |
      | SubtensorModule.PendingOwnerCut(2)            | 0 alpha                                 |
      | SubtensorModule.PendingServerEmission(2)      | 0 alpha                                 |
      | SubtensorModule.PendingValidatorEmission(2)   | 0 alpha                                 |
      | SubtensorModule.Tempo(2)                      | 100                                     |
      | SubtensorModule.LastEpochBlock(2)             | 5                                       |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, true, true, false, false] |
    # 200 * 10 / 40 = 50 alpha, 150 * 10 / 50 = 30 alpha, 120 * 10 / 60 = 20 alpha
    And Bob stakes 10 TAO to validator1 on subnet 2
    And Bob stakes 10 TAO to validator2 on subnet 2
    And Bob stakes 10 TAO to validator3 on subnet 2

  Scenario: Validators that agree are paid by stake, miners by weight
    Given validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And validator2 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And validator3 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    When the next epoch of subnet 2 runs
    Then the last block is 105
    # 0.6 and 0.4; 0.5, 0.3 and 0.2
    And these values hold
      | SubtensorModule.Consensus(2)      | [0, 0, 0, 0, 39,320, 26,213]      |
      | SubtensorModule.Incentive(2)      | [0, 0, 0, 0, 39,320, 26,213]      |
      | SubtensorModule.Dividends(2)      | [0, 32,767, 19,660, 13,106, 0, 0] |
      | SubtensorModule.ValidatorTrust(2) | [0, 65,534, 65,534, 65,534, 0, 0] |
      | SubtensorModule.StakeWeight(2)    | [0, 32,767, 19,660, 13,106, 0, 0] |
    # 60 % and 40 % of 50 alpha, but for what rounding leaves,
    And event IncentiveAlphaEmittedToMiners is emitted
      | netuid    | 2                                                                            |
      | emissions | [0 alpha, 0 alpha, 0 alpha, 0 alpha, 29.999999981 alpha, 19.999999995 alpha] |
    # to miners; and 50, 30 and 20 % of 50 alpha to validators, on top of their stakes.
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(miner1, 2)     | 29.999999981 alpha |
      | SubtensorModule.TotalHotkeyAlpha(miner2, 2)     | 19.999999995 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 75.000000022 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator2, 2) | 44.999999979 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator3, 2) | 29.999999986 alpha |

  Scenario: Only the ratio of a validator's weights counts
    Given validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And validator2 sets weights on subnet 2
      | miner1 | 3 |
      | miner2 | 2 |
    And validator3 sets weights on subnet 2
      | miner1 | 60,000 |
      | miner2 | 40,000 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Incentive(2) | [0, 0, 0, 0, 39,320, 26,213]      |
      | SubtensorModule.Dividends(2) | [0, 32,767, 19,660, 13,106, 0, 0] |

  Scenario: Where validators differ, consensus is what half of the stake supports
    # miner1 gets 0.8, 0.6 and 0.2 from 50, 30 and 20 % of the stake: half of the stake supports 0.8.
    # miner2 gets 0.2, 0.4 and 0.8: half of the stake, 30 and 20 %, supports 0.4.
    Given validator1 sets weights on subnet 2
      | miner1 | 80 |
      | miner2 | 20 |
    And validator2 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And validator3 sets weights on subnet 2
      | miner1 | 20 |
      | miner2 | 80 |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Consensus(2) is [0, 0, 0, 0, 52,427, 26,213]
    # Only validator3 is above consensus: of its 0.8 for miner2, 0.4 counts.
    And SubtensorModule.ValidatorTrust(2) is [0, 65,534, 65,534, 39,321, 0, 0]
    # 0.5 * 0.8 + 0.3 * 0.6 + 0.2 * 0.2 = 0.62 to 0.5 * 0.2 + 0.3 * 0.4 + 0.2 * 0.4 = 0.3
    And SubtensorModule.Incentive(2) is [0, 0, 0, 0, 44,164, 21,370]

  Scenario: A validator that sets no weights earns nothing, and the miners are paid all the same
    Given validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And validator2 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Incentive(2) | [0, 0, 0, 0, 39,320, 26,213] |
      # 0.5 / 0.8 and 0.3 / 0.8
      | SubtensorModule.Dividends(2) | [0, 40,959, 24,575, 0, 0, 0] |
    And SubtensorModule.TotalHotkeyAlpha(validator3, 2) is 20 alpha

  Scenario: If no miner has weight, the whole emission goes to validators by stake
    Given validator1 sets weights on subnet 2
      | miner1 | 0 |
    And validator2 sets weights on subnet 2
      | miner1 | 0 |
    And validator3 sets weights on subnet 2
      | miner1 | 0 |
    Then SubtensorModule.Weights(2, 1) is [(4, 0)]
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Incentive(2) | [0, 0, 0, 0, 0, 0] |
      | SubtensorModule.Dividends(2) | [0, 0, 0, 0, 0, 0] |
    # 50, 30 and 20 % of 100 alpha, on top of their stakes
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(miner1, 2)     | 0 alpha            |
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 99.999999999 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator2, 2) | 59.999999981 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator3, 2) | 39.999999995 alpha |
