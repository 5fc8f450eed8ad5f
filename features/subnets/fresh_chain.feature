Feature: Registering subnets on a fresh chain
  As subtensor starts a chain, no subnet can be registered before block 50,401, and no more than one in 28,800 blocks,
  counted from block 1 (section 02, 2). The chain `dev` of the other scenarios has both lifted.

  Background:
    Given a fresh chain

  Scenario: The limit of one registration in 28,800 blocks is checked by the transaction pool already
    When Alice registers a subnet with hotkey alice_hot
    Then the call is refused with RateLimitExceeded
    And nothing changed

  Scenario: Before block 50,401 registration is closed also to the call that the pool does not check
    When Alice calls SubtensorModule.register_network_with_identity
      | hotkey   | alice_hot |
      | identity | none      |
    Then the call is refused with SubNetRegistrationDisabled
    And nothing changed

  Scenario: Subnet 1 exists from the start and belongs to nobody
    Then the pool of subnet 1 holds 1 TAO and 1 alpha
    And zero is neuron 0 of subnet 1
    And these values hold
      | SubtensorModule.SubnetOwner(1)              | zero  |
      | SubtensorModule.FirstEmissionBlockNumber(1) | 1     |
      | SubtensorModule.SubtokenEnabled(1)          | true  |
      | SubtensorModule.NetworkMinLockCost          | 1 TAO |
      | SubtensorModule.TotalNetworks               | 2     |
