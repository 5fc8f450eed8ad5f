Feature: What becomes of a subnet's alpha
  Besides the alpha that is put into the pool, every block mints as much alpha for those who take part. First the owner
  gets a cut, 11,796 / 65,535 or 18 %; half of the rest is for the miners, and the other half for the validators and
  those who stake on root:

    miners     = (alpha - cut) / 2
    root       = (alpha - cut) / 2 * root proportion
    validators = (alpha - cut) / 2 - root

  (section 06, 3.5). Each part is kept until the next epoch of the subnet pays it; each is cut to a whole rao of alpha.

  The alpha of root is only kept if the moving prices of the subnets that emit sum up to more than 1. Otherwise those
  who stake on root get nothing, and their part is recycled (section 06, 3.2).

  Here the root proportion is 0.5: a TAO on root weighs as much as an alpha, 1,000 TAO are staked on root, and after the
  block 1,000 alpha are issued.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob stakes 1,000 TAO to alice_hot on subnet 0
    And a pool of 500 TAO and 500 alpha on subnet 2
    And these values are stored
      | SubtensorModule.TaoWeight                   | 18,446,744,073,709,551,615 |
      | SubtensorModule.FirstEmissionBlockNumber(1) | none                       |
      | SubtensorModule.SubnetAlphaOut(2)           | 499 alpha                  |
      | SubtensorModule.SubnetMovingPrice(2)        | 1.5                        |
      | SubtensorModule.PendingOwnerCut(2)          | 0                          |
      | SubtensorModule.PendingServerEmission(2)    | 0                          |
      | SubtensorModule.PendingValidatorEmission(2) | 0                          |
      | SubtensorModule.PendingRootAlphaDivs(2)     | 0                          |

  Scenario: The owner, the miners, the validators and root share each alpha
    When 1 block passes
    # 1 * 0.1799954 for the owner, (1 - 0.1799954) / 2 for the miners, half of that for the validators and for root
    Then these values hold
      | SubtensorModule.PendingOwnerCut(2)          | 0.179995422 alpha |
      | SubtensorModule.PendingServerEmission(2)    | 0.410002288 alpha |
      | SubtensorModule.PendingValidatorEmission(2) | 0.205001144 alpha |
      | SubtensorModule.PendingRootAlphaDivs(2)     | 0.205001144 alpha |
    And SubtensorModule.SubnetAlphaOut(2) has grown by 1 alpha

  Scenario Outline: The root proportion tells how the validators share with root
    # The root proportion is 1,000 / (1,000 + alpha issued), and 500 alpha are in the pool.
    Given these values are stored
      | SubtensorModule.SubnetAlphaOut(2)  | <out> alpha |
      | SubtensorModule.OwnerCutEnabled(2) | false       |
    When 1 block passes
    Then SubtensorModule.PendingServerEmission(2) has grown by 0.5 alpha
    And SubtensorModule.PendingValidatorEmission(2) has grown by <validators> alpha
    And SubtensorModule.PendingRootAlphaDivs(2) has grown by <root's> alpha

    Examples:
      | out    | validators | root's  |
      | 499    | 0.25       | 0.25    |
      | 2,499  | 0.375      | 0.125   |
      | 6,499  | 0.4375     | 0.0625  |
      | 14,499 | 0.46875    | 0.03125 |

  Scenario: Without TAO on root the validators get half
    Given SubtensorModule.OwnerCutEnabled(2) is false
    And Bob unstakes 1,000 TAO from alice_hot on subnet 0
    When 1 block passes
    Then SubtensorModule.PendingServerEmission(2) has grown by 0.5 alpha
    And SubtensorModule.PendingValidatorEmission(2) has grown by 0.5 alpha
    And SubtensorModule.PendingRootAlphaDivs(2) has grown by 0 alpha

  Scenario: By default a TAO on root weighs as much as 0.18 alpha
    # 180 / (180 + 540) = 0.25, a little less since 0.18 is cut to 32 binary digits
    Given these values are stored
      | SubtensorModule.TaoWeight          | 3,320,413,933,267,719,290 |
      | SubtensorModule.SubnetAlphaOut(2)  | 39 alpha                  |
      | SubtensorModule.OwnerCutEnabled(2) | false                     |
    When 1 block passes
    Then SubtensorModule.PendingValidatorEmission(2) has grown by 0.375 alpha
    And SubtensorModule.PendingRootAlphaDivs(2) has grown by 0.124999999 alpha

  Scenario: Without the owner's cut the whole alpha is shared
    When Alice calls AdminUtils.sudo_set_owner_cut_enabled
      | netuid  | 2     |
      | enabled | false |
    Then the call succeeds
    Given SubtensorModule.SubnetAlphaOut(2) is 499 alpha
    When 1 block passes
    Then SubtensorModule.PendingOwnerCut(2) has grown by 0 alpha
    And SubtensorModule.PendingServerEmission(2) has grown by 0.5 alpha
    And SubtensorModule.PendingValidatorEmission(2) has grown by 0.25 alpha
    And SubtensorModule.PendingRootAlphaDivs(2) has grown by 0.25 alpha

  Scenario Outline: Root sets how large the owners' cut is
    Given Alice calls AdminUtils.sudo_set_subnet_owner_cut as root
      | subnet_owner_cut | <cut> |
    And SubtensorModule.SubnetAlphaOut(2) is 499 alpha
    When 1 block passes
    Then SubtensorModule.PendingOwnerCut(2) has grown by <owner> alpha
    And SubtensorModule.PendingServerEmission(2) has grown by <miners> alpha

    # 13,107 / 65,535 is 0.2, in binary a little less; so each half of the rest is a little more than 0.4.
    Examples:
      | cut    | owner       | miners      |
      | 0      | 0           | 0.5         |
      | 11,796 | 0.179995422 | 0.410002288 |
      | 13,107 | 0.199999999 | 0.4         |
      | 65,535 | 1           | 0           |

  Scenario Outline: Who may not switch the owner's cut
    When <who> calls AdminUtils.sudo_set_owner_cut_enabled
      | netuid  | <netuid> |
      | enabled | false    |
    Then the call is refused with <error>
    And nothing changed

    Examples: another than the owner; and of root nobody is the owner
      | who   | netuid | error     |
      | Bob   | 2      | BadOrigin |
      | Alice | 0      | BadOrigin |

  Scenario: Root has no owner's cut
    When Alice calls AdminUtils.sudo_set_owner_cut_enabled as root
      | netuid  | 0     |
      | enabled | false |
    Then the call is refused with AdminUtils.NotPermittedOnRootSubnet
    And nothing changed

  Scenario: An owner does not set the size of the cut
    When Alice calls AdminUtils.sudo_set_subnet_owner_cut
      | subnet_owner_cut | 65,535 |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: The owner's cut is staked to the owner's hotkey at the epoch
    # The subnet no longer emits, and nobody has stake on it.
    Given these values are stored
      | SubtensorModule.Tempo(2)                      | 50        |
      | SubtensorModule.NetworkRegistrationAllowed(2) | false     |
      | SubtensorModule.TaoWeight                     | 0         |
      | SubtensorModule.PendingOwnerCut(2)            | 100 alpha |
      | SubtensorModule.PendingServerEmission(2)      | 0 alpha   |
      | SubtensorModule.PendingValidatorEmission(2)   | 0 alpha   |
      | SubtensorModule.PendingRootAlphaDivs(2)       | 0 alpha   |
    When the next epoch of subnet 2 runs
    Then the stake of Alice on alice_hot in subnet 2 is 100 alpha
    And SubtensorModule.PendingOwnerCut(2) is 0 alpha

  Scenario Outline: Root's alpha is kept only if the moving prices sum up to more than 1
    Given subnet 3 of Bob with hotkey bob_hot
    And these values are stored
      | SubtensorModule.SubnetAlphaOut(2)    | 499 alpha |
      | SubtensorModule.OwnerCutEnabled(2)   | false     |
      | SubtensorModule.SubnetMovingPrice(2) | <price 2> |
      | SubtensorModule.SubnetMovingPrice(3) | <price 3> |
    When 1 block passes
    Then SubtensorModule.PendingValidatorEmission(2) has grown by 0.25 alpha
    And SubtensorModule.PendingRootAlphaDivs(2) has grown by <kept> alpha
    And SubtensorModule.SubnetAlphaOut(2) has grown by <out> alpha
    And AlphaAssets.AlphaRecycled(2) has grown by <recycled> alpha

    Examples:
      | price 2 | price 3     | kept | out  | recycled |
      | 0.5     | 0.25        | 0    | 0.75 | 0.25     |
      | 0.5     | 0.5         | 0    | 0.75 | 0.25     |
      | 0.5     | 0.500000001 | 0.25 | 1    | 0        |
      | 1.5     | 0           | 0.25 | 1    | 0        |
