Feature: Which subnet gets how much TAO
  The market and not a committee decides how much of the TAO of a block a subnet gets. Each subnet's part is its moving
  price, a slow average of the price of its alpha, divided by the sum of the moving prices of all subnets that emit:

    TAO of subnet n = TAO of the block * moving price of n / sum of moving prices

  Subnets emit from the block after they were started, as long as their alpha can be staked and neurons can be
  registered (section 06, 3 and 3.1). Parts are cut to whole rao, and what this leaves is not issued.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Bob with hotkey bob_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 3
    And these values are stored
      | SubtensorModule.FirstEmissionBlockNumber(1) | none |
      | SubtensorModule.SubnetEmissionEnabled(2)    | true |
      | SubtensorModule.SubnetEmissionEnabled(3)    | true |

  Scenario Outline: Subnets get TAO in proportion to their moving prices
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(2) | <price 2> |
      | SubtensorModule.SubnetMovingPrice(3) | <price 3> |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by <tao 2> TAO
    And SubtensorModule.SubnetTAO(3) has grown by <tao 3> TAO
    And SubtensorModule.TotalIssuance has grown by 1 TAO
    And event Balances.Deposit is emitted
      | who    | subnet_account_2 |
      | amount | <tao 2> TAO      |
    And event Balances.Deposit is emitted
      | who    | subnet_account_3 |
      | amount | <tao 3> TAO      |

    Examples:
      | price 2 | price 3 | tao 2 | tao 3 |
      | 0.5     | 0.5     | 0.5   | 0.5   |
      | 0.375   | 0.125   | 0.75  | 0.25  |
      | 0.75    | 0.25    | 0.75  | 0.25  |
      | 0.125   | 0.875   | 0.125 | 0.875 |

  Scenario: It is the moving price that counts, not the price of the moment
    # The alpha of subnet 2 costs 0.25 TAO, that of subnet 3 costs 4 TAO.
    Given a pool of 500 TAO and 2,000 alpha on subnet 2
    And a pool of 8,000 TAO and 2,000 alpha on subnet 3
    And these values are stored
      | SubtensorModule.SubnetMovingPrice(2) | 0.5 |
      | SubtensorModule.SubnetMovingPrice(3) | 0.5 |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by 0.5 TAO
    And SubtensorModule.SubnetTAO(3) has grown by 0.5 TAO

  Scenario: What cannot be divided is not issued
    # 1 / 3 = 0.333333333 TAO and 2 / 3 = 0.666666666 TAO; 1 rao is left.
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(2) | 0.25 |
      | SubtensorModule.SubnetMovingPrice(3) | 0.5  |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by 0.333333333 TAO
    And SubtensorModule.SubnetTAO(3) has grown by 0.666666666 TAO
    And SubtensorModule.TotalIssuance has grown by 0.999999999 TAO
    And Balances.TotalIssuance has grown by 0.999999999 TAO

  Scenario: A subnet without a moving price gets no TAO, but all its alpha
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(2) | 0   |
      | SubtensorModule.SubnetMovingPrice(3) | 0.5 |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by 0 TAO
    And SubtensorModule.SubnetTAO(3) has grown by 1 TAO
    And SubtensorModule.SubnetAlphaOut(2) has grown by 1 alpha

  Scenario: A negative moving price counts as none
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(2) | -0.5 |
      | SubtensorModule.SubnetMovingPrice(3) | 0.5  |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by 0 TAO
    And SubtensorModule.SubnetTAO(3) has grown by 1 TAO

  Scenario: Without any moving price no TAO is issued
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(2) | 0 |
      | SubtensorModule.SubnetMovingPrice(3) | 0 |
    When 1 block passes
    Then SubtensorModule.TotalIssuance has grown by 0 TAO
    And Balances.TotalIssuance has grown by 0 TAO
    And SubtensorModule.SubnetAlphaOut(2) has grown by 1 alpha
    And SubtensorModule.SubnetAlphaOut(3) has grown by 1 alpha

  Scenario Outline: A subnet that does not emit gets neither TAO nor alpha
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(2) | 0.5     |
      | SubtensorModule.SubnetMovingPrice(3) | 0.5     |
      | SubtensorModule.<switch>(3)          | <value> |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by 1 TAO
    And SubtensorModule.SubnetTAO(3) has grown by 0 TAO
    And SubtensorModule.SubnetAlphaOut(3) has grown by 0 alpha

    Examples: it was not started, its alpha cannot be staked, no neuron can be registered
      | switch                     | value |
      | FirstEmissionBlockNumber   | none  |
      | SubtokenEnabled            | false |
      | NetworkRegistrationAllowed | false |

  Scenario: A new subnet emits from the block after it was started
    Given Charlie registers a subnet with hotkey charlie_hot
    When 1 block passes
    Then SubtensorModule.SubnetAlphaOut(4) is 0 alpha
    When Charlie starts subnet 4
    Then SubtensorModule.SubnetAlphaOut(4) is 0 alpha
    And event FirstEmissionBlockNumberSet is emitted
      | 0 | 4  |
      | 1 | 11 |
    When 1 block passes
    Then the last block is 11
    And SubtensorModule.SubnetAlphaOut(4) is 1 alpha
