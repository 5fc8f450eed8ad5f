Feature: Copying weights
  A validator can skip the work and copy what the others said. Yuma lets it, and makes it pay for being late:
  dividends follow bonds, a bond on a miner grows each epoch by a tenth of the way to the validator's weight, and
  who bonds early holds more of a miner that turns out well. Where nothing ever changes, copying costs nothing;
  where miners change places, every change costs the copier the epoch it missed and part of some epochs more
  (section 07, 2.9 to 2.11). Commit and reveal make sure that a copier is late. All numbers were calculated apart
  from the chain; `assay epoch` prints the same for the same subnet.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator2) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: copier)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
    And a pool of 15 TAO and 200 alpha on subnet 2
    # No fees and no owner's cut, so that the numbers are round. And as if an epoch had just run, in block 5: the next
    # one, in block 25, shares out 20 alpha.
    And these values are stored
      | Swap.FeeRate(2)                               | 0                                       |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                                   |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                                       |
      | SubtensorModule.OwnerCutEnabled(2)            | false                                   |
      | SubtensorModule.PendingOwnerCut(2)            | 0 alpha                                 |
      | SubtensorModule.PendingServerEmission(2)      | 0 alpha                                 |
      | SubtensorModule.PendingValidatorEmission(2)   | 0 alpha                                 |
      | SubtensorModule.Tempo(2)                      | 20                                      |
      | SubtensorModule.LastEpochBlock(2)             | 5                                       |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, true, true, false, false] |
    # 200 * 5 / 20 = 50 alpha, 150 * 4 / 24 = 25 alpha, 125 * 6 / 30 = 25 alpha
    And Bob stakes 5 TAO to validator1 on subnet 2
    And Bob stakes 4 TAO to validator2 on subnet 2
    And Charlie stakes 6 TAO to copier on subnet 2
    And these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | copier     | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |

  Scenario: Where nothing changes, who copies earns as much as who judges
    When the next epoch of subnet 2 runs
    Then the last block is 25
    And SubtensorModule.Incentive(2) is [0, 0, 0, 0, 65,535, 0]
    # 10 alpha to validators: 5 for a stake of 50, 2.5 for each stake of 25
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 54.999999999 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator2, 2) | 27.499999999 alpha |
      | SubtensorModule.TotalHotkeyAlpha(copier, 2)     | 27.499999999 alpha |

  Scenario: Where a better miner appears, a copier that is one epoch late loses that epoch and part of the next
    When the next epoch of subnet 2 runs
    # miner2 is better now, and the honest validators see it.
    Given these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [5], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [5], weights: [1], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Incentive(2) is [0, 0, 0, 0, 0, 65,535]
    And SubtensorModule.Dividends(2) is [0, 43,690, 21,844, 0, 0, 0]
    And these values hold
      # A tenth of the new weight; nine tenths of the old bond.
      | SubtensorModule.Bonds(2, 2)                     | [(4, 5,897), (5, 6,553)] |
      | SubtensorModule.Bonds(2, 3)                     | [(4, 5,897)]             |
      # 10 / 3 alpha more, and nothing for the copier
      | SubtensorModule.TotalHotkeyAlpha(validator2, 2) | 30.833333324 alpha       |
      | SubtensorModule.TotalHotkeyAlpha(copier, 2)     | 27.499999999 alpha       |
    # Now the copier has seen it as well. Its bond on miner2 is 0.1, that of the honest 0.19.
    Given copier sets weights on subnet 2
      | miner2 | 1 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Bonds(2, 2)                     | [(4, 5,307), (5, 12,451)]        |
      | SubtensorModule.Bonds(2, 3)                     | [(4, 5,307), (5, 6,553)]         |
      # 61.67 * 0.19 : 30.83 * 0.19 : 27.5 * 0.1 of 65,535
      | SubtensorModule.Dividends(2)                    | [0, 37,778, 18,889, 8,867, 0, 0] |
      # 2.88 alpha more for validator2, but 1.35 alpha for the copier: less for each alpha staked
      | SubtensorModule.TotalHotkeyAlpha(validator2, 2) | 33.715648047 alpha               |
      | SubtensorModule.TotalHotkeyAlpha(copier, 2)     | 28.853055805 alpha               |

  Scenario Outline: How much a late copy costs depends on how bonds remember: <rule>
    # The same three epochs. In the third, validator2 and the copier say the same; with equal bonds the copier would
    # earn 27.5 / 120 of 10 alpha, 2.29 alpha.
    Given these values are stored
      | SubtensorModule.Yuma3On(2)            | <yuma3>  |
      | SubtensorModule.BondsMovingAverage(2) | <memory> |
      | SubtensorModule.LiquidAlphaOn(2)      | <liquid> |
    When the next epoch of subnet 2 runs
    Given these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [5], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [5], weights: [1], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Dividends(2) is [0, 43,690, 21,844, 0, 0, 0]
    Given copier sets weights on subnet 2
      | miner2 | 1 |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Dividends(2) is <dividends>
    And SubtensorModule.TotalHotkeyAlpha(copier, 2) is <copier>

    Examples:
      | rule                         | yuma3 | memory  | liquid | dividends                         | copier             |
      | no memory                    | true  | 0       | false  | [0, 33,677, 16,838, 15,018, 0, 0] | 29.791666659 alpha |
      | the longest an owner can set | true  | 975,000 | false  | [0, 37,973, 18,986, 8,575, 0, 0]  | 28.80848414 alpha  |
      | liquid alpha                 | true  | 900,000 | true   | [0, 35,551, 17,775, 12,208, 0, 0] | 29.36282758 alpha  |
      | Yuma2                        | false | 900,000 | false  | [0, 42,688, 21,344, 1,501, 0, 0]  | 27.729166648 alpha |
