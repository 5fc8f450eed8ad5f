Feature: Locked stake
  A coldkey can lock stake on a subnet behind one hotkey. Locked stake cannot leave: of what the coldkey has staked on
  the subnet, on all hotkeys together, the locked amount must stay. A lock decays, unless its coldkey makes it
  perpetual. Meanwhile it gains conviction, which counts when the ownership of the subnet is decided. After t blocks

    a decaying lock holds   amount * exp(-t / T)   and has the conviction   amount * (t / T) * exp(-t / T)
    a perpetual lock holds  amount                 and has the conviction   amount * (1 - exp(-t / T))

  with T = UnlockRate = MaturityRate = 934,866 blocks, 130 days. A lock behind the hotkey of the subnet's owner has all
  its conviction at once (section 05, 8).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0
    And Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | charlie_hot |
    # 1,000 alpha, at a price of 2
    And Bob stakes 1,000 TAO to charlie_hot on subnet 2

  Scenario: Stake is locked behind a hotkey
    When Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    Then the call succeeds
    And these values hold
      | SubtensorModule.Lock(Bob, 2, charlie_hot).locked_mass          | 750 alpha |
      | SubtensorModule.Lock(Bob, 2, charlie_hot).conviction           | 0         |
      | SubtensorModule.DecayingHotkeyLock(2, charlie_hot).locked_mass | 750 alpha |
    And the stake of Bob on charlie_hot in subnet 2 is 1,000 alpha
    And event StakeLocked is emitted
      | coldkey | Bob         |
      | hotkey  | charlie_hot |
      | netuid  | 2           |
      | amount  | 750 alpha   |

  Scenario: More can be locked behind the same hotkey
    Given Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    When Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 250 alpha   |
    Then the call succeeds
    And SubtensorModule.Lock(Bob, 2, charlie_hot).locked_mass is 1,000 alpha
    When Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot       |
      | netuid | 2                 |
      | amount | 0.000000001 alpha |
    Then the call is refused with InsufficientStakeForLock
    And nothing changed

  Scenario Outline: What cannot be locked
    When Bob calls SubtensorModule.lock_stake
      | hotkey | <hotkey> |
      | netuid | 2        |
      | amount | <amount> |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | hotkey      | amount                | error                    |
      | charlie_hot | 0 alpha               | AmountTooLow             |
      | nobody      | 10 alpha              | HotKeyAccountNotExists   |
      | charlie_hot | 1,000.000000001 alpha | InsufficientStakeForLock |

  Scenario: On a subnet there is one lock, behind one hotkey
    Given Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    When Bob calls SubtensorModule.lock_stake
      | hotkey | alice_hot |
      | netuid | 2         |
      | amount | 10 alpha  |
    Then the call is refused with LockHotkeyMismatch
    And nothing changed

  Scenario: Locked stake cannot be unstaked
    Given Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    When Bob unstakes 250.000000001 alpha from charlie_hot on subnet 2
    Then the call is refused with StakeUnavailable
    And nothing changed
    # 2,000 * (1 - 1,000 / 1,250) = 400
    When Bob unstakes 250 alpha from charlie_hot on subnet 2
    Then the call succeeds
    And Bob has 999,400 TAO less fees
    When Bob unstakes everything from charlie_hot
    Then the call succeeds
    And nothing changed

  Scenario Outline: Locked stake cannot be recycled or burned
    Given Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    When Bob calls SubtensorModule.<call>
      | hotkey | charlie_hot         |
      | amount | 250.000000001 alpha |
      | netuid | 2                   |
    Then the call is refused with StakeUnavailable
    And nothing changed

    Examples:
      | call          |
      | recycle_alpha |
      | burn_alpha    |

  Scenario: Locked stake can go to another hotkey, but not to another subnet
    Given Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    When Bob moves 1,000 alpha from charlie_hot on subnet 2 to alice_hot on subnet 3
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob moves 1,000 alpha from charlie_hot on subnet 2 to alice_hot on subnet 2
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 1,000 alpha
    # the lock stays behind charlie_hot, and still holds 750 of the alpha
    When Bob unstakes 250.000000001 alpha from alice_hot on subnet 2
    Then the call is refused with StakeUnavailable
    And nothing changed

  Scenario: A lock decays and gains conviction
    Given these values are stored
      | SubtensorModule.UnlockRate   | 100 |
      | SubtensorModule.MaturityRate | 100 |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    # a lock is brought up to date when its coldkey stakes or unstakes; here that is 100 blocks later
    When 99 blocks pass
    And Bob unstakes 10 alpha from charlie_hot on subnet 2
    # 750 * exp(-1) = 750 * 0.367879441; the conviction is 750 * 1 * exp(-1)
    Then these values hold
      | SubtensorModule.Lock(Bob, 2, charlie_hot).locked_mass | 275.909580878 alpha |
      | SubtensorModule.Lock(Bob, 2, charlie_hot).conviction  | 275,909,580,878     |

  Scenario: A perpetual lock stays and gains more conviction
    Given these values are stored
      | SubtensorModule.UnlockRate   | 100 |
      | SubtensorModule.MaturityRate | 100 |
    And Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    When 99 blocks pass
    And Bob unstakes 10 alpha from charlie_hot on subnet 2
    # 750 * (1 - exp(-1)) = 750 * 0.632120559
    Then these values hold
      | SubtensorModule.Lock(Bob, 2, charlie_hot).locked_mass | 750 alpha       |
      | SubtensorModule.Lock(Bob, 2, charlie_hot).conviction  | 474,090,419,121 |

  Scenario: Behind the hotkey of the subnet's owner conviction is full at once
    When Bob calls SubtensorModule.lock_stake
      | hotkey | alice_hot |
      | netuid | 2         |
      | amount | 750 alpha |
    Then the call succeeds
    And these values hold
      | SubtensorModule.Lock(Bob, 2, alice_hot).locked_mass | 750 alpha       |
      | SubtensorModule.Lock(Bob, 2, alice_hot).conviction  | 750,000,000,000 |
      | SubtensorModule.DecayingOwnerLock(2).locked_mass    | 750 alpha       |

  Scenario: A lock becomes perpetual
    Given Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    When Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    Then the call succeeds
    # It has decayed for one block: 750 * exp(-1 / 934,866) = 750 * 0.99999893032...
    And these values hold
      | SubtensorModule.DecayingLock(Bob, 2)                   | false               |
      | SubtensorModule.Lock(Bob, 2, charlie_hot).locked_mass  | 749.999197746 alpha |
      | SubtensorModule.HotkeyLock(2, charlie_hot).locked_mass | 749.999197746 alpha |
      | SubtensorModule.DecayingHotkeyLock(2, charlie_hot)     | none                |
    And event PerpetualLockUpdated is emitted
      | coldkey | Bob  |
      | netuid  | 2    |
      | enabled | true |

  Scenario: A lock is moved to another hotkey
    Given Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | charlie_hot2 |
    And these values are stored
      | SubtensorModule.UnlockRate   | 100 |
      | SubtensorModule.MaturityRate | 100 |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    And 99 blocks pass
    When Bob calls SubtensorModule.move_lock
      | destination_hotkey | charlie_hot2 |
      | netuid             | 2            |
    Then the call succeeds
    # charlie_hot2 has the same owner, so the conviction of 750 * (1 - exp(-1)) is kept
    And these values hold
      | SubtensorModule.Lock(Bob, 2, charlie_hot)               | none            |
      | SubtensorModule.Lock(Bob, 2, charlie_hot2).locked_mass  | 750 alpha       |
      | SubtensorModule.Lock(Bob, 2, charlie_hot2).conviction   | 474,090,419,121 |
      | SubtensorModule.HotkeyLock(2, charlie_hot)              | none            |
      | SubtensorModule.HotkeyLock(2, charlie_hot2).locked_mass | 750 alpha       |
    And event LockMoved is emitted
      | coldkey            | Bob          |
      | origin_hotkey      | charlie_hot  |
      | destination_hotkey | charlie_hot2 |
      | netuid             | 2            |

  Scenario: A lock moved to a hotkey of another owner loses its conviction
    Given Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | bob_hot |
    And these values are stored
      | SubtensorModule.UnlockRate   | 100 |
      | SubtensorModule.MaturityRate | 100 |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    And 99 blocks pass
    When Bob calls SubtensorModule.move_lock
      | destination_hotkey | bob_hot |
      | netuid             | 2       |
    Then the call succeeds
    And these values hold
      | SubtensorModule.Lock(Bob, 2, bob_hot).locked_mass | 750 alpha |
      | SubtensorModule.Lock(Bob, 2, bob_hot).conviction  | 0         |

  Scenario: Only an existing lock is moved, and to an existing hotkey
    When Bob calls SubtensorModule.move_lock
      | destination_hotkey | alice_hot |
      | netuid             | 2         |
    Then the call is refused with NoExistingLock
    And nothing changed
    When Bob calls SubtensorModule.move_lock
      | destination_hotkey | nobody |
      | netuid             | 2      |
    Then the call is refused with HotKeyAccountNotExists
    And nothing changed

  Scenario: Locked alpha is not given to who has not agreed to it
    Given Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Charlie             |
      | hotkey              | charlie_hot         |
      | origin_netuid       | 2                   |
      | destination_netuid  | 2                   |
      | alpha_amount        | 250.000000001 alpha |
    Then the call is refused with AccountRejectsLockedAlpha
    And nothing changed
    # what is not locked can be given to anybody
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Charlie     |
      | hotkey              | charlie_hot |
      | origin_netuid       | 2           |
      | destination_netuid  | 2           |
      | alpha_amount        | 250 alpha   |
    Then the call succeeds
    And the stake of Charlie on charlie_hot in subnet 2 is 250 alpha
    And SubtensorModule.Lock(Bob, 2, charlie_hot).locked_mass is 750 alpha

  Scenario: Who agrees to locked alpha gets it locked
    Given Charlie calls SubtensorModule.set_reject_locked_alpha
      | enabled | false |
    And Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Charlie calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | charlie_hot |
      | netuid | 2           |
      | amount | 750 alpha   |
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Charlie     |
      | hotkey              | charlie_hot |
      | origin_netuid       | 2           |
      | destination_netuid  | 2           |
      | alpha_amount        | 600 alpha   |
    Then the call succeeds
    And the stake of Bob on charlie_hot in subnet 2 is 400 alpha
    And the stake of Charlie on charlie_hot in subnet 2 is 600 alpha
    # Bob's free 250 alpha go first, then 350 of the locked ones.
    And these values hold
      | SubtensorModule.Lock(Bob, 2, charlie_hot).locked_mass     | 400 alpha |
      | SubtensorModule.Lock(Charlie, 2, charlie_hot).locked_mass | 350 alpha |
      | SubtensorModule.HotkeyLock(2, charlie_hot).locked_mass    | 750 alpha |

  Scenario: Whether locked alpha is refused can be changed
    When Charlie calls SubtensorModule.set_reject_locked_alpha
      | enabled | false |
    Then the call succeeds
    And SubtensorModule.AccountFlags(Charlie) is 1
    And event RejectLockedAlphaUpdated is emitted
      | coldkey | Charlie |
      | enabled | false   |
    When Charlie calls SubtensorModule.set_reject_locked_alpha
      | enabled | true |
    Then the call succeeds
    And SubtensorModule.AccountFlags(Charlie) is 0
