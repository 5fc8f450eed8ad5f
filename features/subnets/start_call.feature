Feature: Starting a subnet
  A subnet sleeps from its registration until its owner starts it (section 02, 6). From the block after that call it
  has emission, and from the call on its alpha can be bought and sold. It is started once and for all.

  Background:
    Given a dev chain
    And Alice registers a subnet with hotkey alice_hot

  Scenario: Emission begins in the block after the start
    When Alice starts subnet 2
    # The start is in block 2.
    Then SubtensorModule.FirstEmissionBlockNumber(2) is 3
    And event FirstEmissionBlockNumberSet is emitted
      | 0 | 2 |
      | 1 | 3 |
    And SubtensorModule.SubnetAlphaOut(2) is 0 alpha
    When 1 block passes
    Then SubtensorModule.SubnetAlphaOut(2) is 1 alpha
    When 9 blocks pass
    Then SubtensorModule.SubnetAlphaOut(2) is 10 alpha

  Scenario: Alpha can be traded once the subnet is started
    When Bob stakes 10 TAO to alice_hot on subnet 2
    Then the call is refused with SubtokenDisabled
    And nothing changed
    When Alice starts subnet 2
    Then SubtensorModule.SubtokenEnabled(2) is true
    When Bob stakes 10 TAO to alice_hot on subnet 2
    Then the call succeeds

  Scenario: Neurons can be registered before the start
    When Bob registers miner1 on subnet 2
    Then the call succeeds
    And miner1 is neuron 1 of subnet 2
    And SubtensorModule.SubtokenEnabled(2) is false

  Scenario: A started subnet gets no TAO until root enables its emission
    # Subnet 1 is left without a price, so that the whole emission of 1 TAO a block is for subnet 2.
    Given Alice starts subnet 2
    And SubtensorModule.SubnetMovingPrice(2) is 0.5
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) is 2,500 TAO
    When Alice calls AdminUtils.sudo_set_subnet_emission_enabled as root
      | netuid  | 2    |
      | enabled | true |
    Then event AdminUtils.SubnetEmissionEnabledSet is emitted
      | netuid  | 2    |
      | enabled | true |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) is 2,501 TAO

  Scenario: Only the owner starts a subnet
    When Bob starts subnet 2
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: Root does not start a subnet either
    When Alice calls SubtensorModule.start_call as root
      | netuid | 2 |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: A subnet that does not exist cannot be started
    When Alice starts subnet 7
    Then the call is refused with SubnetNotExists
    And nothing changed

  Scenario: A subnet is started only once
    Given Alice starts subnet 2
    When Alice starts subnet 2
    Then the call is refused with FirstEmissionBlockNumberAlreadySet
    And nothing changed
    And SubtensorModule.FirstEmissionBlockNumber(2) is 3

  Scenario: Where a delay is set a new subnet cannot be started before it is over
    # Registered in block 1; with a delay of 10 blocks it can be started in block 11.
    Given Alice calls AdminUtils.sudo_set_start_call_delay as root
      | delay | 10 |
    And block 9 is reached
    When Alice starts subnet 2
    Then the call is refused with NeedWaitingMoreBlocksToStarCall
    And nothing changed
    When Alice starts subnet 2
    Then the call succeeds
    And SubtensorModule.FirstEmissionBlockNumber(2) is 12
