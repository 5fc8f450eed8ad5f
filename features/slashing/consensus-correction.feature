Feature: Slashing, first meaning: consensus correction
  "Slashing" has four meanings in this field, and each has a file here or a place elsewhere. The first is not about stake:
  in Yuma consensus weight above what the others agree on is clipped, the bonds behind it shrink, and dividends are lost.
  It is subtensor's own, happens at every epoch, and is the same whether stake is at risk or not.
  features/consensus/clipping.feature has all of it; these are the same numbers, on a subnet where stake is at risk
  (section 07, 2.5 to 2.7).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator2) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: cabal)      |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: puppet)     |
    And a pool of 30 TAO and 200 alpha on subnet 2
    # No fees and no owner's cut; the next epoch, in block 105, shares out 100 alpha.
    And these values are stored
      | Swap.FeeRate(2)                               | 0                                              |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                                          |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                                              |
      | SubtensorModule.OwnerCutEnabled(2)            | false                                          |
      | SubtensorModule.PendingOwnerCut(2)            | 0 alpha                                        |
      | SubtensorModule.PendingServerEmission(2)      | 0 alpha                                        |
      | SubtensorModule.PendingValidatorEmission(2)   | 0 alpha                                        |
      | SubtensorModule.Tempo(2)                      | 100                                            |
      | SubtensorModule.LastEpochBlock(2)             | 5                                              |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, true, true, false, false, false] |
    And slashing is enabled on subnet 2
    # 50, 30 and 20 alpha
    And Bob stakes 10 TAO to validator1 on subnet 2
    And Bob stakes 10 TAO to validator2 on subnet 2
    And Charlie stakes 10 TAO to cabal on subnet 2
    And Charlie bonds 20 alpha on cabal in subnet 2

  Scenario: The cabal is corrected and loses its dividends, and neither stake nor bond
    Given validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And validator2 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    And cabal sets weights on subnet 2
      | puppet | 1 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Consensus(2)      | [0, 0, 0, 0, 39,320, 26,213, 0] |
      | SubtensorModule.Incentive(2)      | [0, 0, 0, 0, 39,320, 26,213, 0] |
      | SubtensorModule.ValidatorTrust(2) | [0, 65,534, 65,534, 0, 0, 0, 0] |
      # 0.5 / 0.8 and 0.3 / 0.8 of 65,535, and nothing for the cabal
      | SubtensorModule.Dividends(2)      | [0, 40,959, 24,575, 0, 0, 0, 0] |
      | SubtensorModule.Bonds(2, 3)       | []                              |
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(cabal, 2)  | 20 alpha |
      | Slashing.Bonds(2, cabal, Charlie).bonded    | 20 alpha |
      | Slashing.Strikes(2, cabal)                  | 0        |
    And event Slashing.Slashed is not emitted
