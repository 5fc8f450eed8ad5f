Feature: The first pool of a subnet
  A new subnet's pool starts with the lock as its TAO, and with as much alpha as makes its price the median price M
  of all other subnets (section 02, 2 and 3):

    TAO = lock, alpha = floor(TAO / M)

  Of an odd number of prices M is the middle one, of an even number the mean of the two in the middle. Subnets
  without a price do not count, and if there is none at all M is 1.

  In these scenarios a subnet costs 1,500 TAO. Subnet 1 exists from the start, with a price of 1 TAO.

  Background:
    Given a dev chain
    And SubtensorModule.NetworkMinLockCost is 1,500 TAO
    And SubtensorModule.NetworkLastLockCost is 1 TAO

  Scenario: With one other subnet the new one starts at its price
    Given a pool of 10 TAO and 40 alpha on subnet 1
    When Bob registers a subnet with hotkey bob_hot
    # 1,500 / 0.25
    Then the pool of subnet 2 holds 1,500 TAO and 6,000 alpha
    And the price of subnet 2 is 0.25 TAO

  Scenario: With two others the new one starts at the mean of their prices
    Given Alice registers a subnet with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And SubtensorModule.NetworkLastLockCost is 1 TAO
    When Bob registers a subnet with hotkey bob_hot
    # The prices are 1 and 0.5, so M is 0.75, and 1,500 / 0.75 = 2,000.
    Then the pool of subnet 3 holds 1,500 TAO and 2,000 alpha
    And the price of subnet 3 is 0.75 TAO

  Scenario: With three others the new one starts at the middle price
    Given Alice registers a subnet with hotkey alice_hot
    And a pool of 1,000 TAO and 10,000 alpha on subnet 2
    And SubtensorModule.NetworkLastLockCost is 1 TAO
    And Alice registers a subnet with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 3
    And SubtensorModule.NetworkLastLockCost is 1 TAO
    When Bob registers a subnet with hotkey bob_hot
    # The prices are 0.1, 0.5 and 1.
    Then the pool of subnet 4 holds 1,500 TAO and 3,000 alpha
    And the price of subnet 4 is 0.5 TAO

  Scenario: Alpha that does not divide is cut off to the rao
    Given a pool of 7 TAO and 1 alpha on subnet 1
    When Bob registers a subnet with hotkey bob_hot
    # 1,500 / 7 = 214.2857142857...
    Then the pool of subnet 2 holds 1,500 TAO and 214.285714285 alpha

  Scenario: A subnet without alpha in its pool has no price and does not count
    Given Alice registers a subnet with hotkey alice_hot
    And a pool of 1,000 TAO and 0 alpha on subnet 2
    And SubtensorModule.NetworkLastLockCost is 1 TAO
    When Bob registers a subnet with hotkey bob_hot
    # Only subnet 1 counts.
    Then the pool of subnet 3 holds 1,500 TAO and 1,500 alpha

  Scenario: Where no subnet has a price the new one starts at 1 TAO
    Given a pool of 1 TAO and 0 alpha on subnet 1
    When Bob registers a subnet with hotkey bob_hot
    Then the pool of subnet 2 holds 1,500 TAO and 1,500 alpha
    And the price of subnet 2 is 1 TAO
