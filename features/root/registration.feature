Feature: Registering on the root network
  Root is subnet 0. It has no alpha, no miners and no weights; its at most 64 validators stand for the TAO that is
  staked on them. Registering there is free. In one block one hotkey can be registered, and three in an interval; from
  block 100 on every block begins a new interval (section 03, 5; section 09, 1).

  Background:
    Given a dev chain

  Scenario: A hotkey is registered on root free of charge
    When Bob registers validator1 on the root network
    Then the call succeeds
    And validator1 is neuron 0 of subnet 0
    And event NeuronRegistered is emitted
      | 0 | 0          |
      | 1 | 0          |
      | 2 | validator1 |
    And Bob has 1,000,000 TAO less fees
    And SubtensorModule.Owner(validator1) is Bob
    # It becomes a delegate with a take of 11,796 / 65,535, which is 18 %.
    And SubtensorModule.Delegates(validator1) is 11,796

  Scenario: A hotkey is registered on root once
    Given Bob registers validator1 on the root network
    When Bob registers validator1 on the root network
    Then the call is refused with HotKeyAlreadyRegisteredInSubNet
    And nothing changed

  Scenario: Anybody may register anybody's hotkey on root
    Given subnet 2 of Alice with hotkey alice_hot
    When Charlie registers alice_hot on the root network
    Then the call succeeds
    And alice_hot is neuron 0 of subnet 0
    And SubtensorModule.Owner(alice_hot) is Alice

  Scenario: One hotkey is registered on root in one block
    When these calls are made in one block
      | Bob     | SubtensorModule.root_register(hotkey: validator1) |
      | Charlie | SubtensorModule.root_register(hotkey: validator2) |
    Then call 1 succeeds
    And call 2 is refused with TooManyRegistrationsThisBlock
    And validator2 is not registered on subnet 0

  Scenario: Before block 100 three hotkeys are registered on root at most
    Given Bob registers validator1 on the root network
    And Bob registers validator2 on the root network
    And Bob registers validator3 on the root network
    When Bob registers validator4 on the root network
    Then the call is refused with TooManyRegistrationsThisInterval
    And nothing changed
    Given block 98 is reached
    When Bob registers validator4 on the root network
    Then the call is refused with TooManyRegistrationsThisInterval
    When Bob registers validator4 on the root network
    Then the call succeeds
    And the last block is 100
    And validator4 is neuron 3 of subnet 0

  Scenario: If root is full the one with the least stake makes room for more stake
    Given SubtensorModule.MaxAllowedUids(0) is 2
    And Bob registers validator1 on the root network
    And Bob registers validator2 on the root network
    And Bob stakes 30 TAO to validator1 on subnet 0
    And Bob stakes 20 TAO to validator2 on subnet 0
    And Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | validator3 |
    And Charlie stakes 20 TAO to validator3 on subnet 0
    When Charlie registers validator3 on the root network
    Then the call is refused with StakeTooLowForRoot
    And nothing changed
    Given Charlie stakes 0.002 TAO to validator3 on subnet 0
    When Charlie registers validator3 on the root network
    Then the call succeeds
    And validator3 is neuron 1 of subnet 0
    And validator2 is not registered on subnet 0
    # Who makes room keeps the stake.
    And the stake of Bob on validator2 in subnet 0 is 20 TAO

  Scenario: Root has no registration against payment
    When Bob registers validator1 on subnet 0
    Then the call is refused with RegistrationNotPermittedOnRootSubnet
    And nothing changed

  Scenario: TAO staked on root is counted one to one
    Given Bob registers validator1 on the root network
    When Charlie stakes 250 TAO to validator1 on subnet 0
    Then the stake of Charlie on validator1 in subnet 0 is 250 TAO
    And SubtensorModule.TotalHotkeyAlpha(validator1, 0) is 250 alpha
    And SubtensorModule.SubnetTAO(0) is 250 TAO
    And SubtensorModule.SubnetAlphaOut(0) is 250 alpha
    And SubtensorModule.TotalStake has grown by 250 TAO
    And System.Account(subnet_account_0).data.free is 250 TAO

  Scenario: Nobody sets weights on root
    Given Bob registers validator1 on the root network
    When validator1 sets weights on subnet 0
      | validator1 | 1 |
    Then the call is refused with CommitRevealEnabled
    And nothing changed
    Given Alice calls AdminUtils.sudo_set_commit_reveal_weights_enabled as root
      | netuid  | 0     |
      | enabled | false |
    And 100 blocks pass
    When validator1 sets weights on subnet 0
      | validator1 | 1 |
    Then the call is refused with CanNotSetRootNetworkWeights
    And nothing changed
