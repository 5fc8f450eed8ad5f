Feature: What leaves the issuance alone
  TAO changes hands, but there is never more or less of it: what one account pays another gets. This holds for fees,
  which the author of the block gets, and for the prices of staking and of registering, which go to the account of the
  subnet (section 01, 4; section 03, 2; section 10, 3.1). In these scenarios no subnet gets TAO from the emission.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2

  Scenario: A transfer and its fee
    When Alice transfers 3 TAO to Bob
    Then the call succeeds
    And these values hold
      | SubtensorModule.TotalIssuance | 3,012,001 TAO |
      | Balances.TotalIssuance        | 3,012,001 TAO |

  Scenario: The fee goes to the author of the block, to the rao
    # Block 8 is that of Three. A transfer's fee is what Bob has less than the 3 TAO.
    Given block 7 is reached
    When Bob transfers 3 TAO to Charlie
    Then Charlie has 1,000,003 TAO
    And Bob has 999,997 TAO less fees
    And event Balances.Deposit is emitted
      | who | Three |
    And Balances.TotalIssuance is 3,012,001 TAO

  Scenario: A refused call and its fee
    Given Bob owns 2 TAO
    When Bob stakes 3 TAO to alice_hot on subnet 2
    Then the call is refused with NotEnoughBalanceToStake
    And these values hold
      | SubtensorModule.TotalIssuance | 2,012,003 TAO |
      | Balances.TotalIssuance        | 2,012,003 TAO |

  Scenario: Staking and unstaking
    When Bob stakes 1,000 TAO to alice_hot on subnet 2
    Then the call succeeds
    And SubtensorModule.TotalIssuance is 3,012,001 TAO
    And Balances.TotalIssuance is 3,012,001 TAO
    When Bob unstakes everything from alice_hot
    Then the call succeeds
    And SubtensorModule.TotalIssuance is 3,012,001 TAO
    And Balances.TotalIssuance is 3,012,001 TAO

  Scenario: What stakers pay is in the account of the subnet
    Given Swap.FeeRate(2) is 0
    When Bob stakes 1,000 TAO to alice_hot on subnet 2
    Then System.Account(subnet_account_2).data.free is 2,000 TAO
    And SubtensorModule.SubnetTAO(2) is 2,000 TAO
    # 500 alpha were bought; half of them sold gives 2,000 * (1 - 500 / 750).
    When Bob unstakes 250 alpha from alice_hot on subnet 2
    Then System.Account(subnet_account_2).data.free has fallen by 666.666666666 TAO
    And SubtensorModule.SubnetTAO(2) has fallen by 666.666666666 TAO
    And Bob has 999,666.666666666 TAO less fees

  Scenario: Staking on root
    When Bob stakes 100 TAO to alice_hot on subnet 0
    Then System.Account(subnet_account_0).data.free is 100 TAO
    And SubtensorModule.TotalIssuance is 3,012,001 TAO
    And Balances.TotalIssuance is 3,012,001 TAO

  Scenario: Registering a subnet
    # The first subnet cost 2,500 TAO, twice the 1,250 TAO of the genesis; the next would cost twice as much, less what
    # has been taken off since: 2,500 / 57,600 = 0.043402777 TAO for each of the blocks 2 to 4.
    When Bob registers a subnet with hotkey bob_hot
    Then the call succeeds
    And Bob has 995,000.130208331 TAO less fees
    And System.Account(subnet_account_3).data.free is 4,999.869791669 TAO
    And SubtensorModule.TotalIssuance is 3,012,001 TAO
    And Balances.TotalIssuance is 3,012,001 TAO

  Scenario: Registering a neuron, although the counter of it says recycled
    Given SubtensorModule.BurnHalfLife(2) is 0
    And SubtensorModule.Burn(2) is 8 TAO
    When Bob registers miner1 on subnet 2
    Then the call succeeds
    And SubtensorModule.RAORecycledForRegistration(2) is 8 TAO
    And System.Account(subnet_account_2).data.free has grown by 8 TAO
    And SubtensorModule.TotalIssuance is 3,012,001 TAO
    And Balances.TotalIssuance is 3,012,001 TAO

  Scenario Outline: Alpha that is destroyed: <call>
    Given Bob stakes 100 TAO to alice_hot on subnet 2
    When Bob calls SubtensorModule.<call>
      | hotkey | alice_hot |
      | amount | 10 alpha  |
      | netuid | 2         |
    Then the call succeeds
    And SubtensorModule.TotalIssuance is 3,012,001 TAO
    And Balances.TotalIssuance is 3,012,001 TAO

    Examples:
      | call          |
      | recycle_alpha |
      | burn_alpha    |
