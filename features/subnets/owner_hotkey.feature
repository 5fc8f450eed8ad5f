Feature: The owner's hotkey of a subnet
  The owner's hotkey gets the owner's cut of the emission, and its neuron is never pushed out. The owner, or root, may
  name another one, once in 50,400 blocks, about a week (section 02, 6). It need not be registered anywhere.

  Background:
    Given a dev chain
    And Alice registers a subnet with hotkey alice_hot

  Scenario: The owner names another hotkey
    When Alice calls AdminUtils.sudo_set_sn_owner_hotkey
      | netuid | 2     |
      | hotkey | other |
    Then SubtensorModule.SubnetOwnerHotkey(2) is other
    And event SubnetOwnerHotkeySet is emitted
      | 0 | 2     |
      | 1 | other |

  Scenario Outline: A second change must wait, also for <who>
    # The first change is in block 2, so the next may be in block 50,402. Both calls do the same.
    Given Alice calls AdminUtils.sudo_set_sn_owner_hotkey
      | netuid | 2     |
      | hotkey | other |
    When <second change>
      | netuid | 2         |
      | hotkey | alice_hot |
    Then the call is refused with TxRateLimitExceeded
    And nothing changed

    Examples:
      | who       | second change                                               |
      | the owner | Alice calls AdminUtils.sudo_set_sn_owner_hotkey             |
      | root      | Alice calls AdminUtils.sudo_set_subnet_owner_hotkey as root |

  Scenario: The account of a subnet is no hotkey
    When Alice calls AdminUtils.sudo_set_sn_owner_hotkey
      | netuid | 2                |
      | hotkey | subnet_account_2 |
    Then the call is refused with CannotUseSystemAccount
    And nothing changed

  Scenario: Nobody else names one
    When Bob calls AdminUtils.sudo_set_sn_owner_hotkey
      | netuid | 2       |
      | hotkey | bob_hot |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: There must be a subnet
    When Alice calls AdminUtils.sudo_set_sn_owner_hotkey as root
      | netuid | 7         |
      | hotkey | alice_hot |
    Then the call is refused with SubnetNotExists
    And nothing changed
