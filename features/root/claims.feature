Feature: Claiming root dividends
  What a staker can claim of a subnet's root dividends is

    owed = RootClaimable of the hotkey * stake on root - what has been claimed already

  and less than RootClaimableThreshold, by default 0.0005 alpha, is not paid. By default a claim is swapped: the alpha
  is sold to the subnet's pool without a fee and the TAO is staked on root. Who prefers keeps the alpha, of all subnets
  or of some (section 06, 8).

  Here 0.25 alpha of subnet 2 can be claimed for each TAO on root, and Charlie has 300 TAO there.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 300 alpha on subnet 2
    And Alice calls SubtensorModule.sudo_set_num_root_claims as root
      | new_value | 0 |
    And Charlie stakes 300 TAO to alice_hot on subnet 0
    And these values are stored
      | SubtensorModule.NetworkRegistrationAllowed(2) | false       |
      | SubtensorModule.SubnetAlphaOut(2)             | 1,000 alpha |
      | SubtensorModule.RootClaimable(alice_hot)      | [(2, 0.25)] |

  Scenario: By default claimed alpha is sold and the TAO staked on root
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the call succeeds
    And event RootClaimed is emitted
      | coldkey | Charlie |
    # 300 * 0.25 = 75 alpha, which sell for 1,000 * (1 - 300 / 375) = 200 TAO
    And the pool of subnet 2 holds 800 TAO and 375 alpha
    And the stake of Charlie on alice_hot in subnet 0 is 500 TAO
    And SubtensorModule.SubnetTAO(0) has grown by 200 TAO
    And SubtensorModule.SubnetAlphaOut(2) has fallen by 75 alpha
    And SubtensorModule.TotalStake has grown by 0 TAO
    And SubtensorModule.SubnetRootSellTao(2) is 200 TAO
    And event Balances.Transfer is emitted
      | from   | subnet_account_2 |
      | to     | subnet_account_0 |
      | amount | 200 TAO          |
    # 75 for the claim, and 0.25 * 200 so that the new stake has no part in past dividends
    And SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 125,000,000,000
    And Charlie has 999,700 TAO less fees

  Scenario: Who keeps claimed alpha has it staked to the hotkey
    Given Charlie calls SubtensorModule.set_root_claim_type
      | new_root_claim_type | Keep |
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the call succeeds
    And the stake of Charlie on alice_hot in subnet 2 is 75 alpha
    And the stake of Charlie on alice_hot in subnet 0 is 300 TAO
    And the pool of subnet 2 holds 1,000 TAO and 300 alpha
    And SubtensorModule.SubnetAlphaOut(2) is 1,000 alpha
    And SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 75,000,000,000

  Scenario: A second claim pays nothing
    Given Charlie calls SubtensorModule.set_root_claim_type
      | new_root_claim_type | Keep |
    And Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the call succeeds
    And event RootClaimed is emitted
    And the stake of Charlie on alice_hot in subnet 2 is 75 alpha

  Scenario: Alpha of some subnets is kept and that of the others swapped
    Given subnet 3 of Bob with hotkey bob_hot
    And these values are stored
      | SubtensorModule.NetworkRegistrationAllowed(3) | false                 |
      | SubtensorModule.SubnetAlphaOut(3)             | 1,000 alpha           |
      | SubtensorModule.RootClaimable(alice_hot)      | [(2, 0.25), (3, 0.5)] |
    And Charlie calls SubtensorModule.set_root_claim_type
      | new_root_claim_type | KeepSubnets{subnets: [3]} |
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2, 3] |
    Then the call succeeds
    # The 75 alpha of subnet 2 are claimed first and make 500 TAO of the 300 TAO on root. The 200 TAO more have no part
    # in the past dividends of subnet 3: 300 * 0.5.
    And the stake of Charlie on alice_hot in subnet 0 is 500 TAO
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 3) is 150 alpha
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 0 alpha

  Scenario: Only the named subnets are claimed
    Given subnet 3 of Bob with hotkey bob_hot
    And these values are stored
      | SubtensorModule.SubnetAlphaOut(3)        | 1,000 alpha           |
      | SubtensorModule.RootClaimable(alice_hot) | [(2, 0.25), (3, 0.5)] |
      | SubtensorModule.RootClaimType(Charlie)   | Keep                  |
    When Charlie calls SubtensorModule.claim_root
      | subnets | [3] |
    Then SubtensorModule.TotalHotkeyAlpha(alice_hot, 3) is 150 alpha
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 0 alpha
    And SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 0

  Scenario Outline: Less than the threshold is not paid
    # A rate of 2^-19 on 300 TAO is 300 / 524,288 = 0.000572204 alpha; the threshold is 0.0005 alpha.
    Given these values are stored
      | SubtensorModule.RootClaimable(alice_hot)           | [(2, 0.0000019073486328125)] |
      | SubtensorModule.RootClaimType(Charlie)             | Keep                         |
      | SubtensorModule.RootClaimed(2, alice_hot, Charlie) | <claimed>                    |
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the call succeeds
    And the stake of Charlie on alice_hot in subnet 2 is <paid> alpha

    Examples: 572,204 rao less what has been claimed
      | claimed | paid        |
      | 0       | 0.000572204 |
      | 72,204  | 0.0005      |
      | 72,205  | 0           |

  Scenario: The owner of the subnet sets the threshold
    When Alice calls SubtensorModule.sudo_set_root_claim_threshold
      | netuid    | 2          |
      | new_value | 10,000,000 |
    Then the call succeeds
    And SubtensorModule.RootClaimableThreshold(2) is 10,000,000.0
    # That is 0.01 alpha; a rate of 2^-15 on 300 TAO is 300 / 32,768 = 0.009155 alpha.
    Given SubtensorModule.RootClaimable(alice_hot) is [(2, 0.000030517578125)]
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the call succeeds
    And the stake of Charlie on alice_hot in subnet 0 is 300 TAO

  Scenario Outline: The threshold is at most 0.01 alpha and is set by owners and root
    When <who> calls SubtensorModule.sudo_set_root_claim_threshold
      | netuid    | <netuid> |
      | new_value | <value>  |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | who   | netuid | value      | error                     |
      | Alice | 2      | 10,000,001 | InvalidRootClaimThreshold |
      | Bob   | 2      | 1,000,000  | BadOrigin                 |

  Scenario: Not even root sets a threshold for a subnet that does not exist
    When Alice calls SubtensorModule.sudo_set_root_claim_threshold as root
      | netuid    | 7         |
      | new_value | 1,000,000 |
    Then the call is refused with SubnetNotExists
    And nothing changed

  Scenario Outline: A claim is for one to five subnets
    When Charlie calls SubtensorModule.claim_root
      | subnets | <subnets> |
    Then the call is refused with InvalidSubnetNumber
    And nothing changed

    Examples:
      | subnets            |
      | []                 |
      | [1, 2, 3, 4, 5, 6] |

  Scenario: Five subnets can be claimed at once, whether they exist or not
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2, 3, 4, 5, 6] |
    Then the call succeeds
    And the stake of Charlie on alice_hot in subnet 0 is 500 TAO

  Scenario: Some subnets to keep are one at least
    When Charlie calls SubtensorModule.set_root_claim_type
      | new_root_claim_type | KeepSubnets{subnets: []} |
    Then the call is refused with InvalidSubnetNumber
    And nothing changed

  Scenario: Setting the type of claims is announced by an event
    When Charlie calls SubtensorModule.set_root_claim_type
      | new_root_claim_type | Keep |
    Then event RootClaimTypeSet is emitted
      | coldkey             | Charlie |
      | root_claim_type     | Keep    |
    And SubtensorModule.RootClaimType(Charlie) is Keep

  Scenario: If one swap fails the whole claim does
    # The 75 alpha of subnet 2 could be sold, but the pool of subnet 3 has less than the least reserve, 0.001 TAO.
    Given subnet 3 of Bob with hotkey bob_hot
    And a pool of 0.000999999 TAO and 1,000 alpha on subnet 3
    And these values are stored
      | SubtensorModule.SubnetAlphaOut(3)        | 1,000 alpha            |
      | SubtensorModule.RootClaimable(alice_hot) | [(2, 0.25), (3, 0.25)] |
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2, 3] |
    Then the call is refused with Swap.ReservesTooLow
    And the stake of Charlie on alice_hot in subnet 0 is 300 TAO
    And the pool of subnet 2 holds 1,000 TAO and 300 alpha

  Scenario: Who stakes nothing on root claims nothing
    When Bob calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the call succeeds
    And event RootClaimed is emitted
      | coldkey | Bob |
    And SubtensorModule.SubnetTAO(0) has grown by 0 TAO
