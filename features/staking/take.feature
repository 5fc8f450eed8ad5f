Feature: The take of a delegate
  The owner of a hotkey takes a part of its nominators' dividends: take / 65,535. A hotkey that has set none takes
  11,796 / 65,535 = 18 %, which is the most, too. The take can be lowered at any time; it can be raised when so many
  blocks as TxDelegateTakeRateLimit (216,000, 30 days) have passed since it was last changed (section 05, 5). These
  calls are free.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot

  Scenario: The owner lowers the take
    When Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 6,553     |
    Then the call succeeds
    And SubtensorModule.Delegates(alice_hot) is 6,553
    And event TakeDecreased is emitted
      | 0 | Alice     |
      | 1 | alice_hot |
      | 2 | 6,553     |

  Scenario: The owner raises the take
    Given Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 6,553     |
    When Alice calls SubtensorModule.increase_take
      | hotkey | alice_hot |
      | take   | 11,796    |
    Then the call succeeds
    And SubtensorModule.Delegates(alice_hot) is 11,796
    And event TakeIncreased is emitted
      | 0 | Alice     |
      | 1 | alice_hot |
      | 2 | 11,796    |

  Scenario Outline: A take is lowered to less and raised to more
    Given Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 6,553     |
    When Alice calls SubtensorModule.<call>
      | hotkey | alice_hot |
      | take   | <take>    |
    Then the call is refused with DelegateTakeTooLow
    And nothing changed

    Examples:
      | call          | take  |
      | decrease_take | 6,553 |
      | decrease_take | 6,554 |
      | increase_take | 6,553 |
      | increase_take | 6,552 |

  Scenario: No take is above 18 %
    When Alice calls SubtensorModule.increase_take
      | hotkey | alice_hot |
      | take   | 11,797    |
    Then the call is refused with DelegateTakeTooHigh
    And nothing changed

  Scenario: No take is below the minimum that root has set
    Given Alice calls AdminUtils.sudo_set_min_delegate_take as root
      | take | 655 |
    When Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 654       |
    Then the call is refused with DelegateTakeTooLow
    And nothing changed
    When Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 655       |
    Then the call succeeds

  # The transaction pool refuses these calls already, and has names of its own for the reasons (section 10, 2.2).
  Scenario Outline: Only its owner changes the take of a hotkey
    When Bob calls SubtensorModule.<call>
      | hotkey | <hotkey> |
      | take   | 6,553    |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | call          | hotkey    | error                    |
      | decrease_take | alice_hot | NonAssociatedColdKey     |
      | increase_take | alice_hot | NonAssociatedColdKey     |
      | decrease_take | nobody    | HotkeyAccountDoesntExist |
      | increase_take | nobody    | HotkeyAccountDoesntExist |

  Scenario: After a change the take cannot be raised for a while
    Given Alice calls AdminUtils.sudo_set_tx_delegate_take_rate_limit as root
      | tx_rate_limit | 10 |
    And block 20 is reached
    # lowered in block 21, so it can be raised from block 21 + 10 + 1 on
    And Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 6,553     |
    When block 30 is reached
    And Alice calls SubtensorModule.increase_take
      | hotkey | alice_hot |
      | take   | 7,000     |
    Then the call is refused with DelegateTxRateLimitExceeded
    And nothing changed
    When Alice calls SubtensorModule.increase_take
      | hotkey | alice_hot |
      | take   | 7,000     |
    Then the call succeeds
    And the last block is 32

  Scenario: The take can be lowered at any time
    Given Alice calls AdminUtils.sudo_set_tx_delegate_take_rate_limit as root
      | tx_rate_limit | 10 |
    And Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 6,553     |
    When Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 655       |
    Then the call succeeds
    And SubtensorModule.Delegates(alice_hot) is 655
