Feature: Registering a neuron
  A coldkey that pays the burn price gets a neuron for one of its hotkeys, under the next free uid (section 03, 2).
  The payment buys alpha from the subnet's pool, as any purchase does, and the alpha bought disappears. So the price
  of alpha rises, and the TAO stays in the pool. The swap fee of 33/65,535 stays in the subnet's account, outside the
  pool.

  In these scenarios the price stands at 1 TAO.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And these values are stored
      | SubtensorModule.BurnHalfLife(2) | 0     |
      | SubtensorModule.Burn(2)         | 1 TAO |

  Scenario: Who pays gets a neuron
    When Bob registers miner1 on subnet 2
    Then the call succeeds
    And miner1 is neuron 1 of subnet 2
    And Bob has 999,999 TAO less fees
    And event NeuronRegistered is emitted
      | 0 | 2      |
      | 1 | 1      |
      | 2 | miner1 |
    And these values hold
      | SubtensorModule.SubnetworkN(2)             | 2            |
      | SubtensorModule.Keys(2, 1)                 | miner1       |
      | SubtensorModule.IsNetworkMember(miner1, 2) | true         |
      | SubtensorModule.BlockAtRegistration(2, 1)  | 5            |
      | SubtensorModule.Owner(miner1)              | Bob          |
      | SubtensorModule.OwnedHotkeys(Bob)          | [miner1]     |
      | SubtensorModule.Active(2)                  | [true, true] |
      | SubtensorModule.LastUpdate(2)              | [1, 5]       |
      | SubtensorModule.Emission(2)                | [0, 0]       |

  Scenario: The next neuron gets the next uid
    Given Bob registers miner1 on subnet 2
    When Charlie registers miner2 on subnet 2
    Then miner2 is neuron 2 of subnet 2
    And SubtensorModule.SubnetworkN(2) is 3

  Scenario: The payment buys alpha, which disappears
    # Of 1 TAO 33/65,535, or 0.000503547 TAO, is the fee. 0.999496453 TAO buy
    # 1,000 x (1 - 1,000 / 1,000.999496453) = 0.998498457 alpha.
    Given SubtensorModule.SubnetAlphaOut(2) is 100 alpha
    When Bob registers miner1 on subnet 2
    Then the pool of subnet 2 holds 1,000.999496453 TAO and 999.001501543 alpha
    And these values hold
      | SubtensorModule.SubnetVolume(2)               | 1 TAO     |
      | SubtensorModule.RAORecycledForRegistration(2) | 1 TAO     |
      | SubtensorModule.SubnetTaoFlow(2)              | 1 TAO     |
      | System.Account(subnet_account_2).data.free    | 1,001 TAO |
    And SubtensorModule.TotalStake has grown by 1 TAO
    # The 1 alpha is the emission of the block; nothing of what was bought is left.
    And SubtensorModule.SubnetAlphaOut(2) has grown by 1 alpha
    And the price of subnet 2 is 1.001999991 TAO
    And the stake of Bob on miner1 in subnet 2 is 0 alpha

  Scenario: A hotkey may have neurons on several subnets
    Given Bob registers a subnet with hotkey bob_hot
    When Bob registers bob_hot on subnet 2
    Then the call succeeds
    And bob_hot is neuron 0 of subnet 3
    And bob_hot is neuron 1 of subnet 2

  Scenario: The call for proof of work is a registration like any other, and its proof is ignored
    # The signer pays; the coldkey named counts for nothing.
    When Bob calls SubtensorModule.register
      | netuid       | 2       |
      | block_number | 0       |
      | nonce        | 0       |
      | work         | 0x00    |
      | hotkey       | miner1  |
      | coldkey      | Charlie |
    Then the call succeeds
    And miner1 is neuron 1 of subnet 2
    And SubtensorModule.Owner(miner1) is Bob
    And Bob has 999,999 TAO less fees

  Scenario: No hotkey is registered twice on a subnet
    Given Bob registers miner1 on subnet 2
    When Bob registers miner1 on subnet 2
    Then the call is refused with HotKeyAlreadyRegisteredInSubNet
    And nothing changed

  Scenario: Somebody else's hotkey cannot be registered
    Given Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | miner1 |
    When Bob registers miner1 on subnet 2
    Then the call is refused with NonAssociatedColdKey
    And nothing changed

  Scenario: The account of a subnet is not a hotkey
    When Bob registers subnet_account_9 on subnet 2
    Then the call is refused with CannotUseSystemAccount
    And nothing changed

  Scenario: There must be a subnet
    When Bob registers miner1 on subnet 7
    Then the call is refused with SubnetNotExists
    And nothing changed

  Scenario: The root network has a call of its own
    When Bob registers miner1 on subnet 0
    Then the call is refused with RegistrationNotPermittedOnRootSubnet
    And nothing changed

  Scenario: A subnet may be closed to registration
    Given Alice calls AdminUtils.sudo_set_network_registration_allowed as root
      | netuid               | 2     |
      | registration_allowed | false |
    When Bob registers miner1 on subnet 2
    Then the call is refused with SubNetRegistrationDisabled
    And nothing changed

  Scenario: Who cannot pay is not registered
    Given Bob owns 1 TAO
    # After the transaction fee less than 1 TAO is left.
    When Bob registers miner1 on subnet 2
    Then the call is refused with NotEnoughBalanceToStake
    And nothing changed

  Scenario: A subnet without room for neurons takes none
    Given SubtensorModule.MaxAllowedUids(2) is 0
    When Bob registers miner1 on subnet 2
    Then the call is refused with NoNeuronIdAvailable
    And nothing changed

  Scenario: A hotkey can be claimed without registering it
    When Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | miner1 |
    Then the call succeeds
    And SubtensorModule.Owner(miner1) is Bob
    And SubtensorModule.OwnedHotkeys(Bob) is [miner1]
    And miner1 is not registered on subnet 2

  Scenario: Claiming a hotkey that has an owner changes nothing
    Given Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | miner1 |
    When Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | miner1 |
    Then the call succeeds
    And nothing changed
    And SubtensorModule.Owner(miner1) is Bob
