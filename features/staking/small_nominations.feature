Feature: Small nominations
  Root can ask for a minimum of each nomination, in millionths of 0.002 TAO. When the minimum is raised, and when a
  nominator unstakes, what is worth less is sold and paid out. The owner of a hotkey may hold less on it
  (section 05, 2 and 3.4). The scenarios are without the swap fee.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0

  Scenario: Raising the minimum pays out the nominations below it
    # 2,000 * (1 - 1,000 / 1,005) = 9.950248756 alpha for 5 TAO each
    Given Alice stakes 5 TAO to alice_hot on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Charlie stakes 5 TAO to alice_hot on subnet 2
    And Bob stakes 250 TAO to alice_hot on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    # 5,000,000,000 / 1,000,000 * 0.002 TAO = 10 TAO, at the price of 0.5 20 alpha
    When Alice calls AdminUtils.sudo_set_nominator_min_required_stake as root
      | min_stake | 5,000,000,000 |
    Then the call succeeds
    # 1,000 * (1 - 2,000 / 2,009.950248756) = 4.950495049
    And event StakeRemoved is emitted 1 times
    And event StakeRemoved is emitted
      | 0 | Charlie           |
      | 1 | alice_hot         |
      | 2 | 4.950495049 TAO   |
      | 3 | 9.950248756 alpha |
    And the stake of Charlie on alice_hot in subnet 2 is 0 alpha
    And Charlie has 999,999.950495049 TAO less fees
    And the stake of Alice on alice_hot in subnet 2 is 9.950248756 alpha
    # 2,000 * (1 - 1,005 / 1,255) after Charlie's purchase
    And the stake of Bob on alice_hot in subnet 2 is 396.424253235 alpha

  Scenario: What unstaking leaves below the minimum is paid out as well
    Given Bob stakes 250 TAO to alice_hot on subnet 2
    And Alice calls AdminUtils.sudo_set_nominator_min_required_stake as root
      | min_stake | 5,000,000,000 |
    # 390 of 400 alpha give 1,250 * (1 - 1,600 / 1,990) = 244.974874371 TAO; the other 10 are worth 5.05 TAO and give
    # 1,005.025125629 * (1 - 1,990 / 2,000) = 5.025125628.
    When Bob unstakes 390 alpha from alice_hot on subnet 2
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha
    And Bob has 999,999.999999999 TAO less fees
    And event StakeRemoved is emitted 2 times

  Scenario: What is at the minimum stays
    Given Bob stakes 250 TAO to alice_hot on subnet 2
    And Alice calls AdminUtils.sudo_set_nominator_min_required_stake as root
      | min_stake | 2,500,000,000 |
    # 5 TAO, at the price of 0.505037751 that the sale leaves 9.90025 alpha
    When Bob unstakes 390 alpha from alice_hot on subnet 2
    Then the stake of Bob on alice_hot in subnet 2 is 10 alpha
    And event StakeRemoved is emitted 1 times

  Scenario: The owner of the hotkey may keep less
    Given Alice stakes 250 TAO to alice_hot on subnet 2
    And Alice calls AdminUtils.sudo_set_nominator_min_required_stake as root
      | min_stake | 5,000,000,000 |
    When Alice unstakes 390 alpha from alice_hot on subnet 2
    Then the stake of Alice on alice_hot in subnet 2 is 10 alpha

  Scenario: Only root sets the minimum
    When Alice calls AdminUtils.sudo_set_nominator_min_required_stake
      | min_stake | 5,000,000,000 |
    Then the call is refused with BadOrigin
    And nothing changed
