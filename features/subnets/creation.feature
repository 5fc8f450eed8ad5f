Feature: Registering a subnet
  Whoever pays the lock cost gets a subnet under the smallest free number, owns it, and has its first neuron, uid 0,
  under the hotkey named (section 02, 2). The lock fills the subnet's pool; it is never paid back. A new subnet is
  asleep: its alpha cannot be traded until its owner starts it, and it has no TAO emission until root switches that
  on.

  Background:
    Given a dev chain

  Scenario: The lock is paid and becomes the TAO of the subnet's pool
    When Alice registers a subnet with hotkey alice_hot
    Then the call succeeds
    And Alice has 997,500 TAO less fees
    And SubtensorModule.SubnetLocked(2) is 2,500 TAO
    And the pool of subnet 2 holds 2,500 TAO and 2,500 alpha
    And these values hold
      | System.Account(subnet_account_2).data.free    | 2,500 TAO |
      | SubtensorModule.SubnetAlphaOut(2)             | 0 alpha   |
      | SubtensorModule.SubnetVolume(2)               | 0         |
      | SubtensorModule.RAORecycledForRegistration(2) | 0 TAO     |
      | SubtensorModule.TotalStake                    | 2,500 TAO |

  Scenario: Who pays owns the subnet, and the hotkey is its first neuron
    When Alice registers a subnet with hotkey alice_hot
    Then alice_hot is neuron 0 of subnet 2
    And these values hold
      | SubtensorModule.SubnetOwner(2)             | Alice     |
      | SubtensorModule.SubnetOwnerHotkey(2)       | alice_hot |
      | SubtensorModule.Owner(alice_hot)           | Alice     |
      | SubtensorModule.SubnetworkN(2)             | 1         |
      | SubtensorModule.BlockAtRegistration(2, 0)  | 1         |
      | SubtensorModule.TotalNetworks              | 3         |
      | SubtensorModule.RegisteredSubnetCounter(2) | 1         |
    And event NetworkAdded is emitted
      | 0 | 2 |
      | 1 | 1 |
    And event SubnetOwnerHotkeySet is emitted
      | 0 | 2         |
      | 1 | alice_hot |

  Scenario: A new subnet has the parameters of every new subnet
    When Alice registers a subnet with hotkey alice_hot
    Then these values hold
      | SubtensorModule.SubnetMechanism(2)            | 1      |
      | SubtensorModule.NetworkRegisteredAt(2)        | 1      |
      | SubtensorModule.Tempo(2)                      | 360    |
      | SubtensorModule.NetworkRegistrationAllowed(2) | true   |
      | SubtensorModule.MaxAllowedUids(2)             | 256    |
      | SubtensorModule.MaxAllowedValidators(2)       | 64     |
      | SubtensorModule.MinAllowedWeights(2)          | 1      |
      | SubtensorModule.ImmunityPeriod(2)             | 5,000  |
      | SubtensorModule.Kappa(2)                      | 32,767 |
      | SubtensorModule.Burn(2)                       | 1 TAO  |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | true   |

  Scenario: A new subnet sleeps until it is started
    When Alice registers a subnet with hotkey alice_hot
    Then these values hold
      | SubtensorModule.SubnetEmissionEnabled(2)    | false |
      | SubtensorModule.SubtokenEnabled(2)          | false |
      | SubtensorModule.FirstEmissionBlockNumber(2) | none  |
      | SubtensorModule.SubnetMovingPrice(2)        | 0     |
    When Bob stakes 10 TAO to alice_hot on subnet 2
    Then the call is refused with SubtokenDisabled
    And nothing changed

  Scenario: The next subnet gets the next number, and a free number is used again first
    When Alice registers a subnet with hotkey alice_hot
    And Bob registers a subnet with hotkey bob_hot
    And Charlie registers a subnet with hotkey charlie_hot
    Then SubtensorModule.SubnetOwner(4) is Charlie
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 3 |
    And Charlie registers a subnet with hotkey charlie_hot
    Then SubtensorModule.SubnetOwner(3) is Charlie
    And SubtensorModule.RegisteredSubnetCounter(3) is 2

  Scenario: One hotkey may be the first neuron of several subnets of its coldkey
    When Alice registers a subnet with hotkey alice_hot
    And Alice registers a subnet with hotkey alice_hot
    Then alice_hot is neuron 0 of subnet 2
    And alice_hot is neuron 0 of subnet 3
    And SubtensorModule.OwnedHotkeys(Alice) is [alice_hot]

  Scenario: Somebody else's hotkey cannot be used
    Given Alice registers a subnet with hotkey alice_hot
    When Bob registers a subnet with hotkey alice_hot
    Then the call is refused with NonAssociatedColdKey
    And nothing changed

  Scenario: The account of a subnet is not a hotkey
    When Alice registers a subnet with hotkey subnet_account_9
    Then the call is refused with CannotUseSystemAccount
    And nothing changed

  Scenario: Who cannot pay the lock cost gets no subnet
    Given Bob owns 2,000 TAO
    When Bob registers a subnet with hotkey bob_hot
    Then the call is refused with CannotAffordLockCost
    And nothing changed

  Scenario: Before the block where registrations open there are none
    Given SubtensorModule.NetworkRegistrationStartBlock is 5
    And block 3 is reached
    When Alice registers a subnet with hotkey alice_hot
    Then the call is refused with SubNetRegistrationDisabled
    And nothing changed
    When Alice registers a subnet with hotkey alice_hot
    Then the call succeeds
    And SubtensorModule.NetworkRegisteredAt(2) is 5

  Scenario: Subnets are registered no faster than the network's rate limit allows
    # The last registration is that of block 2; the next may be in block 12.
    Given Alice calls AdminUtils.sudo_set_network_rate_limit as root
      | rate_limit | 10 |
    And SubtensorModule.LastRateLimitedBlock(NetworkLastRegistered) is 2
    And block 10 is reached
    When Bob registers a subnet with hotkey bob_hot
    Then the call is refused with RateLimitExceeded
    And nothing changed
    When 1 block passes
    And Bob registers a subnet with hotkey bob_hot
    Then the call succeeds
    And SubtensorModule.NetworkRegisteredAt(2) is 12

  Scenario: The call with an identity keeps the same limit, but the pool does not see it
    # The transaction pool checks the limit of register_network alone (section 10, 2), so this call fails in its block.
    Given Alice calls AdminUtils.sudo_set_network_rate_limit as root
      | rate_limit | 10 |
    When Bob calls SubtensorModule.register_network_with_identity
      | hotkey   | bob_hot |
      | identity | none    |
    Then the call is refused with NetworkTxRateLimitExceeded
    And nothing changed

  Scenario: A subnet may be registered together with its identity
    When Bob calls SubtensorModule.register_network_with_identity
      | hotkey   | bob_hot |
      | identity | {subnet_name: "digits", github_repo: "", subnet_contact: "bob", subnet_url: "", discord: "", description: "", logo_url: "", additional: ""} |
    Then the call succeeds
    And SubtensorModule.SubnetOwner(2) is Bob
    And SubtensorModule.SubnetIdentitiesV3(2).subnet_name is "digits"
    And SubtensorModule.SubnetIdentitiesV3(2).subnet_contact is "bob"
    And event SubnetIdentitySet is emitted
      | 0 | 2 |
