Feature: Buying and selling alpha
  Every subnet has a pool of TAO and alpha. Who stakes buys alpha from it, who unstakes sells alpha to it. With equal
  weights, as every pool begins, what the two reserves multiply to stays the same:

    price       = TAO / alpha
    alpha out   = alpha * (1 - TAO / (TAO + TAO in))
    TAO out     = TAO * (1 - alpha / (alpha + alpha in))

  What is less than a rao is cut off, always to the pool's advantage (section 04, 1 and 3). The scenarios here are
  without the swap fee, which swaps/fees is about.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0

  Scenario Outline: The price is the ratio of the reserves
    Given a pool of <tao> TAO and <alpha> alpha on subnet 2
    Then the price of subnet 2 is <price> TAO

    Examples:
      | tao   | alpha | price       |
      | 1,000 | 2,000 | 0.5         |
      | 3,000 | 2,000 | 1.5         |
      | 1     | 3     | 0.333333333 |

  Scenario: Buying alpha raises its price
    When Bob stakes 250 TAO to alice_hot on subnet 2
    Then the call succeeds
    # 2,000 * (1 - 1,000 / 1,250) = 2,000 * 0.2
    And the stake of Bob on alice_hot in subnet 2 is 400 alpha
    And Bob has 999,750 TAO less fees
    And the pool of subnet 2 holds 1,250 TAO and 1,600 alpha
    And the price of subnet 2 is 0.78125 TAO

  Scenario: Selling alpha lowers its price
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    When Bob unstakes 600 alpha from alice_hot on subnet 2
    Then the call succeeds
    # Bob had bought 2,000 * (1 - 1,000 / 2,000) = 1,000 alpha, so the pool held 2,000 TAO and 1,000 alpha:
    # 2,000 * (1 - 1,000 / 1,600) = 750
    And the stake of Bob on alice_hot in subnet 2 is 400 alpha
    And Bob has 999,750 TAO less fees
    And the pool of subnet 2 holds 1,250 TAO and 1,600 alpha
    And the price of subnet 2 is 0.78125 TAO

  Scenario Outline: The more is bought at once, the more each alpha costs
    When Bob stakes <paid> TAO to alice_hot on subnet 2
    Then the stake of Bob on alice_hot in subnet 2 is <bought> alpha
    And the price of subnet 2 is <price> TAO

    # 2,000 * (1 - 1,000 / (1,000 + paid)); one alpha costs 0.625, 1, 2 and 4 TAO on average
    Examples:
      | paid  | bought | price   |
      | 250   | 400    | 0.78125 |
      | 1,000 | 1,000  | 2       |
      | 3,000 | 1,500  | 8       |
      | 7,000 | 1,750  | 32      |

  Scenario: Two purchases buy as much as one of their sum
    # 1,000 TAO buy 1,000 alpha and the next 2,000 TAO 1,000 * (1 - 2,000 / 4,000) = 500; 3,000 TAO at once buy 1,500.
    When Bob stakes 1,000 TAO to alice_hot on subnet 2
    And Bob stakes 2,000 TAO to alice_hot on subnet 2
    Then the stake of Bob on alice_hot in subnet 2 is 1,500 alpha
    And the pool of subnet 2 holds 4,000 TAO and 500 alpha

  Scenario: Purchases of one block are made in their order
    When these calls are made in one block
      | Bob     | SubtensorModule.add_stake(hotkey: alice_hot, netuid: 2, amount_staked: 1,000 TAO) |
      | Charlie | SubtensorModule.add_stake(hotkey: alice_hot, netuid: 2, amount_staked: 2,000 TAO) |
    Then call 1 succeeds
    And call 2 succeeds
    And the stake of Bob on alice_hot in subnet 2 is 1,000 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 500 alpha

  Scenario Outline: A round trip never profits, not even without a fee
    When Bob stakes <paid> TAO to alice_hot on subnet 2
    Then the stake of Bob on alice_hot in subnet 2 is <bought> alpha
    When Bob unstakes <bought> alpha from alice_hot on subnet 2
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha
    And Bob has <after> TAO less fees

    # The alpha bought is cut to a rao, and so is the TAO it is sold for: at most that is lost.
    Examples:
      | paid  | bought        | after             |
      | 0.01  | 0.0199998     | 999,999.999999999 |
      | 7     | 13.902681231  | 999,999.999999999 |
      | 100   | 181.818181818 | 999,999.999999999 |
      | 1,000 | 1,000         | 1,000,000         |

  Scenario Outline: With the fee of 0.05 % a round trip costs twice the fee
    Given Swap.FeeRate(2) is 33
    When Bob stakes <paid> TAO to alice_hot on subnet 2
    Then the stake of Bob on alice_hot in subnet 2 is <bought> alpha
    When Bob unstakes <bought> alpha from alice_hot on subnet 2
    Then the call succeeds
    And Bob has <after> TAO less fees

    # Of 7 TAO the fee is 7 * 33 / 65,535 = 0.003524834, the rest buys 2,000 * (1 - 1,000 / 1,006.996475166) =
    # 13.895729207 alpha. Of these 0.006997162 are the fee, the other 13.888732045 give
    # 1,006.996475166 * (1 - 1,986.104270793 / 1,999.993002838) = 6.992976572 TAO.
    Examples:
      | paid  | bought        | after             |
      | 0.01  | 0.01998973    | 999,999.999989932 |
      | 7     | 13.895729207  | 999,999.992976572 |
      | 1,000 | 999.748162732 | 999,999.244678447 |

  Scenario: Volume, total stake and flow follow every swap
    When Bob stakes 1,000 TAO to alice_hot on subnet 2
    Then SubtensorModule.TotalStake has grown by 1,000 TAO
    And SubtensorModule.SubnetVolume(2) is 1,000 TAO
    And SubtensorModule.SubnetTaoFlow(2) is 1,000 TAO
    When Bob unstakes 600 alpha from alice_hot on subnet 2
    Then SubtensorModule.TotalStake has fallen by 750 TAO
    And SubtensorModule.SubnetVolume(2) is 1,750 TAO
    And SubtensorModule.SubnetTaoFlow(2) is 250 TAO

  Scenario: A quote tells beforehand what a swap will give
    # 250 TAO at the price of 0.5 would be 500 alpha; 100 of them are lost to the price that rises on the way.
    Then these values hold
      | SwapRuntimeApi.sim_swap_tao_for_alpha(2, 250 TAO).tao_amount     | 250 TAO   |
      | SwapRuntimeApi.sim_swap_tao_for_alpha(2, 250 TAO).alpha_amount   | 400 alpha |
      | SwapRuntimeApi.sim_swap_tao_for_alpha(2, 250 TAO).alpha_slippage | 100 alpha |
      | SwapRuntimeApi.sim_swap_tao_for_alpha(2, 250 TAO).tao_fee        | 0         |
    # 500 alpha at the price of 0.5 would be 250 TAO; they give 1,000 * (1 - 2,000 / 2,500).
    And these values hold
      | SwapRuntimeApi.sim_swap_alpha_for_tao(2, 500 alpha).alpha_amount | 500 alpha |
      | SwapRuntimeApi.sim_swap_alpha_for_tao(2, 500 alpha).tao_amount   | 200 TAO   |
      | SwapRuntimeApi.sim_swap_alpha_for_tao(2, 500 alpha).tao_slippage | 50 TAO    |
