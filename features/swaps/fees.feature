Feature: Swap fees
  Of what goes into a swap, TAO or alpha, FeeRate / 65,535 is the fee; by default FeeRate is 33, about 0.05 %. The fee
  does not enter the pool. All of it goes to the author of the block: TAO as it is, and alpha sold for TAO after the
  swap, without a fee on the fee (section 04, 8; section 05, 3.3 and 3.6). The authorities One, Two and Three take
  turns: the remainder of the block's number by 3 says which, 0 for One.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2

  Scenario Outline: The fee of a purchase goes to the author of the block
    Given block <before> is reached
    When Bob stakes 100 TAO to alice_hot on subnet 2
    # 100 * 33 / 65,535 = 0.050354772; the other 99.949645228 TAO buy
    # 2,000 * (1 - 1,000 / 1,099.949645228) = 181.734946979 alpha
    Then event Balances.Transfer is emitted
      | from   | subnet_account_2 |
      | to     | <author>         |
      | amount | 0.050354772 TAO  |
    And event StakeAdded is emitted
      | 0 | Bob                 |
      | 1 | alice_hot           |
      | 2 | 100 TAO             |
      | 3 | 181.734946979 alpha |
      | 4 | 2                   |
      | 5 | 0.050354772 TAO     |
    And Bob has 999,900 TAO less fees
    And the pool of subnet 2 holds 1,099.949645228 TAO and 1,818.265053021 alpha

    Examples:
      | before | author |
      | 5      | One    |
      | 6      | Two    |
      | 7      | Three  |

  Scenario: The fee of a sale is sold for the author
    Given Bob stakes 100 TAO to alice_hot on subnet 2
    And block 6 is reached
    When Bob unstakes 100 alpha from alice_hot on subnet 2
    # 100 * 33 / 65,535 = 0.050354772 alpha; the other 99.949645228 alpha give
    # 1,099.949645228 * (1 - 1,818.265053021 / 1,918.214698249) = 57.313488896 TAO
    Then event StakeRemoved is emitted
      | 0 | Bob                |
      | 1 | alice_hot          |
      | 2 | 57.313488896 TAO   |
      | 3 | 99.949645228 alpha |
      | 4 | 2                  |
      | 5 | 0.050354772 alpha  |
    # then the fee: 1,042.636156332 * (1 - 1,918.214698249 / 1,918.265053021) = 0.027369369 TAO
    And event Balances.Transfer is emitted
      | from   | subnet_account_2 |
      | to     | Two              |
      | amount | 0.027369369 TAO  |
    And Bob has 999,957.313488896 TAO less fees
    And the pool of subnet 2 holds 1,042.608786963 TAO and 1,918.265053021 alpha
    And the stake of Bob on alice_hot in subnet 2 is 81.734946979 alpha

  Scenario: Root sets the fee rate of a subnet
    When Alice calls Swap.set_fee_rate as root
      | netuid | 2   |
      | rate   | 655 |
    Then the call succeeds
    And event Swap.FeeRateSet is emitted
      | netuid | 2   |
      | rate   | 655 |
    When Bob stakes 100 TAO to alice_hot on subnet 2
    # 100 * 655 / 65,535 = 0.999465934; 2,000 * (1 - 1,000 / 1,099.000534066) = 180.164669619
    Then the stake of Bob on alice_hot in subnet 2 is 180.164669619 alpha
    And the pool of subnet 2 holds 1,099.000534066 TAO and 1,819.835330381 alpha

  Scenario: The fee rate is at most 10,000, which is 15.3 %
    When Alice calls Swap.set_fee_rate as root
      | netuid | 2      |
      | rate   | 10,001 |
    Then the call is refused with Swap.FeeRateTooHigh
    And nothing changed
    When Alice calls Swap.set_fee_rate as root
      | netuid | 2      |
      | rate   | 10,000 |
    Then the call succeeds
    And Swap.FeeRate(2) is 10,000

  Scenario: Only root sets a fee rate
    When Alice calls Swap.set_fee_rate
      | netuid | 2 |
      | rate   | 0 |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: There is no fee rate for a subnet that does not exist
    When Alice calls Swap.set_fee_rate as root
      | netuid | 7  |
      | rate   | 33 |
    Then the call is refused with Swap.MechanismDoesNotExist
    And nothing changed

  Scenario: Liquidity of one's own can no longer be provided
    When Bob calls Swap.add_liquidity
      | hotkey    | alice_hot |
      | netuid    | 2         |
      | tick_low  | -100      |
      | tick_high | 100       |
      | liquidity | 1,000,000 |
    Then the call is refused with Swap.Deprecated
    And nothing changed
