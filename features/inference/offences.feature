Feature: Miners that lie are caught, proved wrong and slashed
  A miner signs every answer. Validators compute a share of all answers again and ask a share of all questions twice. A miner
  that alters one value on the way signs an answer that one step proves wrong, and one that answers a question in two ways
  signs a contradiction. The validator reports the evidence, the chain checks it, and the stake behind the hotkey is cut:
  a fifth for a wrong result, a tenth for a contradiction, twice as much the second time (document SLASHING). Of the cut a
  tenth goes to the reporter and the rest is burned.

  An undertrained, a lazy, a slow and a flaky miner name the model that they really run, so they are paid little and never
  slashed.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: good)       |
      | Dave    | SubtensorModule.burned_register(netuid: 2, hotkey: bad)        |
    And these values are stored
      | Swap.FeeRate(2)                               | 0                           |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                       |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                           |
      | SubtensorModule.Tempo(2)                      | 20                          |
      | SubtensorModule.LastEpochBlock(2)             | 5                           |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, false, false] |
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Bob stakes 250 TAO to validator1 on subnet 2
    # 2,000 * (1 - 1,000 / 1,250) = 400 alpha behind each miner
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Charlie stakes 250 TAO to good on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Dave stakes 250 TAO to bad on subnet 2
    And slashing is enabled on subnet 2
    # Every answer is computed again, and every question is asked twice: a round, which is every fifth block, has one.
    And a market for vision on subnet 2
      | questions | 1      |
      | recompute | 65,535 |
      | repeat    | 65,535 |
    And Alice registers the vision model on subnet 2
    And these validators of Bob judge subnet 2
      | validator1 | honest |

  Scenario: A miner that alters one value is proved wrong
    Given these miners work on subnet 2
      | good | honest |
      | bad  | wrong  |
    When the markets work for 5 blocks
    # 400 * 13,107 / 65,535 = 80, of which 6,554 parts of 65,535 go to Bob
    Then event Slashed is emitted
      | netuid   | 2                 |
      | hotkey   | bad               |
      | offence  | WrongResult       |
      | slashed  | 80 alpha          |
      | rewarded | 8.00061036 alpha  |
      | burned   | 71.99938964 alpha |
      | reporter | Bob               |
      | strikes  | 1                 |
    And the stake of Dave on bad in subnet 2 is 320 alpha
    And the stake of Charlie on good in subnet 2 is 400 alpha

  Scenario: A miner that answers in two ways contradicts itself
    Given these miners work on subnet 2
      | good | honest        |
      | bad  | contradictory |
    When the markets work for 5 blocks
    # 400 * 6,554 / 65,535
    Then event Slashed is emitted
      | netuid  | 2                  |
      | hotkey  | bad                |
      | offence | Contradiction      |
      | slashed | 40.003051804 alpha |
      | strikes | 1                  |

  Scenario: Three strikes, and the miner is out
    Given these miners work on subnet 2
      | good | honest |
      | bad  | wrong  |
    When the markets work for 15 blocks
    Then event Banned is emitted
      | netuid | 2   |
      | hotkey | bad |
    And bad is not registered on subnet 2
    # A fifth of 400, two fifths of the rest, four fifths of the rest: 400 * 0.8 * 0.6 * 0.2
    And the stake of Dave on bad in subnet 2 is 38.4 alpha
    And nothing is stored at Slashing.Strikes(2, good)

  Scenario: Who was caught earns nothing, even if it answers as well as anybody
    Given slashing is enabled on subnet 2
      | max_strikes | 100 |
    And these miners work on subnet 2
      | good | honest        |
      | bad  | contradictory |
    When the markets work for 2 epochs of subnet 2
    Then SubtensorModule.Incentive(2) is [0, 0, 65,535, 0]

  Scenario Outline: A miner that is <profile> is never slashed
    Given these miners work on subnet 2
      | good | honest    |
      | bad  | <profile> |
    When the markets work for 2 epochs of subnet 2
    Then nothing is stored at Slashing.Strikes(2, bad)
    And nothing is stored at Slashing.Strikes(2, good)
    And SubtensorModule.TotalHotkeyAlpha(bad, 2) exceeds 400 alpha

    Examples:
      | profile      |
      | honest       |
      | undertrained |
      | lazy         |
      | slow         |
      | flaky        |
      | copycat      |
