Feature: Changing the stake on root
  Dividends are for the stake that earned them. What is staked later has no part in past dividends: what it would get of
  them counts as claimed. What is unstaked takes its part of the past with it: unclaimed dividends are not claimed
  before, and what has been claimed falls with the stake, down to 0 at the least (section 06, 9).

    RootClaimed grows by RootClaimable * stake added, and falls by RootClaimable * stake removed

  Here 0.25 alpha of subnet 2 can be claimed for each TAO on root, and Charlie has 300 TAO there: 75 alpha.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Alice calls SubtensorModule.sudo_set_num_root_claims as root
      | new_value | 0 |
    And Charlie stakes 300 TAO to alice_hot on subnet 0
    And these values are stored
      | SubtensorModule.NetworkRegistrationAllowed(2) | false       |
      | SubtensorModule.SubnetAlphaOut(2)             | 1,000 alpha |
      | SubtensorModule.RootClaimable(alice_hot)      | [(2, 0.25)] |
      | SubtensorModule.RootClaimType(Bob)            | Keep        |
      | SubtensorModule.RootClaimType(Charlie)        | Keep        |

  Scenario: Who stakes after the dividends has no part in them
    Given Bob stakes 100 TAO to alice_hot on subnet 0
    Then SubtensorModule.RootClaimed(2, alice_hot, Bob) is 25,000,000,000
    When Bob calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the stake of Bob on alice_hot in subnet 2 is 0 alpha
    # The next dividends are for Bob as well: 0.5 alpha a TAO more.
    Given SubtensorModule.RootClaimable(alice_hot) is [(2, 0.75)]
    When Bob calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the stake of Bob on alice_hot in subnet 2 is 50 alpha

  Scenario: More stake earns no more of the past
    When Charlie stakes 500 TAO to alice_hot on subnet 0
    Then SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 125,000,000,000
    # 800 * 0.25 - 125
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the stake of Charlie on alice_hot in subnet 2 is 75 alpha

  Scenario: Who unstakes before claiming loses the dividends of what is unstaked
    When Charlie unstakes 100 TAO from alice_hot on subnet 0
    Then SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 0
    # 200 * 0.25
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the stake of Charlie on alice_hot in subnet 2 is 50 alpha

  Scenario: Who unstakes everything before claiming loses all dividends
    Given Charlie unstakes 300 TAO from alice_hot on subnet 0
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    Then the call succeeds
    And the stake of Charlie on alice_hot in subnet 2 is 0 alpha
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 0) is 0 alpha

  Scenario: Who claims before unstaking keeps what was claimed, and owes nothing
    Given Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    When Charlie unstakes 100 TAO from alice_hot on subnet 0
    # 75 - 100 * 0.25
    Then SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 50,000,000,000
    Given SubtensorModule.RootClaimable(alice_hot) is [(2, 0.75)]
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    # 75 and 200 * 0.75 - 50
    Then the stake of Charlie on alice_hot in subnet 2 is 175 alpha

  Scenario: Stake that leaves and comes back has no part in the past any more
    Given Charlie unstakes 300 TAO from alice_hot on subnet 0
    And Charlie stakes 300 TAO to alice_hot on subnet 0
    When Charlie calls SubtensorModule.claim_root
      | subnets | [2] |
    Then SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 75,000,000,000
    And the stake of Charlie on alice_hot in subnet 2 is 0 alpha

  Scenario: Stake given to another takes its part in the past with it to nobody
    # Charlie's watermark is 0 and stays so, Bob's is 25 alpha for the 100 TAO.
    When Charlie calls SubtensorModule.transfer_stake
      | destination_coldkey | Bob       |
      | hotkey              | alice_hot |
      | origin_netuid       | 0         |
      | destination_netuid  | 0         |
      | alpha_amount        | 100 alpha |
    Then SubtensorModule.RootClaimed(2, alice_hot, Charlie) is 0
    And SubtensorModule.RootClaimed(2, alice_hot, Bob) is 25,000,000,000
    When these calls are made in one block
      | Bob     | SubtensorModule.claim_root(subnets: [2]) |
      | Charlie | SubtensorModule.claim_root(subnets: [2]) |
    # Bob: 100 * 0.25 - 25; Charlie: 200 * 0.25; the other 25 alpha of the dividends are nobody's.
    Then SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 50 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 50 alpha
