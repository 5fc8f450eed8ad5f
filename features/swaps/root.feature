Feature: Root has no pool
  On the root network, subnet 0, TAO is staked one to one: the price is always 1 and there is no swap fee
  (section 04, 1 and 7).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot

  Scenario: TAO is staked on root one to one
    When Bob stakes 100 TAO to alice_hot on subnet 0
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 0 is 100 TAO
    And Bob has 999,900 TAO less fees
    And event StakeAdded is emitted
      | 2 | 100 TAO   |
      | 3 | 100 alpha |
      | 4 | 0         |
      | 5 | 0 TAO     |
    And SubtensorModule.SubnetTAO(0) has grown by 100 TAO
    And SubtensorModule.SubnetAlphaOut(0) has grown by 100 alpha
    And SubtensorModule.SubnetAlphaIn(0) has fallen by 100 alpha
    And the price of subnet 0 is 1 TAO

  Scenario: TAO is unstaked from root one to one
    Given Bob stakes 100 TAO to alice_hot on subnet 0
    When Bob unstakes 40 TAO from alice_hot on subnet 0
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 0 is 60 TAO
    And Bob has 999,940 TAO less fees
    And SubtensorModule.SubnetTAO(0) is 60 TAO
    And SubtensorModule.SubnetAlphaOut(0) is 60 alpha

  Scenario: On root 0.002 TAO can be staked, but not less
    When Bob stakes 0.001999999 TAO to alice_hot on subnet 0
    Then the call is refused with AmountTooLow
    And nothing changed
    When Bob stakes 0.002 TAO to alice_hot on subnet 0
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 0 is 0.002 TAO

  Scenario: A purchase on root needs a limit of at least 1 TAO
    When Bob stakes 10 TAO to alice_hot on subnet 0 at no more than 0.999999999 TAO
    Then the call is refused with SlippageTooHigh
    And nothing changed
    When Bob stakes 10 TAO to alice_hot on subnet 0 at no more than 1 TAO
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 0 is 10 TAO

  Scenario: A sale on root needs a limit of at most 1 TAO
    Given Bob stakes 10 TAO to alice_hot on subnet 0
    When Bob unstakes 10 TAO from alice_hot on subnet 0 at no less than 1.000000001 TAO
    Then the call is refused with SlippageTooHigh
    And nothing changed
    When Bob unstakes 10 TAO from alice_hot on subnet 0 at no less than 1 TAO
    Then the call succeeds
    And Bob has 1,000,000 TAO less fees
