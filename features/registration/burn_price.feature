Feature: The price of registering a neuron
  A registration costs the subnet's burn price. Each one raises the price by a factor, 1.26 unless the owner sets
  another, and with every block it falls again, so that it is half after a half-life of 360 blocks (section 03, 2.1):

    after a registration:  price x 1.26
    with every block:      floor(price x f / 2^32), with f = 4,286,705,684 for a half-life of 360

  It stays between a minimum, 0.0005 TAO, and a maximum, 100 TAO, which the owner may move. A new subnet starts at 1
  TAO.

  Where the scenarios want the price to stand still between blocks, the half-life is stored as 0, which no call allows.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot

  Scenario Outline: The price of 1 TAO has fallen to <price>, <blocks> later
    # The price is stored in block 3.
    Given SubtensorModule.Burn(2) is 1 TAO
    When block <block> is reached
    Then SubtensorModule.Burn(2) is <price>

    # f / 2^32 is 0.998076443...; each block cuts off what is less than a rao, so a half-life gives a little less than
    # half.
    Examples:
      | blocks     | block | price           |
      | 1 block    | 4     | 0.998076443 TAO |
      | 2 blocks   | 5     | 0.996156586 TAO |
      | 10 blocks  | 13    | 0.980930083 TAO |
      | 360 blocks | 363   | 0.499999865 TAO |

  Scenario: With a half-life of one block the price halves with every block
    Given Alice calls AdminUtils.sudo_set_burn_half_life
      | netuid         | 2 |
      | burn_half_life | 1 |
    And SubtensorModule.Burn(2) is 1 TAO
    When 1 block passes
    Then SubtensorModule.Burn(2) is 0.5 TAO
    When 2 blocks pass
    Then SubtensorModule.Burn(2) is 0.125 TAO

  Scenario: With a half-life of ten blocks two half-lives leave a quarter
    # f is 4,007,346,185 here.
    Given Alice calls AdminUtils.sudo_set_burn_half_life
      | netuid         | 2  |
      | burn_half_life | 10 |
    And SubtensorModule.Burn(2) is 1 TAO
    When 10 blocks pass
    Then SubtensorModule.Burn(2) is 0.499999996 TAO
    When 10 blocks pass
    Then SubtensorModule.Burn(2) is 0.249999994 TAO

  Scenario: Every registration raises the price by 26 %
    Given these values are stored
      | SubtensorModule.BurnHalfLife(2) | 0     |
      | SubtensorModule.Burn(2)         | 1 TAO |
    When Bob registers miner1 on subnet 2
    Then SubtensorModule.Burn(2) is 1.26 TAO
    When Bob registers miner2 on subnet 2
    Then SubtensorModule.Burn(2) is 1.5876 TAO
    When Bob registers miner3 on subnet 2
    Then SubtensorModule.Burn(2) is 2.000376 TAO
    # 1 + 1.26 + 1.5876
    And Bob has 999,996.1524 TAO less fees

  Scenario: Of two registrations in one block the second pays the raised price
    Given these values are stored
      | SubtensorModule.BurnHalfLife(2) | 0     |
      | SubtensorModule.Burn(2)         | 1 TAO |
    When these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: miner1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2) |
    Then call 1 succeeds
    And call 2 succeeds
    And Bob has 999,999 TAO less fees
    And Charlie has 999,998.74 TAO less fees

  Scenario: The price of a block is the one it fell to at its beginning
    Given SubtensorModule.Burn(2) is 1 TAO
    When Bob registers miner1 on subnet 2
    Then Bob has 999,999.001923557 TAO less fees
    # floor(0.998076443 x 1.26)
    And SubtensorModule.Burn(2) is 1.257576318 TAO

  Scenario: The owner may set another factor
    Given Alice calls AdminUtils.sudo_set_burn_increase_mult
      | netuid             | 2 |
      | burn_increase_mult | 2 |
    And these values are stored
      | SubtensorModule.BurnHalfLife(2) | 0     |
      | SubtensorModule.Burn(2)         | 1 TAO |
    When Bob registers miner1 on subnet 2
    Then SubtensorModule.Burn(2) is 2 TAO

  Scenario: The price never falls below the minimum
    Given SubtensorModule.Burn(2) is 0.000500001 TAO
    When 1 block passes
    Then SubtensorModule.Burn(2) is 0.0005 TAO
    When 100 blocks pass
    Then SubtensorModule.Burn(2) is 0.0005 TAO

  Scenario: A minimum that is raised lifts the price with the next block
    Given Alice calls AdminUtils.sudo_set_min_burn
      | netuid   | 2       |
      | min_burn | 0.9 TAO |
    And SubtensorModule.Burn(2) is 0.0005 TAO
    When 1 block passes
    Then SubtensorModule.Burn(2) is 0.9 TAO

  Scenario: The price never rises above the maximum
    # 90 x 1.26 = 113.4
    Given these values are stored
      | SubtensorModule.BurnHalfLife(2) | 0      |
      | SubtensorModule.Burn(2)         | 90 TAO |
    When Bob registers miner1 on subnet 2
    Then SubtensorModule.Burn(2) is 100 TAO

  Scenario: A limit on the price guards against paying more
    Given these values are stored
      | SubtensorModule.BurnHalfLife(2) | 0     |
      | SubtensorModule.Burn(2)         | 1 TAO |
    When Bob calls SubtensorModule.register_limit
      | netuid      | 2               |
      | hotkey      | miner1          |
      | limit_price | 999,999,999 rao |
    Then the call is refused with RegistrationPriceLimitExceeded
    And nothing changed

  Scenario: A limit that is just met is enough
    Given these values are stored
      | SubtensorModule.BurnHalfLife(2) | 0     |
      | SubtensorModule.Burn(2)         | 1 TAO |
    When Bob calls SubtensorModule.register_limit
      | netuid      | 2      |
      | hotkey      | miner1 |
      | limit_price | 1 TAO  |
    Then the call succeeds
    And miner1 is neuron 1 of subnet 2
    And Bob has 999,999 TAO less fees

  Scenario Outline: With a limit too there must be a subnet that is not root, unlike <netuid>
    When Bob calls SubtensorModule.register_limit
      | netuid      | <netuid> |
      | hotkey      | miner1   |
      | limit_price | 100 TAO  |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | netuid | error                                |
      | 0      | RegistrationNotPermittedOnRootSubnet |
      | 7      | SubnetNotExists                      |
