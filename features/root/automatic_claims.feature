Feature: Automatic root claims
  Nobody needs to claim: in every block the chain claims for NumRootClaim stakers, 5 by default, drawn by the hash of
  the block before from the index of all who stake on root. It claims of all subnets, in the way that the staker has
  chosen (section 06, 8.3; section 05, 6). With one staker in the index each draw is that one.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 300 alpha on subnet 2
    And Charlie stakes 300 TAO to alice_hot on subnet 0
    And these values are stored
      | SubtensorModule.NetworkRegistrationAllowed(2) | false       |
      | SubtensorModule.SubnetAlphaOut(2)             | 1,000 alpha |

  Scenario: Who stakes on root is in the index
    Then SubtensorModule.NumStakingColdkeys is 1
    And SubtensorModule.StakingColdkeysByIndex(0) is Charlie
    And SubtensorModule.StakingColdkeys(Charlie) is 0
    When Bob stakes 100 TAO to alice_hot on subnet 0
    Then SubtensorModule.NumStakingColdkeys is 2
    And SubtensorModule.StakingColdkeysByIndex(1) is Bob

  Scenario: Who has no stake on root any more leaves the index, and the last one takes the place
    Given Bob stakes 100 TAO to alice_hot on subnet 0
    When Charlie unstakes 300 TAO from alice_hot on subnet 0
    Then SubtensorModule.NumStakingColdkeys is 1
    And SubtensorModule.StakingColdkeysByIndex(0) is Bob
    And SubtensorModule.StakingColdkeysByIndex(1) is none
    And SubtensorModule.StakingColdkeys(Charlie) is none

  Scenario: The chain claims for the one staker in the next block
    Given SubtensorModule.RootClaimable(alice_hot) is [(2, 0.25)]
    When 1 block passes
    Then event RootClaimed is emitted 1 time
    # 75 alpha sell for 1,000 * (1 - 300 / 375) = 200 TAO.
    And the stake of Charlie on alice_hot in subnet 0 is 500 TAO
    And the pool of subnet 2 holds 800 TAO and 375 alpha

  Scenario: It keeps the alpha of those who want to keep it
    Given these values are stored
      | SubtensorModule.RootClaimType(Charlie)   | Keep        |
      | SubtensorModule.RootClaimable(alice_hot) | [(2, 0.25)] |
    When 1 block passes
    Then the stake of Charlie on alice_hot in subnet 2 is 75 alpha
    And the stake of Charlie on alice_hot in subnet 0 is 300 TAO

  Scenario: Root sets for how many stakers the chain claims
    Given Alice calls SubtensorModule.sudo_set_num_root_claims as root
      | new_value | 0 |
    And SubtensorModule.RootClaimable(alice_hot) is [(2, 0.25)]
    When 100 blocks pass
    Then event RootClaimed is not emitted
    And the stake of Charlie on alice_hot in subnet 0 is 300 TAO
    When Alice calls SubtensorModule.sudo_set_num_root_claims as root
      | new_value | 1 |
    And 1 block passes
    Then the stake of Charlie on alice_hot in subnet 0 is 500 TAO

  Scenario: The chain claims for at most 50 stakers a block
    When Alice calls SubtensorModule.sudo_set_num_root_claims as root
      | new_value | 51 |
    Then the call is refused with InvalidNumRootClaim
    And nothing changed
    When Alice calls SubtensorModule.sudo_set_num_root_claims as root
      | new_value | 50 |
    Then the call succeeds
    And SubtensorModule.NumRootClaim is 50

  Scenario: Only root sets for how many stakers the chain claims
    When Alice calls SubtensorModule.sudo_set_num_root_claims
      | new_value | 1 |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: A claim that fails leaves the block and the staker's dividends alone
    Given a pool of 0.000999999 TAO and 300 alpha on subnet 2
    And SubtensorModule.RootClaimable(alice_hot) is [(2, 0.25)]
    When 10 blocks pass
    Then event RootClaimed is not emitted
    And SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 0
    And the stake of Charlie on alice_hot in subnet 0 is 300 TAO

  Scenario: What fails on one subnet is not claimed on another either
    # The 75 alpha of subnet 2 could be sold, but the pool of subnet 3 has less than the least reserve, 0.001 TAO.
    Given subnet 3 of Bob with hotkey bob_hot
    And a pool of 0.000999999 TAO and 1,000 alpha on subnet 3
    And these values are stored
      | SubtensorModule.NetworkRegistrationAllowed(3) | false                  |
      | SubtensorModule.SubnetAlphaOut(3)             | 1,000 alpha            |
      | SubtensorModule.RootClaimable(alice_hot)      | [(2, 0.25), (3, 0.25)] |
    When 3 blocks pass
    Then event RootClaimed is not emitted
    And SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 0
    And the stake of Charlie on alice_hot in subnet 0 is 300 TAO
    And the pool of subnet 2 holds 1,000 TAO and 300 alpha
