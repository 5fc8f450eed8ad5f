Feature: Root validators as parents of new owners
  When a subnet is registered, every validator of the root network becomes a parent of the owner's hotkey there,
  with all of its stake (2^64 - 1 of 2^64 - 1), at once: so a new subnet has a validator with weight from its first
  epoch on. A validator that does not want this says so once. Validators with less stake than the threshold of the
  chain, and the owner's hotkey itself, are left out (section 09, 3.5).

  Background:
    Given a dev chain
    And Bob registers validator1 on the root network

  Scenario: A root validator becomes a parent of the owner's hotkey
    When Alice registers a subnet with hotkey alice_hot
    Then the call succeeds
    And event SetChildren is emitted
      | 0 | validator1                                |
      | 1 | 2                                         |
      | 2 | [(18,446,744,073,709,551,615, alice_hot)] |
    And these values hold
      | SubtensorModule.ParentKeys(alice_hot, 2) | [(18,446,744,073,709,551,615, validator1)] |
      | SubtensorModule.ChildKeys(validator1, 2) | [(18,446,744,073,709,551,615, alice_hot)]  |

  Scenario: All of them do, in the order of their places on the root network
    Given Charlie registers validator2 on the root network
    When Alice registers a subnet with hotkey alice_hot
    Then event SetChildren is emitted 2 times
    And these values hold
      | SubtensorModule.ParentKeys(alice_hot, 2).0 | (18,446,744,073,709,551,615, validator1) |
      | SubtensorModule.ParentKeys(alice_hot, 2).1 | (18,446,744,073,709,551,615, validator2) |
      | SubtensorModule.ParentKeys(alice_hot, 2).2 | none                                     |

  Scenario: The owner has the weight of their root stake
    # 100 TAO by the weight of TAO, 0.18, are 18. The owner's hotkey has no stake of its own.
    Given Bob stakes 100 TAO to validator1 on subnet 0
    And subnet 2 of Alice with hotkey alice_hot
    And Charlie registers validator2 on subnet 2
    And a pool of 1,000 TAO and 36 alpha on subnet 2
    And these values are stored
      | Swap.FeeRate(2)          | 0  |
      | SubtensorModule.Tempo(2) | 20 |
    # 36 * 1,000 / 2,000
    And Charlie stakes 1,000 TAO to validator2 on subnet 2
    Then SubtensorModule.TotalHotkeyAlpha(validator2, 2) is 18 alpha
    When the next epoch of subnet 2 runs
    Then SubtensorModule.StakeWeight(2) is [32,767, 32,767]

  Scenario: A validator can choose not to
    Given Bob calls SubtensorModule.set_auto_parent_delegation_enabled
      | hotkey  | validator1 |
      | enabled | false      |
    When Alice registers a subnet with hotkey alice_hot
    Then the call succeeds
    And event SetChildren is not emitted
    And these values hold
      | SubtensorModule.ParentKeys(alice_hot, 2) | [] |
      | SubtensorModule.ChildKeys(validator1, 2) | [] |

  Scenario: Who chooses that says so in an event, and can change its mind
    When Bob calls SubtensorModule.set_auto_parent_delegation_enabled
      | hotkey  | validator1 |
      | enabled | false      |
    Then event AutoParentDelegationEnabledSet is emitted
      | hotkey  | validator1 |
      | enabled | false      |
    Given Bob calls SubtensorModule.set_auto_parent_delegation_enabled
      | hotkey  | validator1 |
      | enabled | true       |
    When Alice registers a subnet with hotkey alice_hot
    Then SubtensorModule.ParentKeys(alice_hot, 2) is [(18,446,744,073,709,551,615, validator1)]

  Scenario: The owner's hotkey is no parent of itself
    When Bob registers a subnet with hotkey validator1
    Then the call succeeds
    And event SetChildren is not emitted
    And SubtensorModule.ParentKeys(validator1, 2) is []

  Scenario: A validator below the threshold is left out
    Given Bob stakes 100 TAO to validator1 on subnet 0
    And Charlie registers validator2 on the root network
    And Charlie stakes 99 TAO to validator2 on subnet 0
    And Alice calls AdminUtils.sudo_set_stake_threshold as root
      | min_stake | 100,000,000,000 |
    When Alice registers a subnet with hotkey alice_hot
    Then the call succeeds
    And SubtensorModule.ParentKeys(alice_hot, 2) is [(18,446,744,073,709,551,615, validator1)]

  Scenario: Nobody chooses for another's hotkey
    When Charlie calls SubtensorModule.set_auto_parent_delegation_enabled
      | hotkey  | validator1 |
      | enabled | false      |
    Then the call is refused with NonAssociatedColdKey
    And nothing changed

  Scenario: Only a hotkey on the root network has the choice
    Given Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | validator2 |
    When Bob calls SubtensorModule.set_auto_parent_delegation_enabled
      | hotkey  | validator2 |
      | enabled | false      |
    Then the call is refused with HotKeyNotRegisteredInSubNet
    And nothing changed
