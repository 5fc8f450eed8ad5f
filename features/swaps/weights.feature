Feature: Weights of a pool
  A pool weighs its TAO (w2) and its alpha (w1 = 1 - w2). Both weigh 0.5 to begin with; injections of emission that do
  not match the price move the weights, so that the price stays. With unequal weights

    price     = (w1 / w2) * TAO / alpha
    alpha out = alpha * (1 - (TAO / (TAO + TAO in)) ^ (w2 / w1))
    TAO out   = TAO * (1 - (alpha / (alpha + alpha in)) ^ (w1 / w2))

  (section 04, 1 and 3). Weights are kept in parts of 10^18.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 10 TAO and 640 alpha on subnet 2
    And Swap.FeeRate(2) is 0

  Scenario: Weights multiply the price
    # 10 / 640 = 0.015625, times 0.8 / 0.2
    Given Swap.SwapBalancer(2) is {quote: 200,000,000,000,000,000}
    Then the price of subnet 2 is 0.0625 TAO

  Scenario: The lighter the TAO of a pool, the more of it alpha costs
    Given these values are stored
      | Swap.SwapBalancer(2)       | {quote: 200,000,000,000,000,000} |
      | Swap.PalSwapInitialized(2) | true                             |
    When Bob stakes 150 TAO to alice_hot on subnet 2
    # (10 / 160) ^ (0.2 / 0.8) = (1 / 16) ^ (1 / 4) = 1 / 2, so half of the alpha; with equal weights it were 600.
    Then the stake of Bob on alice_hot in subnet 2 is 320 alpha
    And the pool of subnet 2 holds 160 TAO and 320 alpha
    # 4 * 160 / 320
    And the price of subnet 2 is 2 TAO

  Scenario: With unequal weights a sale gives back what the purchase cost
    Given these values are stored
      | Swap.SwapBalancer(2)       | {quote: 200,000,000,000,000,000} |
      | Swap.PalSwapInitialized(2) | true                             |
    And Bob stakes 150 TAO to alice_hot on subnet 2
    When Bob unstakes 320 alpha from alice_hot on subnet 2
    # 160 * (1 - (320 / 640) ^ (0.8 / 0.2)) = 160 * (1 - 1 / 16) = 150
    Then Bob has 1,000,000 TAO less fees
    And the pool of subnet 2 holds 10 TAO and 640 alpha
    And the price of subnet 2 is 0.0625 TAO

  Scenario: The first swap of a pool makes its weights equal
    Given Swap.SwapBalancer(2) is {quote: 200,000,000,000,000,000}
    And Swap.PalSwapInitialized(2) is false
    When Bob stakes 30 TAO to alice_hot on subnet 2
    # 640 * (1 - 10 / 40) = 480
    Then the stake of Bob on alice_hot in subnet 2 is 480 alpha
    And Swap.SwapBalancer(2) is {quote: 500,000,000,000,000,000}
    And Swap.PalSwapInitialized(2) is true
    # 40 / 160
    And the price of subnet 2 is 0.25 TAO

  Scenario: Later swaps leave the weights alone
    Given these values are stored
      | Swap.SwapBalancer(2)       | {quote: 200,000,000,000,000,000} |
      | Swap.PalSwapInitialized(2) | true                             |
    When Bob stakes 150 TAO to alice_hot on subnet 2
    And Bob unstakes 320 alpha from alice_hot on subnet 2
    Then Swap.SwapBalancer(2) is {quote: 200,000,000,000,000,000}

  Scenario: Before the first swap quotes use equal weights, the price those stored
    Given Swap.SwapBalancer(2) is {quote: 200,000,000,000,000,000}
    Then the price of subnet 2 is 0.0625 TAO
    And SwapRuntimeApi.sim_swap_tao_for_alpha(2, 30 TAO).alpha_amount is 480 alpha
    And Swap.PalSwapInitialized(2) is false
