Feature: Where TAO comes from
  TAO is made in one place alone: at the beginning of each block, and no more than the supply schedule says
  (emissions/schedule). What a block mints goes to the accounts of subnets; what none of them gets is taken back in the
  same block (section 06, 1 and 3.4).

  Two counters follow the issuance: Balances.TotalIssuance, which is what all accounts hold together, and
  SubtensorModule.TotalIssuance, by which the emission halves. Both begin with the TAO of the genesis, and both grow by
  what is minted and fall by what is taken back (section 01, 4).

  Background:
    Given a dev chain

  Scenario: Both counters begin with what the accounts of the genesis hold
    # Alice, Bob and Charlie have 1,000,000 TAO each, six others 2,000 TAO each, and the pool of subnet 1 has 1 TAO.
    Then SubtensorModule.TotalIssuance is 3,012,001 TAO
    And Balances.TotalIssuance is 3,012,001 TAO

  Scenario: A hundred blocks mint a hundred TAO
    Given subnet 2 of Alice with hotkey alice_hot
    And these values are stored
      | SubtensorModule.FirstEmissionBlockNumber(1) | none |
      | SubtensorModule.SubnetEmissionEnabled(2)    | true |
      | SubtensorModule.SubnetMovingPrice(2)        | 0.5  |
    When 100 blocks pass
    Then SubtensorModule.TotalIssuance is 3,012,101 TAO
    And Balances.TotalIssuance is 3,012,101 TAO
    # All of it is in the subnet's account, beside the 2,500 TAO that its registration cost.
    And System.Account(subnet_account_2).data.free is 2,600 TAO
    And SubtensorModule.SubnetTAO(2) is 2,600 TAO

  Scenario: What cannot be divided among the subnets is taken back
    # A third and two thirds of 1 TAO are 0.333333333 and 0.666666666 TAO.
    Given subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Bob with hotkey bob_hot
    And these values are stored
      | SubtensorModule.FirstEmissionBlockNumber(1) | none |
      | SubtensorModule.SubnetEmissionEnabled(2)    | true |
      | SubtensorModule.SubnetEmissionEnabled(3)    | true |
      | SubtensorModule.SubnetMovingPrice(2)        | 0.25 |
      | SubtensorModule.SubnetMovingPrice(3)        | 0.5  |
    When 1 block passes
    Then event Balances.Issued is emitted
      | amount | 1 TAO |
    And System.Account(subnet_account_2).data.free has grown by 0.333333333 TAO
    And System.Account(subnet_account_3).data.free has grown by 0.666666666 TAO
    And SubtensorModule.TotalIssuance is 3,012,001.999999999 TAO
    And Balances.TotalIssuance is 3,012,001.999999999 TAO

  Scenario: What no subnet may get is taken back whole
    # The one subnet of the genesis has no moving price yet.
    When 15 blocks pass
    Then event Balances.Issued is emitted 15 times
    And SubtensorModule.TotalIssuance is 3,012,001 TAO
    And Balances.TotalIssuance is 3,012,001 TAO

  Scenario: No more than 21,000,000 TAO ever exist
    # The others have 2,012,001 TAO, so 0.4 TAO are missing. By the first counter half of the supply is still to come.
    Given subnet 2 of Alice with hotkey alice_hot
    And these values are stored
      | SubtensorModule.FirstEmissionBlockNumber(1) | none |
      | SubtensorModule.SubnetEmissionEnabled(2)    | true |
    And Charlie owns 18,987,998.6 TAO
    And these values are stored
      | SubtensorModule.TotalIssuance        | 10,000,000 TAO |
      | SubtensorModule.SubnetMovingPrice(2) | 0.5            |
    When 1 block passes
    Then event Balances.Issued is emitted
      | amount | 0.4 TAO |
    And Balances.TotalIssuance is 21,000,000 TAO
    And SubtensorModule.TotalIssuance is 10,000,000.4 TAO
    And SubtensorModule.SubnetTAO(2) has grown by 0.4 TAO
    When 10 blocks pass
    Then Balances.TotalIssuance is 21,000,000 TAO
    And SubtensorModule.TotalIssuance is 10,000,000.4 TAO

  Scenario: After the last halving nothing is minted
    Given SubtensorModule.TotalIssuance is 21,000,000 TAO
    When 10 blocks pass
    Then event Balances.Issued is not emitted
    And SubtensorModule.TotalIssuance is 21,000,000 TAO
    And Balances.TotalIssuance is 3,012,001 TAO
