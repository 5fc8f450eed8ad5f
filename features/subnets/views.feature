Feature: What wallets read of neurons and delegates
  The runtime APIs put together what wallets show: a neuron by its uid with the stake behind it, and a delegate with those
  who stake on it (section 11, 1 and 2).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob | SubtensorModule.burned_register(netuid: 2, hotkey: bob_hot) |
    # 2,000,000 * 100 / 1,000,100 = 199.980001999
    And a pool of 1,000,000 TAO and 2,000,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0
    And Charlie stakes 100 TAO to bob_hot on subnet 2

  Scenario: A neuron by its uid
    Then these values hold
      | NeuronInfoRuntimeApi.get_neuron_lite(2, 1).hotkey  | bob_hot               |
      | NeuronInfoRuntimeApi.get_neuron_lite(2, 1).coldkey | Bob                   |
      | NeuronInfoRuntimeApi.get_neuron_lite(2, 1).netuid  | 2                     |
      | NeuronInfoRuntimeApi.get_neuron_lite(2, 1).stake   | [(Bob, 199980001999)] |
      | NeuronInfoRuntimeApi.get_neuron_lite(2, 2)         | none                  |
      | NeuronInfoRuntimeApi.get_neuron_lite(7, 0)         | none                  |

  Scenario: A delegate and those who stake on it
    # A hotkey is listed once it has said what it takes.
    Then DelegateInfoRuntimeApi.get_delegate(bob_hot) is none
    Given Bob calls SubtensorModule.decrease_take
      | hotkey | bob_hot |
      | take   | 6,553   |
    Then these values hold
      | DelegateInfoRuntimeApi.get_delegate(bob_hot).owner_ss58 | Bob                              |
      | DelegateInfoRuntimeApi.get_delegate(bob_hot).nominators | [(Charlie, [(2, 199980001999)])] |
