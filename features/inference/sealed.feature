Feature: Validators seal their weights for the beacon
  Where a subnet has weights committed first and the chain hears from its beacon, validators commit them timelocked, as the
  Bittensor SDK does: sealed for the last round before the epoch in which they are to be opened. Nobody comes back to reveal
  them, and they count an epoch sooner than weights that are revealed by hand (section 08, 7 and 8).

  Background:
    Given a beacon chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: judge)  |
      | Dave    | SubtensorModule.burned_register(netuid: 2, hotkey: copier) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2) |
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | Swap.FeeRate(2)                        | 0                                 |
      | SubtensorModule.WeightsSetRateLimit(2) | 0                                 |
      | SubtensorModule.Tempo(2)               | 20                                |
      | SubtensorModule.LastEpochBlock(2)      | 5                                 |
      | SubtensorModule.ValidatorPermit(2)     | [false, true, true, false, false] |
    And Bob stakes 100 TAO to judge on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Dave stakes 50 TAO to copier on subnet 2
    And a market for vision on subnet 2
      | memory | 16 |
    And these miners work on subnet 2
      | miner1 | honest |
      | miner2 | lazy   |
    And these validators of Bob judge subnet 2
      | judge | honest |
    And these validators of Dave judge subnet 2
      | copier | weight-copier |
    And the beacon runs

  Scenario: The chain opens them in the block of the next epoch
    # Epochs run in blocks 25, 45 and so on; weights are committed three blocks before.
    When the markets work for 2 epochs of subnet 2
    Then these values hold
      | SubtensorModule.Weights(2, 1) | [(3, 65,535)]        |
      | SubtensorModule.Incentive(2)  | [0, 0, 0, 65,535, 0] |
    And nothing is stored at SubtensorModule.WeightCommits(2, judge)

  Scenario: A copier is late by an epoch
    # It has half the judge's stake, and would get 21,845 if it bonded to the same miners at the same time.
    When the markets work for 4 epochs of subnet 2
    Given these miners work on subnet 2
      | miner1 | lazy   |
      | miner2 | honest |
    When the markets work for 4 epochs of subnet 2
    Then the dividends of subnet 2 fall in this order
      | judge  | 53,526 |
      | copier | 12,008 |

  Scenario: A round that the beacon skips costs an epoch
    # What is committed in block 22 is sealed for round 96, the last one of block 24.
    Given the beacon skips round 96
    When the markets work for 1 epoch of subnet 2
    Then SubtensorModule.Weights(2, 1) is []
    When the markets work for 1 epoch of subnet 2
    Then SubtensorModule.Weights(2, 1) is [(3, 65,535)]
