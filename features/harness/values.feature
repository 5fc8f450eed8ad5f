Feature: Values of the chain
  Any storage item, constant or answer of a runtime API can be looked at by its name, and any storage item can be set
  where no call leads to the state a scenario needs.

  Background:
    Given a dev chain

  Scenario: Stored values are read back as they were written
    Given SubtensorModule.Tempo(2) is 20
    And these values are stored
      | SubtensorModule.TaoFlowCutoff         | -0.25            |
      | SubtensorModule.BurnIncreaseMult(2)   | 1.26             |
      | SubtensorModule.RecycleOrBurn(2)      | Recycle          |
      | SubtensorModule.AlphaValues(2)        | (1,000, 2,000)   |
      | SubtensorModule.OwnedHotkeys(Alice)   | [miner1, miner2] |
      | SubtensorModule.MechanismEmissionSplit(2) | [40,000, 25,535] |
      | SubtensorModule.RootClaimType(Alice)  | KeepSubnets{subnets: [1, 2]} |
    Then these values hold
      | SubtensorModule.Tempo(2)              | 20                |
      | SubtensorModule.TaoFlowCutoff         | -0.25             |
      | SubtensorModule.BurnIncreaseMult(2)   | 1.2               |
      | SubtensorModule.BurnIncreaseMult(2)   | 1.2600            |
      | SubtensorModule.RecycleOrBurn(2)      | Recycle           |
      | SubtensorModule.AlphaValues(2).1      | 2,000             |
      | SubtensorModule.OwnedHotkeys(Alice).1 | miner2            |
      | SubtensorModule.MechanismEmissionSplit(2) | [40,000, 25,535] |
      | SubtensorModule.RootClaimType(Alice)  | KeepSubnets{subnets: [1, 2]} |

  Scenario: What is not there is none
    Given SubtensorModule.FirstEmissionBlockNumber(1) is none
    Then SubtensorModule.FirstEmissionBlockNumber(1) is none
    And SubtensorModule.Uids(1, miner1) is none

  Scenario: Constants and runtime calls have names as well
    Then Balances.ExistentialDeposit is 500 rao
    And AccountNonceApi.account_nonce(Alice) is 0
    And SubtensorModule.TotalIssuance exceeds 2,000,000 TAO
    And SubtensorModule.TotalIssuance stays below 4,000,000 TAO

  Scenario: What changes is told from what was before
    Given Bob owns 10 TAO
    When Alice transfers 3 TAO to Bob
    Then the call succeeds
    And System.Account(Bob).data.free has grown by 3 TAO
    And System.Account(Alice).nonce is 3
    When Bob transfers 1 TAO to Alice
    Then System.Account(Alice).data.free has grown by 1 TAO

  Scenario: Time passes in blocks
    When 10 blocks pass
    Then the last block is 10
    When block 1,000 is reached
    Then the last block is 1,000
    And Timestamp.Now is 12,000,000
