Feature: Copying answers instead of computing them
  A miner can pass off another's answers as its own. Answers are as good as what they are copied from, so validators pay for
  both. A miner need not answer everybody: with `--permit-only` it answers hotkeys that have a validator permit, and from such
  a miner there is nothing to copy.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: good)       |
      | Dave    | SubtensorModule.burned_register(netuid: 2, hotkey: thief)      |
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | Swap.FeeRate(2)                               | 0                           |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                       |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                           |
      | SubtensorModule.Tempo(2)                      | 20                          |
      | SubtensorModule.LastEpochBlock(2)             | 5                           |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, false, false] |
    And Bob stakes 100 TAO to validator1 on subnet 2
    And a market for vision on subnet 2
    And these validators of Bob judge subnet 2
      | validator1 | honest |

  Scenario: Who answers everybody is copied, and shares its earnings
    Given these miners work on subnet 2
      | good  | honest  |
      | thief | copycat |
    When the markets work for 2 epochs of subnet 2
    Then SubtensorModule.Incentive(2) is [0, 0, 32,767, 32,767]
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(good, 2)  | 8.815049192 alpha |
      | SubtensorModule.TotalHotkeyAlpha(thief, 2) | 8.815049192 alpha |

  Scenario: Who answers validators alone earns it all
    Given these miners work on subnet 2
      | good  | honest (permit-only) |
      | thief | copycat              |
    When the markets work for 2 epochs of subnet 2
    Then SubtensorModule.Incentive(2) is [0, 0, 65,535, 0]
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(good, 2)  | 17.630098384 alpha |
      | SubtensorModule.TotalHotkeyAlpha(thief, 2) | 0 alpha            |
