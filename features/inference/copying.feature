Feature: Copying weights instead of judging
  A validator can skip the work and set the weights that it finds on the chain. Where weights stand in the open it is as good
  as the one it copies, for nothing. Commit and reveal make it late: it sees weights an epoch after they were decided, and
  its own are seen an epoch later still, so that whenever miners change places it bonds to the wrong ones (section 07, 2.9 to
  2.11). Both validators have the same stake, and a miner's quality changes hands.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: judge1) |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: judge2) |
      | Dave    | SubtensorModule.burned_register(netuid: 2, hotkey: copier) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2) |
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | Swap.FeeRate(2)                        | 0                                       |
      | SubtensorModule.WeightsSetRateLimit(2) | 0                                       |
      | SubtensorModule.Tempo(2)               | 20                                      |
      | SubtensorModule.LastEpochBlock(2)      | 5                                       |
      | SubtensorModule.ValidatorPermit(2)     | [false, true, true, true, false, false] |
    And Bob stakes 100 TAO to judge1 on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Bob stakes 100 TAO to judge2 on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Dave stakes 100 TAO to copier on subnet 2
    And a market for vision on subnet 2
      | memory | 16 |
    And these miners work on subnet 2
      | miner1 | honest |
      | miner2 | lazy   |
    And these validators of Bob judge subnet 2
      | judge1 | honest |
      | judge2 | honest |
    And these validators of Dave judge subnet 2
      | copier | weight-copier |

  Scenario: Where weights are in the open, a copier earns as much as a judge
    Given SubtensorModule.CommitRevealWeightsEnabled(2) is false
    When the markets work for 3 epochs of subnet 2
    Given these miners work on subnet 2
      | miner1 | lazy   |
      | miner2 | honest |
    When the markets work for 2 epochs of subnet 2
    # A third each, but for rounding.
    Then SubtensorModule.Dividends(2) is [0, 21,845, 21,845, 21,844, 0, 0]
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(judge2, 2) | 195.89492706 alpha  |
      | SubtensorModule.TotalHotkeyAlpha(copier, 2) | 195.894926972 alpha |

  Scenario: Where weights are committed first, a copier earns less than a judge
    Given SubtensorModule.CommitRevealWeightsEnabled(2) is true
    When the markets work for 3 epochs of subnet 2
    Given these miners work on subnet 2
      | miner1 | lazy   |
      | miner2 | honest |
    When the markets work for 4 epochs of subnet 2
    Then the dividends of subnet 2 fall in this order
      | judge2 | 24,916 |
      | copier | 15,701 |
    # 100 TAO bought 181.818181818 alpha for each: the judge has earned 26.95 alpha since, and the copier 14.15.
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(judge2, 2) | 208.771187247 alpha |
      | SubtensorModule.TotalHotkeyAlpha(copier, 2) | 195.972550724 alpha |
