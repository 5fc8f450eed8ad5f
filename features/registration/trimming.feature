Feature: Trimming a subnet
  The owner, or root, can make a subnet smaller at once. The neurons with the least emission go until the rest fit,
  but not the owner's and not immune ones; those that stay move together, in their order (section 03, 6). It fails
  where the neurons that cannot go are 80 % or more of the new size.

  In these scenarios the subnet has the owner's neuron, uid 0, and four miners, uids 1 to 4, whose emissions in the
  last epoch were 10, 40, 20 and 30.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob registers miner1 on subnet 2
    And Bob registers miner2 on subnet 2
    And Bob registers miner3 on subnet 2
    And Bob registers miner4 on subnet 2
    And these values are stored
      | SubtensorModule.MinAllowedUids(2) | 2                   |
      | SubtensorModule.ImmunityPeriod(2) | 0                   |
      | SubtensorModule.Emission(2)       | [0, 10, 40, 20, 30] |

  Scenario: The neurons with the least emission go, the others move together
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2 |
      | max_n  | 3 |
    Then the call succeeds
    And alice_hot is neuron 0 of subnet 2
    And miner2 is neuron 1 of subnet 2
    And miner4 is neuron 2 of subnet 2
    And miner1 is not registered on subnet 2
    And miner3 is not registered on subnet 2
    And these values hold
      | SubtensorModule.SubnetworkN(2)    | 3           |
      | SubtensorModule.MaxAllowedUids(2) | 3           |
      | SubtensorModule.Emission(2)       | [0, 40, 30] |

  Scenario: Weights follow the neurons to their new places
    # Of uid 2, now 1: on uid 1, who is gone, and on uid 4, now 2.
    Given SubtensorModule.Weights(2, 2) is [(1, 30,000), (4, 35,535)]
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2 |
      | max_n  | 3 |
    Then SubtensorModule.Weights(2, 1) is [(2, 35,535)]

  Scenario: An immune neuron stays whatever its emission
    # miner1 was registered in block 3; all but it are made old enough.
    Given these values are stored
      | SubtensorModule.ImmunityPeriod(2)         | 100 |
      | SubtensorModule.BlockAtRegistration(2, 1) | 50  |
    And block 110 is reached
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2 |
      | max_n  | 3 |
    Then alice_hot is neuron 0 of subnet 2
    And miner1 is neuron 1 of subnet 2
    And miner2 is neuron 2 of subnet 2
    And miner4 is not registered on subnet 2

  Scenario: Where three of four places go to neurons that cannot go, the fourth goes to the best of the others
    # The owner's neuron and the immune uids 1 and 2 are 75 % of the new size.
    Given these values are stored
      | SubtensorModule.ImmunityPeriod(2)         | 100 |
      | SubtensorModule.BlockAtRegistration(2, 1) | 50  |
      | SubtensorModule.BlockAtRegistration(2, 2) | 50  |
    And block 110 is reached
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2 |
      | max_n  | 4 |
    Then the call succeeds
    And miner4 is neuron 3 of subnet 2
    And miner3 is not registered on subnet 2

  Scenario: Where four of five places would go to neurons that cannot go, the subnet is not trimmed
    # A sixth neuron is registered; the owner's and the immune uids 1, 2 and 3 are 80 % of the new size.
    Given Bob registers miner5 on subnet 2
    And these values are stored
      | SubtensorModule.ImmunityPeriod(2)         | 100 |
      | SubtensorModule.BlockAtRegistration(2, 1) | 50  |
      | SubtensorModule.BlockAtRegistration(2, 2) | 50  |
      | SubtensorModule.BlockAtRegistration(2, 3) | 50  |
    And block 110 is reached
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2 |
      | max_n  | 5 |
    Then the call is refused with TrimmingWouldExceedMaxImmunePercentage
    And nothing changed

  Scenario: A size that is large enough removes nobody
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2   |
      | max_n  | 100 |
    Then the call succeeds
    And SubtensorModule.MaxAllowedUids(2) is 100
    And SubtensorModule.SubnetworkN(2) is 5
    And miner4 is neuron 4 of subnet 2

  Scenario Outline: A size of <size> is out of bounds
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2      |
      | max_n  | <size> |
    Then the call is refused with SubtensorModule.InvalidValue
    And nothing changed

    # The minimum is 2, the size so far 256.
    Examples:
      | size |
      | 1    |
      | 257  |

  Scenario: The owner trims once in 216,000 blocks, a month
    Given Alice calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2 |
      | max_n  | 4 |
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2 |
      | max_n  | 3 |
    Then the call is refused with TxRateLimitExceeded
    And nothing changed
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids as root
      | netuid | 2 |
      | max_n  | 3 |
    Then the call succeeds
    And SubtensorModule.SubnetworkN(2) is 3

  Scenario: Nobody else trims
    When Bob calls AdminUtils.sudo_trim_to_max_allowed_uids
      | netuid | 2 |
      | max_n  | 3 |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: There must be a subnet
    When Alice calls AdminUtils.sudo_trim_to_max_allowed_uids as root
      | netuid | 7 |
      | max_n  | 3 |
    Then the call is refused with SubtensorModule.SubnetNotExists
    And nothing changed
