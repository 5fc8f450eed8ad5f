Feature: Hotkeys
  A hotkey belongs to the coldkey that first names it, by registering it or by try_associate_hotkey
  (section 03, 1; section 09, 6).

  Background:
    Given a dev chain

  Scenario: A coldkey takes a hotkey
    When Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | bob_hot |
    Then the call succeeds
    And SubtensorModule.Owner(bob_hot) is Bob
    And SubtensorModule.OwnedHotkeys(Bob) is [bob_hot]
    And Bob has 1,000,000 TAO less fees

  Scenario: A hotkey stays with its coldkey
    Given Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | bob_hot |
    When Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | bob_hot |
    Then the call succeeds
    And nothing changed
    And SubtensorModule.Owner(bob_hot) is Bob

  Scenario: The account of a subnet cannot be a hotkey
    When Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | subnet_account_1 |
    Then the call is refused with CannotUseSystemAccount
    And nothing changed

  Scenario: A coldkey may have several hotkeys
    Given Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | bob_hot1 |
    When Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | bob_hot2 |
    Then SubtensorModule.OwnedHotkeys(Bob) is [bob_hot1, bob_hot2]
