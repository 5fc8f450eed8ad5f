Feature: Moving prices
  The moving price of a subnet follows the price of its alpha slowly, so that a price paid for a short time earns little
  TAO. It moves in every block in which the subnet emits, the faster the older the subnet is. Age is counted in blocks,
  from 1 in the first block of emission:

    weight       = SubnetMovingAlpha * age / (age + EMAPriceHalvingBlocks)
    moving price = weight * price + (1 - weight) * moving price before

  A price above 1 TAO counts as 1 TAO. By default SubnetMovingAlpha is 0.000003 and EMAPriceHalvingBlocks is 201,600
  blocks, 28 days: at that age a moving price moves half as fast as it ever will (section 06, 5). It is kept with 32
  binary digits after the point; what is less is cut off.

  Background:
    Given a dev chain

  Scenario: The first update is in the first block in which a subnet emits, at the age of 1
    Given Alice registers a subnet with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Alice calls AdminUtils.sudo_set_subnet_moving_alpha as root
      | alpha | 1 |
    And Alice calls AdminUtils.sudo_set_ema_price_halving_period as root
      | netuid      | 2 |
      | ema_halving | 1 |
    And 5 blocks pass
    When Alice starts subnet 2
    Then SubtensorModule.SubnetMovingPrice(2) is 0.0000000000
    When 1 block passes
    # 1 / (1 + 1) * 0.5
    Then SubtensorModule.SubnetMovingPrice(2) is 0.2500000000
    When 1 block passes
    # 2 / (2 + 1) * 0.5 + 1 / 3 * 0.25 = 5 / 12
    Then SubtensorModule.SubnetMovingPrice(2) is 0.416666666
    When 1 block passes
    # 3 / (3 + 1) * 0.5 + 1 / 4 * 5 / 12 = 23 / 48
    Then SubtensorModule.SubnetMovingPrice(2) is 0.479166666

  Scenario Outline: The older the subnet, the faster its moving price moves
    Given subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | SubtensorModule.SubnetMovingAlpha           | 1       |
      | SubtensorModule.EMAPriceHalvingBlocks(2)    | 100     |
      | SubtensorModule.FirstEmissionBlockNumber(2) | <first> |
    And block 398 is reached
    And SubtensorModule.SubnetMovingPrice(2) is 0
    # At block 400 the subnet's age is 400 - first + 1 blocks, and the price is 0.5.
    When 1 block passes
    Then SubtensorModule.SubnetMovingPrice(2) is <moved>

    # 0.5 times 1 / 101, 100 / 200 and 300 / 400
    Examples: ages of 1, 100 and 300 blocks
      | first | moved       |
      | 400   | 0.004950494 |
      | 301   | 0.250000000 |
      | 101   | 0.375000000 |

  Scenario Outline: A price above 1 TAO counts as 1 TAO
    Given subnet 2 of Alice with hotkey alice_hot
    And a pool of <tao> TAO and 1,000 alpha on subnet 2
    And these values are stored
      | SubtensorModule.SubnetMovingAlpha           | 1  |
      | SubtensorModule.EMAPriceHalvingBlocks(2)    | 10 |
      | SubtensorModule.FirstEmissionBlockNumber(2) | 11 |
    And block 18 is reached
    And SubtensorModule.SubnetMovingPrice(2) is 0.25
    # At block 20 the subnet's age is 10 blocks and the weight 10 / 20: the moving price goes half the way.
    When 1 block passes
    Then SubtensorModule.SubnetMovingPrice(2) is <moved>

    Examples:
      | tao     | moved       |
      | 125     | 0.187500000 |
      | 250     | 0.250000000 |
      | 750     | 0.500000000 |
      | 1,000   | 0.625000000 |
      | 1,001   | 0.625000000 |
      | 100,000 | 0.625000000 |

  Scenario: By default a block moves an old subnet's moving price by 0.0003 % of the way at most
    # At the age of 100 blocks with a halving period of 100 blocks the weight is 0.0000015, half of SubnetMovingAlpha,
    # which in 32 binary digits after the point is 12,885 / 2^32; its half is cut to 6,442 / 2^32 = 0.0000014998.
    Given subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And these values are stored
      | SubtensorModule.EMAPriceHalvingBlocks(2)    | 100 |
      | SubtensorModule.FirstEmissionBlockNumber(2) | 101 |
    And block 198 is reached
    And SubtensorModule.SubnetMovingPrice(2) is 0
    When 1 block passes
    Then SubtensorModule.SubnetMovingPrice(2) is 0.0000014998

  Scenario: A young subnet's moving price stays 0 for its first 15 blocks
    # 12,885 * age / (age + 201,600) must be 1 at least, which is so from an age of 201,600 / 12,884 = 15.6 blocks on.
    # The subnet emits from block 3 on, so its age is 15 at block 17.
    Given subnet 2 of Alice with hotkey alice_hot
    And block 17 is reached
    Then the price of subnet 2 is 1 TAO
    And SubtensorModule.SubnetMovingPrice(2) is 0.0000000000
    When 1 block passes
    # 1 / 2^32
    Then SubtensorModule.SubnetMovingPrice(2) is 0.0000000002328

  Scenario Outline: The moving price of a subnet that does not emit stands still
    Given subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | SubtensorModule.SubnetMovingAlpha        | 1       |
      | SubtensorModule.EMAPriceHalvingBlocks(2) | 1       |
      | SubtensorModule.SubnetMovingPrice(2)     | 0.25    |
      | SubtensorModule.<switch>(2)              | <value> |
    When 10 blocks pass
    Then SubtensorModule.SubnetMovingPrice(2) is 0.2500000000

    Examples:
      | switch                     | value |
      | FirstEmissionBlockNumber   | none  |
      | SubtokenEnabled            | false |
      | NetworkRegistrationAllowed | false |

  Scenario: A subnet without TAO emission still has a moving price
    Given subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | SubtensorModule.SubnetMovingAlpha        | 1  |
      | SubtensorModule.EMAPriceHalvingBlocks(2) | 0  |
    When 1 block passes
    Then SubtensorModule.SubnetEmissionEnabled(2) is false
    And SubtensorModule.SubnetMovingPrice(2) is 0.5000000000

  Scenario: Only root sets how far moving prices move
    When Alice calls AdminUtils.sudo_set_subnet_moving_alpha
      | alpha | 1 |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: Not even its owner sets how fast a subnet's moving price comes of age
    Given subnet 2 of Alice with hotkey alice_hot
    When Alice calls AdminUtils.sudo_set_ema_price_halving_period
      | netuid      | 2 |
      | ema_halving | 1 |
    Then the call is refused with BadOrigin
    And nothing changed
