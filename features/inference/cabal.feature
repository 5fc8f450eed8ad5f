Feature: Validators that favour their own miners
  A cabal gives all weight to a miner of its own, whatever that answers. Yuma clips every weight to what validators with more
  than half of the stake agree on (kappa is one half), so a minority lifts nobody, and loses dividends for saying what others
  do not (section 07, 2.6 to 2.11). Who has the majority decides, and no rule of the chain can help that.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: judge)  |
      | Eve     | SubtensorModule.burned_register(netuid: 2, hotkey: cabal1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: good)   |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: poor)   |
      | Eve     | SubtensorModule.burned_register(netuid: 2, hotkey: crony)  |
    And these values are stored
      | Swap.FeeRate(2)                               | 0                                        |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                                    |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                                        |
      | SubtensorModule.Tempo(2)                      | 20                                       |
      | SubtensorModule.LastEpochBlock(2)             | 5                                        |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, true, false, false, false] |
    And a market for vision on subnet 2
    And these miners work on subnet 2
      | good  | honest       |
      | poor  | undertrained |
      | crony | lazy         |
    And these validators of Bob judge subnet 2
      | judge | honest |
    And these validators of Eve judge subnet 2
      | cabal1 | cabal (crony) |

  Scenario Outline: <who> of the stake: <what>
    # 2,000 * (1 - 1,000 / 1,250) = 400 alpha each time 250 TAO are staked, 2,000 / 11 = 181.8 alpha for 100 TAO
    Given a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Bob stakes <judge> to judge on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Eve stakes <cabal> to cabal1 on subnet 2
    When the markets work for 3 epochs of subnet 2
    Then SubtensorModule.Incentive(2) is <incentives>
    And SubtensorModule.Dividends(2) is <dividends>

    Examples:
      | who              | what                                     | judge   | cabal   | incentives                   | dividends               |
      | a cabal with 31% | its miner gets nothing                   | 250 TAO | 100 TAO | [0, 0, 0, 51,830, 13,704, 0] | [0, 65,535, 0, 0, 0, 0] |
      | a cabal with 69% | its miner gets everything, and no answer | 100 TAO | 250 TAO | [0, 0, 0, 0, 0, 65,535]      | [0, 0, 65,535, 0, 0, 0] |
