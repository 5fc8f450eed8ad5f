Feature: Removing stake
  Unstaking sells alpha to the pool and pays the TAO to the coldkey. Stake may be removed on what is left of a subnet
  that was halted, but only with a limit on the price (section 05, 3.4 and 3.5). The scenarios are without the swap fee.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0
    # 2,000 * (1 - 1,000 / 2,000) = 1,000 alpha, and a pool of 2,000 TAO and 1,000 alpha, at a price of 2
    And Bob stakes 1,000 TAO to alice_hot on subnet 2

  Scenario: Unstaking pays the TAO of the alpha sold
    When Bob unstakes 250 alpha from alice_hot on subnet 2
    Then the call succeeds
    # 2,000 * (1 - 1,000 / 1,250) = 400
    And Bob has 999,400 TAO less fees
    And the stake of Bob on alice_hot in subnet 2 is 750 alpha
    And event StakeRemoved is emitted
      | 0 | Bob       |
      | 1 | alice_hot |
      | 2 | 400 TAO   |
      | 3 | 250 alpha |
      | 4 | 2         |
      | 5 | 0 alpha   |

  Scenario: Who asks for more than the stake gets the stake
    When Bob unstakes 5,000 alpha from alice_hot on subnet 2
    Then the call succeeds
    And Bob has 1,000,000 TAO less fees
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha

  Scenario: With a limit, more than the stake is refused
    When Bob unstakes 1,000.000000001 alpha from alice_hot on subnet 2 at no less than 0.25 TAO
    Then the call is refused with NotEnoughStakeToWithdraw
    And nothing changed

  Scenario: Who has no stake has nothing to remove
    When Charlie unstakes 10 alpha from alice_hot on subnet 2
    Then the call is refused with AmountTooLow
    And nothing changed

  Scenario: The stake of another hotkey is not touched
    When Bob unstakes 10 alpha from nobody on subnet 2
    Then the call is refused with AmountTooLow
    And nothing changed

  Scenario: There must be a subnet
    When Bob unstakes 10 alpha from alice_hot on subnet 7
    Then the call is refused with SubtokenDisabled
    And nothing changed
    When Bob unstakes 10 alpha from alice_hot on subnet 7 at no less than 0.1 TAO
    Then the call is refused with SubnetNotExists
    And nothing changed

  Scenario: The whole stake can be sold within a limit
    # 1,000 * (sqrt(2 / 0.5) - 1) = 1,000: the price may just fall to 0.5.
    When Bob calls SubtensorModule.remove_stake_full_limit
      | hotkey      | alice_hot |
      | netuid      | 2         |
      | limit_price | 0.5 TAO   |
    Then the call succeeds
    And Bob has 1,000,000 TAO less fees
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha

  Scenario: The whole stake is not sold beyond the limit
    When Bob calls SubtensorModule.remove_stake_full_limit
      | hotkey      | alice_hot       |
      | netuid      | 2               |
      | limit_price | 0.500000001 TAO |
    Then the call is refused with SlippageTooHigh
    And nothing changed

  Scenario: The whole stake can be sold without a limit
    When Bob calls SubtensorModule.remove_stake_full_limit
      | hotkey      | alice_hot |
      | netuid      | 2         |
      | limit_price | none      |
    Then the call succeeds
    And Bob has 1,000,000 TAO less fees

  Scenario: On a halted subnet stake is removed with a limit only
    Given Alice calls AdminUtils.sudo_set_subtoken_enabled as root
      | netuid           | 2     |
      | subtoken_enabled | false |
    When Bob unstakes 250 alpha from alice_hot on subnet 2
    Then the call is refused with SubtokenDisabled
    And nothing changed
    When Bob unstakes 250 alpha from alice_hot on subnet 2 at no less than 1 TAO
    Then the call succeeds
    And Bob has 999,400 TAO less fees
