Feature: Child hotkeys
  A hotkey can lend parts of its stake, on one subnet, to other hotkeys: its children. A part is a proportion of
  2^64 - 1, so 2^63, 9,223,372,036,854,775,808, is a half and 2^62, 4,611,686,018,427,387,904, a quarter. New
  children wait: the list that is set replaces the one before at the first epoch of the subnet after a cooldown of
  7,200 blocks (section 09, 3.1 to 3.3). On a subnet that has not been started it does so at once. Only the coldkey
  that owns a hotkey sets its children, once in 150 blocks.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | parent |
    And Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | child |
    # As if an epoch had just run, in block 5: the next ones run in blocks 25 and 45.
    And these values are stored
      | SubtensorModule.Tempo(2)          | 20 |
      | SubtensorModule.LastEpochBlock(2) | 5  |

  Scenario: Children are scheduled, and the cooldown begins
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                               |
      | netuid   | 2                                    |
      | children | [(9,223,372,036,854,775,808, child)] |
    Then the call succeeds
    And event SetChildrenScheduled is emitted
      | 0 | parent                               |
      | 1 | 2                                    |
      | 2 | 7,206                                |
      | 3 | [(9,223,372,036,854,775,808, child)] |
    And these values hold
      | SubtensorModule.PendingChildKeys(2, parent) | ([(9,223,372,036,854,775,808, child)], 7,206) |
      | SubtensorModule.ChildKeys(parent, 2)        | []                                            |
      | SubtensorModule.ParentKeys(child, 2)        | []                                            |

  Scenario Outline: Children are applied at the first epoch after the cooldown: <cooldown> blocks
    Given Alice calls SubtensorModule.set_pending_childkey_cooldown as root
      | cooldown | <cooldown> |
    And Bob calls SubtensorModule.set_children
      | hotkey   | parent                               |
      | netuid   | 2                                    |
      | children | [(9,223,372,036,854,775,808, child)] |
    # Scheduled in block 7: the cooldown ends in block 24, before the epoch, or in block 25, with it.
    When block <before> is reached
    Then SubtensorModule.ChildKeys(parent, 2) is []
    When block <applied> is reached
    Then event SetChildren is emitted
      | 0 | parent                               |
      | 1 | 2                                    |
      | 2 | [(9,223,372,036,854,775,808, child)] |
    And these values hold
      | SubtensorModule.ChildKeys(parent, 2)        | [(9,223,372,036,854,775,808, child)]  |
      | SubtensorModule.ParentKeys(child, 2)        | [(9,223,372,036,854,775,808, parent)] |
      | SubtensorModule.PendingChildKeys(2, parent) | ([], 0)                               |

    Examples:
      | cooldown | before | applied |
      | 17       | 24     | 25      |
      | 18       | 44     | 45      |

  Scenario: On a subnet that has not been started children are applied at once
    Given Alice registers a subnet with hotkey alice_hot
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                               |
      | netuid   | 3                                    |
      | children | [(9,223,372,036,854,775,808, child)] |
    Then the call succeeds
    And event SetChildrenScheduled is not emitted
    And event SetChildren is emitted
    And these values hold
      | SubtensorModule.ChildKeys(parent, 3) | [(9,223,372,036,854,775,808, child)]  |
      | SubtensorModule.ParentKeys(child, 3) | [(9,223,372,036,854,775,808, parent)] |

  Scenario: A later list replaces the one that is waiting
    Given Bob calls SubtensorModule.set_children
      | hotkey   | parent                               |
      | netuid   | 2                                    |
      | children | [(9,223,372,036,854,775,808, child)] |
    And 149 blocks pass
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                                |
      | netuid   | 2                                     |
      | children | [(4,611,686,018,427,387,904, child2)] |
    Then the call succeeds
    # 6 + 150 + 7,200
    And SubtensorModule.PendingChildKeys(2, parent) is ([(4,611,686,018,427,387,904, child2)], 7,356)

  Scenario: An empty list takes all children away
    Given these values are stored
      | SubtensorModule.PendingChildKeyCooldown | 10                                    |
      | SubtensorModule.ChildKeys(parent, 2)    | [(9,223,372,036,854,775,808, child)]  |
      | SubtensorModule.ParentKeys(child, 2)    | [(9,223,372,036,854,775,808, parent)] |
    And Bob calls SubtensorModule.set_children
      | hotkey   | parent |
      | netuid   | 2      |
      | children | []     |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.ChildKeys(parent, 2) | [] |
      | SubtensorModule.ParentKeys(child, 2) | [] |

  Scenario: Five children may share the whole, and one may get nothing
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                                                                                                                                   |
      | netuid   | 2                                                                                                                                        |
      | children | [(9,223,372,036,854,775,808, child), (4,611,686,018,427,387,904, child2), (4,611,686,018,427,387,903, child3), (0, child4), (0, child5)] |
    Then the call succeeds

  Scenario: Children can be set once in 150 blocks
    Given Bob calls SubtensorModule.set_children
      | hotkey   | parent                               |
      | netuid   | 2                                    |
      | children | [(9,223,372,036,854,775,808, child)] |
    And 148 blocks pass
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent |
      | netuid   | 2      |
      | children | []     |
    Then the call is refused with TxRateLimitExceeded
    And nothing changed
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent |
      | netuid   | 2      |
      | children | []     |
    Then the call succeeds

  Scenario: There are no children on the root network
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                               |
      | netuid   | 0                                    |
      | children | [(9,223,372,036,854,775,808, child)] |
    Then the call is refused with RegistrationNotPermittedOnRootSubnet
    And nothing changed

  Scenario: There must be a subnet
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                               |
      | netuid   | 7                                    |
      | children | [(9,223,372,036,854,775,808, child)] |
    Then the call is refused with SubnetNotExists
    And nothing changed

  Scenario: Nobody sets the children of another's hotkey
    When Charlie calls SubtensorModule.set_children
      | hotkey   | parent                               |
      | netuid   | 2                                    |
      | children | [(9,223,372,036,854,775,808, child)] |
    Then the call is refused with NonAssociatedColdKey
    And nothing changed

  Scenario: No child is named twice
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                                                                   |
      | netuid   | 2                                                                        |
      | children | [(4,611,686,018,427,387,904, child), (4,611,686,018,427,387,904, child)] |
    Then the call is refused with DuplicateChild
    And nothing changed

  Scenario: Nobody is its own child
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                                |
      | netuid   | 2                                     |
      | children | [(9,223,372,036,854,775,808, parent)] |
    Then the call is refused with InvalidChild
    And nothing changed

  Scenario: Nobody has more than five children
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                                                                        |
      | netuid   | 2                                                                             |
      | children | [(1, child), (1, child2), (1, child3), (1, child4), (1, child5), (1, child6)] |
    Then the call is refused with TooManyChildren
    And nothing changed

  Scenario: Nobody lends more than the whole
    # 2^63 + 2^63 = 2^64, one too much
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                                                                    |
      | netuid   | 2                                                                         |
      | children | [(9,223,372,036,854,775,808, child), (9,223,372,036,854,775,808, child2)] |
    Then the call is refused with ProportionOverflow
    And nothing changed

  Scenario: A parent cannot become the child of its child
    Given these values are stored
      | SubtensorModule.ChildKeys(parent, 2) | [(9,223,372,036,854,775,808, child)]  |
      | SubtensorModule.ParentKeys(child, 2) | [(9,223,372,036,854,775,808, parent)] |
    When Charlie calls SubtensorModule.set_children
      | hotkey   | child                                 |
      | netuid   | 2                                     |
      | children | [(9,223,372,036,854,775,808, parent)] |
    Then the call is refused with ChildParentInconsistency
    And nothing changed

  Scenario: Lending needs stake of at least the threshold of the chain, ending it needs none
    Given Alice calls AdminUtils.sudo_set_stake_threshold as root
      | min_stake | 1 |
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent                               |
      | netuid   | 2                                    |
      | children | [(9,223,372,036,854,775,808, child)] |
    Then the call is refused with NotEnoughStakeToSetChildkeys
    And nothing changed
    When Bob calls SubtensorModule.set_children
      | hotkey   | parent |
      | netuid   | 2      |
      | children | []     |
    Then the call succeeds
