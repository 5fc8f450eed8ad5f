Feature: What takes TAO out of the issuance
  Some prices are paid to nobody. That TAO is recycled: it leaves the issuance, and since the emission halves by the
  issuance it can be minted again (section 01, 4). Recycled are the price of swapping a hotkey on all subnets and of
  announcing the swap of a coldkey, 0.1 TAO each (section 09, 4 and 5), and what of a dissolved subnet's TAO belongs to
  nobody (section 02, 5).

  What disappears otherwise, such as the dust of an account that falls below 500 rao, is not recycled: it is missing in
  what accounts hold, but the emission halves as if it were there.

  Background:
    Given a dev chain

  Scenario: Swapping a hotkey on all subnets recycles 0.1 TAO
    Given subnet 2 of Alice with hotkey alice_hot
    When Alice calls SubtensorModule.swap_hotkey
      | hotkey     | alice_hot |
      | new_hotkey | alice_new |
      | netuid     | none      |
    Then the call succeeds
    And Alice has 997,499.9 TAO less fees
    And SubtensorModule.TotalIssuance is 3,012,000.9 TAO
    And Balances.TotalIssuance is 3,012,000.9 TAO

  Scenario: Who has less than 0.1 TAO swaps no hotkey and nothing is recycled
    Given subnet 2 of Alice with hotkey alice_hot
    And Bob registers miner1 on subnet 2
    And Bob owns 0.05 TAO
    When Bob calls SubtensorModule.swap_hotkey
      | hotkey     | miner1 |
      | new_hotkey | miner2 |
      | netuid     | none   |
    Then the call is refused with NotEnoughBalanceToPaySwapHotKey
    And nothing changed

  Scenario: Announcing the swap of a coldkey recycles 0.1 TAO
    When Bob calls SubtensorModule.announce_coldkey_swap
      | new_coldkey_hash | 0x0101010101010101010101010101010101010101010101010101010101010101 |
    Then the call succeeds
    And Bob has 999,999.9 TAO less fees
    And SubtensorModule.TotalIssuance is 3,012,000.9 TAO
    And Balances.TotalIssuance is 3,012,000.9 TAO

  Scenario: Who has less than 0.1 TAO announces no swap and nothing is recycled
    Given Bob owns 0.05 TAO
    When Bob calls SubtensorModule.announce_coldkey_swap
      | new_coldkey_hash | 0x0101010101010101010101010101010101010101010101010101010101010101 |
    Then the call is refused with NotEnoughBalanceToPaySwapColdKey
    And nothing changed

  Scenario: Root's swap of a coldkey recycles the price that root names
    When Alice calls SubtensorModule.swap_coldkey as root
      | old_coldkey | Bob   |
      | new_coldkey | Dan   |
      | swap_cost   | 7 TAO |
    Then the call succeeds
    And Dan has 999,993 TAO
    And SubtensorModule.TotalIssuance is 3,011,994 TAO
    And Balances.TotalIssuance is 3,011,994 TAO

  Scenario: What of a dissolved subnet belongs to nobody is recycled
    Given 1 block passes
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0
    # Bob buys 500 alpha, so the pool holds 2,000 TAO and 500 alpha that are nobody's.
    And Bob stakes 1,000 TAO to alice_hot on subnet 2
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then the call succeeds
    # Half of the TAO is Bob's, half of it is recycled but for the existential deposit of the subnet's account.
    And Bob has 1,000,000 TAO less fees
    And SubtensorModule.TotalIssuance is 3,011,001.0000005 TAO
    And Balances.TotalIssuance is 3,011,001.0000005 TAO
    And System.Account(subnet_account_2).data.free is 500 rao

  Scenario: Recycled TAO can be minted again
    Given subnet 2 of Alice with hotkey alice_hot
    And these values are stored
      | SubtensorModule.FirstEmissionBlockNumber(1) | none           |
      | SubtensorModule.SubnetEmissionEnabled(2)    | true           |
      | SubtensorModule.SubnetMovingPrice(2)        | 0.5            |
      | SubtensorModule.TotalIssuance               | 10,500,000 TAO |
    When Alice calls SubtensorModule.swap_coldkey as root
      | old_coldkey | Bob   |
      | new_coldkey | Dan   |
      | swap_cost   | 7 TAO |
    # Half of the supply is issued, so the block of the call mints 0.5 TAO; the next one mints 1 TAO again.
    Then SubtensorModule.TotalIssuance is 10,499,993.5 TAO
    When 1 block passes
    Then SubtensorModule.TotalIssuance is 10,499,994.5 TAO

  Scenario: Dust disappears from what accounts hold alone
    Given Bob owns 1 TAO
    When Alice calls Balances.force_transfer as root
      | source | Bob               |
      | dest   | Charlie           |
      | value  | 0.999999501 TAO   |
    Then Bob has 0 TAO
    And event Balances.DustLost is emitted
      | account | Bob     |
      | amount  | 499 rao |
    And Balances.TotalIssuance has fallen by 499 rao
    And SubtensorModule.TotalIssuance has fallen by 0 rao

  Scenario: What an account burns disappears from what accounts hold alone
    When Bob calls Balances.burn
      | value      | 10 TAO |
      | keep_alive | true   |
    Then the call succeeds
    And Bob has 999,990 TAO less fees
    And Balances.TotalIssuance has fallen by 10 TAO
    And SubtensorModule.TotalIssuance has fallen by 0 TAO
