Feature: Emission flows to the subnet that people stake to
  Three subnets, one for each kind of work, start with the same pools and as much emission. Then people stake to the one whose
  answers they want: its alpha becomes dearer, its moving price follows, and with it the TAO that the chain spends there in
  each block (section 06, 3 and 5). Credits do the same: what customers pay buys alpha.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Alice with hotkey alice_hot3
    And subnet 4 of Alice with hotkey alice_hot4
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: judge2) |
      | Bob     | SubtensorModule.burned_register(netuid: 3, hotkey: judge3) |
      | Bob     | SubtensorModule.burned_register(netuid: 4, hotkey: judge4) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2) |
      | Charlie | SubtensorModule.burned_register(netuid: 3, hotkey: miner3) |
      | Charlie | SubtensorModule.burned_register(netuid: 4, hotkey: miner4) |
    And a pool of 1,000 TAO and 4,000 alpha on subnet 2
    And a pool of 1,000 TAO and 4,000 alpha on subnet 3
    And a pool of 1,000 TAO and 4,000 alpha on subnet 4
    # Moving prices move fast here: half of the way in each block.
    And these values are stored
      | Swap.FeeRate(2)                             | 0    |
      | Swap.FeeRate(3)                             | 0    |
      | Swap.FeeRate(4)                             | 0    |
      | SubtensorModule.FirstEmissionBlockNumber(1) | none |
      | SubtensorModule.SubnetEmissionEnabled(2)    | true |
      | SubtensorModule.SubnetEmissionEnabled(3)    | true |
      | SubtensorModule.SubnetEmissionEnabled(4)    | true |
      | SubtensorModule.SubnetMovingPrice(2)        | 0.25 |
      | SubtensorModule.SubnetMovingPrice(3)        | 0.25 |
      | SubtensorModule.SubnetMovingPrice(4)        | 0.25 |
      | SubtensorModule.SubnetMovingAlpha           | 0.5  |
      | SubtensorModule.EMAPriceHalvingBlocks(2)    | 0    |
      | SubtensorModule.EMAPriceHalvingBlocks(3)    | 0    |
      | SubtensorModule.EMAPriceHalvingBlocks(4)    | 0    |
    And a market for vision on subnet 2
    And a market for series on subnet 3
    And a market for text on subnet 4
    And these miners work on subnet 2
      | miner2 | honest |
    And these miners work on subnet 3
      | miner3 | honest |
    And these miners work on subnet 4
      | miner4 | honest |
    And these validators of Bob judge subnet 2
      | judge2 | honest |
    And these validators of Bob judge subnet 3
      | judge3 | honest |
    And these validators of Bob judge subnet 4
      | judge4 | honest |

  Scenario: Three subnets that are alike get a third each
    When the markets work for 1 block
    Then SubtensorModule.SubnetTAO(2) has grown by 0.333333333 TAO
    And SubtensorModule.SubnetTAO(3) has grown by 0.333333333 TAO
    And SubtensorModule.SubnetTAO(4) has grown by 0.333333333 TAO

  Scenario: Who is staked to gets more, and the others less
    # SubnetExcessTao is what the chain buys alpha with in a block. 1,000 TAO double the pool's TAO and halve its alpha: the
    # alpha of subnet 4 costs 1 TAO and that of the others 0.25 TAO, which is two thirds and a sixth each.
    When Dave stakes 1,000 TAO to miner4 on subnet 4
    And the markets work for 20 blocks
    Then SubtensorModule.SubnetExcessTao(4) exceeds 0.6 TAO
    And SubtensorModule.SubnetExcessTao(2) stays below 0.2 TAO
    And SubtensorModule.SubnetExcessTao(3) stays below 0.2 TAO

  Scenario: Customers count as well
    Given subnet 3 sells credits
    When Dave buys credits for 1,000 TAO on subnet 3
    And the markets work for 20 blocks
    Then SubtensorModule.SubnetExcessTao(3) exceeds 0.6 TAO
    And SubtensorModule.SubnetExcessTao(2) stays below 0.2 TAO
