Feature: Symbols of subnets
  Every subnet has a symbol for its alpha, unlike all others, from a fixed table that starts with the Greek alphabet
  (section 02, 7): subnet 1 has alpha, subnet 2 beta and so on. Where that one is taken, a new subnet gets the first
  free one. The owner, or root, may choose another free symbol of the table.

  Symbols are written in the bytes of UTF-8: ceb1 is alpha, ceb2 beta, ceb3 gamma, ceb4 delta, ceb5 epsilon; cf89 is
  the last Greek letter, omega.

  Background:
    Given a dev chain
    And Alice registers a subnet with hotkey alice_hot

  Scenario: A new subnet gets the symbol of its number
    Then SubtensorModule.TokenSymbol(2) is 0xceb2
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.TokenSymbol(3) is 0xceb3

  Scenario: The owner chooses another symbol
    When Alice calls SubtensorModule.update_symbol
      | netuid | 2      |
      | symbol | 0xcf89 |
    Then SubtensorModule.TokenSymbol(2) is 0xcf89
    And event SymbolUpdated is emitted
      | netuid | 2      |
      | symbol | 0xcf89 |

  Scenario: Root may choose as well
    When Alice calls SubtensorModule.update_symbol as root
      | netuid | 2      |
      | symbol | 0xceb5 |
    Then SubtensorModule.TokenSymbol(2) is 0xceb5

  Scenario: Where the symbol of its number is taken a new subnet gets the first free one
    # Subnet 2 has taken gamma, the third, so that beta, the second, is the first that is free.
    Given Alice calls SubtensorModule.update_symbol
      | netuid | 2      |
      | symbol | 0xceb3 |
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.TokenSymbol(3) is 0xceb2

  Scenario: A symbol in use cannot be chosen
    When Bob registers a subnet with hotkey bob_hot
    And Bob calls SubtensorModule.update_symbol
      | netuid | 3      |
      | symbol | 0xceb2 |
    Then the call is refused with SymbolAlreadyInUse
    And nothing changed

  Scenario: Only symbols of the table can be chosen
    When Alice calls SubtensorModule.update_symbol
      | netuid | 2        |
      | symbol | "dollar" |
    Then the call is refused with SymbolDoesNotExist
    And nothing changed

  Scenario: Nobody else chooses
    When Bob calls SubtensorModule.update_symbol
      | netuid | 2      |
      | symbol | 0xceb5 |
    Then the call is refused with BadOrigin
    And nothing changed
