Feature: Registering on the root network
  The root network has a limited number of neurons, 64. A place costs nothing. When all are taken, a newcomer takes
  that of the neuron with the least root stake, if it has more itself (section 03, 5). There is at most one
  registration a block; and in the first 100 blocks of a chain at most three in all, after which that count starts
  anew with every block.

  Background:
    Given a dev chain

  Scenario: A place on the root network costs nothing but the transaction fee
    When Bob registers validator1 on the root network
    Then the call succeeds
    And validator1 is neuron 0 of subnet 0
    And Bob has 1,000,000 TAO less fees
    And event NeuronRegistered is emitted
      | 0 | 0          |
      | 1 | 0          |
      | 2 | validator1 |
    And these values hold
      | SubtensorModule.Owner(validator1)            | Bob |
      | SubtensorModule.SubnetworkN(0)               | 1   |
      | SubtensorModule.RegistrationsThisInterval(0) | 1   |
    # A validator's take is 18 % at first, 11,796 of 65,535.
    And SubtensorModule.Delegates(validator1) is 11,796

  Scenario: There is one registration a block
    When these calls are made in one block
      | Bob     | SubtensorModule.root_register(hotkey: validator1) |
      | Charlie | SubtensorModule.root_register(hotkey: validator2) |
    Then call 1 succeeds
    And call 2 is refused with TooManyRegistrationsThisBlock
    And validator2 is not registered on subnet 0

  Scenario: Before block 100 there are three registrations in all
    Given Bob registers validator1 on the root network
    And Bob registers validator2 on the root network
    And Bob registers validator3 on the root network
    When Bob registers validator4 on the root network
    Then the call is refused with TooManyRegistrationsThisInterval
    And nothing changed

  Scenario: In block 100 the count starts anew, and from then on with every block
    Given Bob registers validator1 on the root network
    And Bob registers validator2 on the root network
    And Bob registers validator3 on the root network
    And block 98 is reached
    When Bob registers validator4 on the root network
    Then the call is refused with TooManyRegistrationsThisInterval
    When Bob registers validator4 on the root network
    Then the call succeeds
    When Bob registers validator5 on the root network
    And Bob registers validator6 on the root network
    And Bob registers validator7 on the root network
    And Bob registers validator8 on the root network
    Then the call succeeds
    And validator8 is neuron 7 of subnet 0

  Scenario: Nobody has two places
    Given Bob registers validator1 on the root network
    When Bob registers validator1 on the root network
    Then the call is refused with HotKeyAlreadyRegisteredInSubNet
    And nothing changed

  Scenario: Anybody may register a hotkey, its owner stays
    Given Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | validator1 |
    When Charlie registers validator1 on the root network
    Then the call succeeds
    And SubtensorModule.Owner(validator1) is Bob

  Scenario: The account of a subnet is not a hotkey
    When Bob registers subnet_account_9 on the root network
    Then the call is refused with CannotUseSystemAccount
    And nothing changed

  Scenario Outline: Where both places are taken with 10 and 20 TAO, a newcomer with <stake> TAO takes none
    Given SubtensorModule.MaxAllowedUids(0) is 2
    And Bob registers validator1 on the root network
    And Bob stakes 20 TAO to validator1 on subnet 0
    And Bob registers validator2 on the root network
    And Bob stakes 10 TAO to validator2 on subnet 0
    And Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | validator3 |
    And Charlie stakes <stake> TAO to validator3 on subnet 0
    When Charlie registers validator3 on the root network
    Then the call is refused with StakeTooLowForRoot
    And nothing changed

    Examples:
      | stake |
      | 5     |
      | 10    |

  Scenario: Where all places are taken a newcomer with more stake takes that of the least
    Given SubtensorModule.MaxAllowedUids(0) is 2
    And Bob registers validator1 on the root network
    And Bob stakes 20 TAO to validator1 on subnet 0
    And Bob registers validator2 on the root network
    And Bob stakes 10 TAO to validator2 on subnet 0
    And Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | validator3 |
    And Charlie stakes 11 TAO to validator3 on subnet 0
    When Charlie registers validator3 on the root network
    Then the call succeeds
    And validator3 is neuron 1 of subnet 0
    And validator2 is not registered on subnet 0
    And validator1 is neuron 0 of subnet 0
    # Stake stays where it is.
    And the stake of Bob on validator2 in subnet 0 is 10 TAO
    And SubtensorModule.SubnetworkN(0) is 2

  Scenario: Of equal stakes the lowest uid goes
    Given SubtensorModule.MaxAllowedUids(0) is 2
    And Bob registers validator1 on the root network
    And Bob registers validator2 on the root network
    And Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | validator3 |
    And Charlie stakes 1 TAO to validator3 on subnet 0
    When Charlie registers validator3 on the root network
    Then validator3 is neuron 0 of subnet 0
    And validator1 is not registered on subnet 0
