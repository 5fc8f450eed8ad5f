Feature: Swaps the pool refuses
  A swap is refused if it brings more than 1,000 times the reserve of what it brings, if the reserve it takes from is
  below 0.001 TAO or alpha, or if what is swapped is worth less than 0.002 TAO (section 04, 4; section 05, 2 to 3.4).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0

  Scenario: A purchase of more than 1,000 times the TAO in the pool is refused
    Given a pool of 10 TAO and 1,000 alpha on subnet 2
    When Bob stakes 10,000.000000001 TAO to alice_hot on subnet 2
    Then the call is refused with InsufficientLiquidity
    And nothing changed
    # 1,000 * (1 - 10 / 10,010) = 999.000999
    When Bob stakes 10,000 TAO to alice_hot on subnet 2
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 999.000999 alpha

  Scenario: A sale of more than 1,000 times the alpha in the pool is refused
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And a pool of 5 TAO and 0.5 alpha on subnet 2
    When Bob unstakes 500.000000001 alpha from alice_hot on subnet 2
    Then the call is refused with InsufficientLiquidity
    And nothing changed
    # 5 * (1 - 0.5 / 500.5) = 4.995004995
    When Bob unstakes 500 alpha from alice_hot on subnet 2
    Then the call succeeds
    And Bob has 999,004.995004995 TAO less fees

  Scenario: Nothing can be bought from a pool with less than 0.001 alpha
    Given a pool of 0.1 TAO and 0.000999999 alpha on subnet 2
    When Bob stakes 0.1 TAO to alice_hot on subnet 2
    Then the call is refused with InsufficientLiquidity
    And nothing changed
    Given a pool of 0.1 TAO and 0.001 alpha on subnet 2
    When Bob stakes 0.1 TAO to alice_hot on subnet 2
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 0.0005 alpha

  Scenario: Nothing can be sold to a pool with less than 0.001 TAO
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And a pool of 0.000999999 TAO and 10 alpha on subnet 2
    When Bob unstakes 1,000 alpha from alice_hot on subnet 2
    Then the call is refused with InsufficientLiquidity
    And nothing changed

  Scenario: A purchase of less than 0.002 TAO after the fee is refused
    Given Swap.FeeRate(2) is 33
    # 0.002 * 33 / 65,535 = 0.000001007
    When Bob stakes 0.002001006 TAO to alice_hot on subnet 2
    Then the call is refused with AmountTooLow
    And nothing changed
    When Bob stakes 0.002001007 TAO to alice_hot on subnet 2
    Then the call succeeds
    And the pool of subnet 2 holds 1,000.002 TAO and 1,999.996000008 alpha

  Scenario: A sale worth less than 0.002 TAO is refused, unless it is of the whole stake
    # The price is 2: 0.001 alpha are worth 2,000 * (1 - 1,000 / 1,000.001) = 0.001999998 TAO.
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    When Bob unstakes 0.001 alpha from alice_hot on subnet 2
    Then the call is refused with AmountTooLow
    And nothing changed
    When Bob unstakes 0.001000001 alpha from alice_hot on subnet 2
    Then the call succeeds
    And Bob has 999,000.002 TAO less fees
    When Bob unstakes 999.998 alpha from alice_hot on subnet 2
    Then the stake of Bob on alice_hot in subnet 2 is 0.000999999 alpha
    When Bob unstakes 0.000999999 alpha from alice_hot on subnet 2
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha

  Scenario: A quote for a swap that would be refused is zero
    Given a pool of 10 TAO and 1,000 alpha on subnet 2
    Then these values hold
      | SwapRuntimeApi.sim_swap_tao_for_alpha(2, 10,000.000000001 TAO).tao_amount   | 0                |
      | SwapRuntimeApi.sim_swap_tao_for_alpha(2, 10,000.000000001 TAO).alpha_amount | 0                |
      | SwapRuntimeApi.sim_swap_tao_for_alpha(2, 10,000 TAO).alpha_amount           | 999.000999 alpha |
