Feature: Miners are paid by what their answers are worth
  A subnet asks its miners for one kind of work. Here nothing hands out scores: real miners answer real inputs with real
  models, real validators measure the answers against what came true, and their weights go to the chain (document NEURONS).
  A round of questions happens on a block, every choice follows from a seed, and the models are whole numbers, so the end is
  the same on every machine, to the rao.

  The weight of a miner is the third power of how far the mean quality of its answers is above a blind guess; latency takes
  from it. So a miner that is half as far above a guess earns an eighth, and who guesses blindly earns nothing.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: good)       |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: other)      |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: third)      |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: fourth)     |
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | Swap.FeeRate(2)                               | 0                                         |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                                     |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                                         |
      | SubtensorModule.Tempo(2)                      | 20                                        |
      | SubtensorModule.LastEpochBlock(2)             | 5                                         |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, false, false, false, false] |
    And Bob stakes 100 TAO to validator1 on subnet 2

  Scenario Outline: On a subnet for <work>, better models earn more and a blind guess earns nothing
    # `vision` is which digit a picture shows, `series` next year's sunspots, `text` the next letter of Hamlet.
    Given a market for <work> on subnet 2
    And these miners work on subnet 2
      | good  | honest       |
      | other | undertrained |
      | third | lazy         |
    And these validators of Bob judge subnet 2
      | validator1 | honest |
    When the markets work for 3 epochs of subnet 2
    Then the incentives of subnet 2 fall in this order
      | good  | <good>  |
      | other | <other> |
      | third | <third> |

    Examples:
      | work   | good   | other  | third |
      | vision | 51,830 | 13,704 | 0     |
      | series | 65,516 | 18     | 0     |
      | text   | 62,204 | 3,330  | 0     |

  Scenario: Of four miners with the same model, the prompt and reliable one earns most
    # `slow` answers after two seconds, at which a weight is a third; `flaky` drops three requests of ten; `lazy` always
    # gives the same answer.
    Given a market for vision on subnet 2
    And these miners work on subnet 2
      | good   | honest |
      | other  | slow   |
      | third  | flaky  |
      | fourth | lazy   |
    And these validators of Bob judge subnet 2
      | validator1 | honest |
    When the markets work for 3 epochs of subnet 2
    Then the incentives of subnet 2 fall in this order
      | good   | 41,812 |
      | other  | 13,936 |
      | third  | 9,785  |
      | fourth | 0      |

  Scenario: A miner that gets better overtakes
    Given a market for vision on subnet 2
      | memory | 16 |
    And these miners work on subnet 2
      | good  | honest       |
      | other | undertrained |
    And these validators of Bob judge subnet 2
      | validator1 | honest |
    When the markets work for 2 epochs of subnet 2
    Then the incentives of subnet 2 fall in this order
      | good  | 51,494 |
      | other | 14,040 |
    Given these miners work on subnet 2
      | good  | undertrained |
      | other | honest       |
    When the markets work for 3 epochs of subnet 2
    Then the incentives of subnet 2 fall in this order
      | other | 51,543 |
      | good  | 13,991 |

  Scenario: What miners earn is what the chain pays them
    Given a market for vision on subnet 2
    And these miners work on subnet 2
      | good  | honest       |
      | other | undertrained |
    And these validators of Bob judge subnet 2
      | validator1 | honest |
    When the markets work for 2 epochs of subnet 2
    # Of an alpha in each block 41 % goes to the miners: 17.63 alpha for the 43 blocks up to the second epoch.
    Then these values hold
      | SubtensorModule.TotalHotkeyAlpha(good, 2)  | 13.365642278 alpha |
      | SubtensorModule.TotalHotkeyAlpha(other, 2) | 4.264456096 alpha  |
    And SubtensorModule.TotalHotkeyAlpha(third, 2) is 0 alpha
