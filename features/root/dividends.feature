Feature: Root dividends
  Part of every subnet's alpha is for those who stake TAO on root (emissions/participants). At the subnet's epoch it is
  divided among the validators of the subnet, in proportion to what of their dividends their root stake has earned:

    part of a validator = dividends * root stake * TAO weight / (alpha stake + root stake * TAO weight)

  The hotkey's owner takes the validator's take of it at once, as a stake on the subnet. The rest is not paid but can be
  claimed: RootClaimable of the hotkey grows by the alpha for each rao staked to it on root (section 06, 4 to 4.3).

  Here 100 alpha of root dividends wait on subnet 2, which emits no more, and its one validator is its owner's hotkey.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Alice calls SubtensorModule.sudo_set_num_root_claims as root
      | new_value | 0 |
    And Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 0         |
    And Bob stakes 100 TAO to alice_hot on subnet 0
    And Charlie stakes 300 TAO to alice_hot on subnet 0
    And these values are stored
      | SubtensorModule.Tempo(2)                    | 50        |
      | SubtensorModule.FirstEmissionBlockNumber(2) | none      |
      | SubtensorModule.PendingOwnerCut(2)          | 0         |
      | SubtensorModule.PendingServerEmission(2)    | 0         |
      | SubtensorModule.PendingValidatorEmission(2) | 0         |
      | SubtensorModule.PendingRootAlphaDivs(2)     | 100 alpha |
      | SubtensorModule.SubnetAlphaOut(2)           | 500 alpha |

  Scenario: Dividends are counted for each rao staked on root
    When the next epoch of subnet 2 runs
    # 100 alpha / 400 TAO
    Then SubtensorModule.RootClaimable(alice_hot) is [(2, 0.25)]
    And SubtensorModule.RootAlphaDividendsPerSubnet(2, alice_hot) is 100 alpha
    And SubtensorModule.PendingRootAlphaDivs(2) is 0 alpha
    # Nobody has it yet.
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 0 alpha
    And SubtensorModule.SubnetAlphaOut(2) is 500 alpha

  Scenario: Dividends of one epoch add up with those of the next
    Given the next epoch of subnet 2 runs
    And SubtensorModule.PendingRootAlphaDivs(2) is 50 alpha
    When the next epoch of subnet 2 runs
    Then SubtensorModule.RootClaimable(alice_hot) is [(2, 0.375)]
    And SubtensorModule.RootAlphaDividendsPerSubnet(2, alice_hot) is 50 alpha

  Scenario: The validator's take of root dividends is paid at once and in alpha
    Given SubtensorModule.Delegates(alice_hot) is 11,796
    When the next epoch of subnet 2 runs
    # 11,796 / 65,535, cut to 32 binary digits, is 773,074,452 / 2^32 = 0.17999542225; the rest is cut as well.
    Then the stake of Alice on alice_hot in subnet 2 is 17.999542225 alpha
    And SubtensorModule.RootAlphaDividendsPerSubnet(2, alice_hot) is 82.000457774 alpha
    # 82.000457774 / 400 = 0.205001144435, cut to 32 binary digits
    And SubtensorModule.RootClaimable(alice_hot) is [(2, 0.205001144204)]

  Scenario: What the take leaves is for the stakers in proportion to their stakes
    Given the next epoch of subnet 2 runs
    And these values are stored
      | SubtensorModule.RootClaimType(Bob)     | Keep |
      | SubtensorModule.RootClaimType(Charlie) | Keep |
    When these calls are made in one block
      | Bob     | SubtensorModule.claim_root(subnets: [2]) |
      | Charlie | SubtensorModule.claim_root(subnets: [2]) |
    Then the stake of Bob on alice_hot in subnet 2 is 25 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 75 alpha

  Scenario: A TAO on root earns the same with every validator, whatever alpha the validator has
    # alice_hot has 400 TAO on root and 400 alpha, for which Bob pays 10 TAO: 800 * (1 - 10 / 20). validator1 has 400
    # TAO on root. A TAO weighs as much as an alpha, so alice_hot earns twice the dividends, half of them with its root
    # stake.
    Given SubtensorModule.TaoWeight is 18,446,744,073,709,551,615
    And Swap.FeeRate(2) is 0
    And a pool of 10 TAO and 800 alpha on subnet 2
    And Bob stakes 10 TAO to alice_hot on subnet 2
    And Charlie registers validator1 on subnet 2
    And Charlie calls SubtensorModule.decrease_take
      | hotkey | validator1 |
      | take   | 0          |
    And Charlie stakes 400 TAO to validator1 on subnet 0
    And these values are stored
      | SubtensorModule.ValidatorPermit(2)          | [true, true] |
      | SubtensorModule.PendingValidatorEmission(2) | 100 alpha    |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.RootAlphaDividendsPerSubnet(2, alice_hot)  | 50 alpha           |
      | SubtensorModule.RootAlphaDividendsPerSubnet(2, validator1) | 50 alpha           |
      | SubtensorModule.RootClaimable(alice_hot)                   | [(2, 0.125)] |
      | SubtensorModule.RootClaimable(validator1)                  | [(2, 0.125)] |
    # The alpha dividends are for those who stake alpha, and are paid at once.
    And SubtensorModule.AlphaDividendsPerSubnet(2, alice_hot) is 100 alpha
    And SubtensorModule.AlphaDividendsPerSubnet(2, validator1) is 0 alpha
    And the stake of Bob on alice_hot in subnet 2 is 500 alpha

  Scenario: Dividends larger than the root stake are paid to the owner of the hotkey
    Given SubtensorModule.PendingRootAlphaDivs(2) is 400.000000001 alpha
    When the next epoch of subnet 2 runs
    Then the stake of Alice on alice_hot in subnet 2 is 400.000000001 alpha
    And SubtensorModule.RootClaimable(alice_hot) is []

  Scenario: Dividends as large as the root stake can still be claimed
    Given SubtensorModule.PendingRootAlphaDivs(2) is 400 alpha
    When the next epoch of subnet 2 runs
    Then SubtensorModule.RootClaimable(alice_hot) is [(2, 1)]
    And the stake of Alice on alice_hot in subnet 2 is 0 alpha

  Scenario: A dissolved subnet's dividends are lost
    Given the next epoch of subnet 2 runs
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then the call succeeds
    And SubtensorModule.RootClaimable(alice_hot) is []
