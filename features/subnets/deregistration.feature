Feature: Deregistration of subnets
  Of the meanings that "slashing" has in this field this is the second, deregistration: nobody's stake is seized, but
  whoever is worst loses the place. Here it is the worst subnet; features/registration/deregistration.feature tells
  of the worst neuron.

  There is room for a limited number of subnets (root not counted). Once it is full, a new registration dissolves one:
  of all subnets that are no longer immune, the one with the lowest moving price, and of equal prices the one that
  was registered first (section 02, 4). A subnet is immune for the network immunity period after its registration.
  If all are immune no subnet can be registered.

  In these scenarios there is room for three: subnet 1, which exists from the start, and two more. Immunity is 10
  blocks.

  Background:
    Given a dev chain
    And these values are stored
      | SubtensorModule.SubnetLimit           | 3  |
      | SubtensorModule.NetworkImmunityPeriod | 10 |
    # Blocks 2 and 3.
    And Alice registers a subnet with hotkey alice_hot
    And Bob registers a subnet with hotkey bob_hot

  Scenario: The subnet with the lowest moving price makes room
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(1) | 0.5 |
      | SubtensorModule.SubnetMovingPrice(2) | 0.4 |
      | SubtensorModule.SubnetMovingPrice(3) | 0.3 |
    And block 20 is reached
    When Charlie registers a subnet with hotkey charlie_hot
    Then event NetworkRemoved is emitted
      | 0 | 3 |
    And event NetworkAdded is emitted
      | 0 | 3 |
      | 1 | 1 |
    And these values hold
      | SubtensorModule.SubnetOwner(1)             | zero        |
      | SubtensorModule.SubnetOwner(2)             | Alice       |
      | SubtensorModule.SubnetOwner(3)             | Charlie     |
      | SubtensorModule.SubnetOwnerHotkey(3)       | charlie_hot |
      | SubtensorModule.NetworkRegisteredAt(3)     | 21          |
      | SubtensorModule.RegisteredSubnetCounter(3) | 2           |
      | SubtensorModule.TotalNetworks              | 4           |
    And bob_hot is not registered on subnet 3
    And charlie_hot is neuron 0 of subnet 3

  Scenario: The moving price counts, not the price of the pool
    Given a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And a pool of 1 TAO and 1,000 alpha on subnet 3
    And these values are stored
      | SubtensorModule.SubnetMovingPrice(1) | 0.5 |
      | SubtensorModule.SubnetMovingPrice(2) | 0.3 |
      | SubtensorModule.SubnetMovingPrice(3) | 0.4 |
    And block 20 is reached
    When Charlie registers a subnet with hotkey charlie_hot
    Then SubtensorModule.SubnetOwner(2) is Charlie
    And SubtensorModule.SubnetOwner(3) is Bob

  Scenario: Of equal prices the oldest subnet makes room, whatever its number
    # Subnet 2 is dissolved and registered again, so subnet 3, of block 3, is now older than subnet 2.
    Given SubtensorModule.SubnetMovingPrice(1) is 0.5
    And Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    And Alice registers a subnet with hotkey alice_hot
    And block 20 is reached
    When Charlie registers a subnet with hotkey charlie_hot
    Then SubtensorModule.SubnetOwner(3) is Charlie
    And SubtensorModule.SubnetOwner(2) is Alice

  Scenario: A subnet in its immunity period stays, and the next worst one goes
    # Subnet 3, the cheapest, was registered in block 3 and is immune before block 13; this is block 12.
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(1) | 0.5 |
      | SubtensorModule.SubnetMovingPrice(2) | 0.4 |
      | SubtensorModule.SubnetMovingPrice(3) | 0.3 |
    And block 11 is reached
    When Charlie registers a subnet with hotkey charlie_hot
    Then SubtensorModule.SubnetOwner(2) is Charlie
    And SubtensorModule.SubnetOwner(3) is Bob

  Scenario: In the last block of its immunity a subnet is safe, in the next one not
    # Subnets 1 and 2 are made younger than subnet 3, which was registered in block 3 and is immune before block 13.
    Given these values are stored
      | SubtensorModule.NetworkRegisteredAt(1) | 20 |
      | SubtensorModule.NetworkRegisteredAt(2) | 20 |
    And block 11 is reached
    When Charlie registers a subnet with hotkey charlie_hot
    Then the call is refused with SubnetLimitReached
    And nothing changed
    When Charlie registers a subnet with hotkey charlie_hot
    Then the call succeeds
    And SubtensorModule.SubnetOwner(3) is Charlie

  Scenario: While all subnets are immune no further one can be registered
    Given Alice calls AdminUtils.sudo_set_network_immunity_period as root
      | immunity_period | 1,000 |
    When Charlie registers a subnet with hotkey charlie_hot
    Then the call is refused with SubnetLimitReached
    And nothing changed

  Scenario: Below the limit nothing is dissolved
    Given Alice calls AdminUtils.sudo_set_subnet_limit as root
      | max_subnets | 4 |
    And block 20 is reached
    When Charlie registers a subnet with hotkey charlie_hot
    Then event NetworkRemoved is not emitted
    And SubtensorModule.SubnetOwner(4) is Charlie
    And SubtensorModule.TotalNetworks is 5

  Scenario: Who cannot pay pushes nobody out
    Given Charlie owns 2 TAO
    And block 20 is reached
    When Charlie registers a subnet with hotkey charlie_hot
    Then the call is refused with CannotAffordLockCost
    And nothing changed

  Scenario: The stakers of the subnet pushed out share its TAO, and its owner loses the lock
    # The swap fee is off, so Dave's 1,000 TAO buy half of 1,000 alpha. Then the pool is set to 900 TAO and 1,000 alpha:
    # of 1,500 alpha Dave has a third, so he gets 300 TAO of the 900. Bob, who locked TAO for the subnet, gets none.
    Given Alice calls Swap.set_fee_rate as root
      | netuid | 3 |
      | rate   | 0 |
    And a pool of 1,000 TAO and 1,000 alpha on subnet 3
    And Bob starts subnet 3
    And Dave stakes 1,000 TAO to bob_hot on subnet 3
    And a pool of 900 TAO and 1,000 alpha on subnet 3
    And these values are stored
      | SubtensorModule.SubnetMovingPrice(1) | 0.5 |
      | SubtensorModule.SubnetMovingPrice(2) | 0.4 |
      | SubtensorModule.SubnetMovingPrice(3) | 0.1 |
    And block 20 is reached
    When Charlie registers a subnet with hotkey charlie_hot
    Then SubtensorModule.SubnetOwner(3) is Charlie
    And Dave has 1,300 TAO less fees
    And event Balances.Transfer is emitted
      | from   | subnet_account_3 |
      | to     | Dave             |
      | amount | 300 TAO          |
