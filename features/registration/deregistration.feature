Feature: Deregistration of neurons
  Of the meanings that "slashing" has in this field this is the second, deregistration: nobody's stake is seized, but
  whoever is worst loses the place. Here it is the worst neuron; features/subnets/deregistration.feature tells of the
  worst subnet.

  When a subnet is full, a new neuron takes the uid of the one with the least emission in the last epoch; of equals
  the one that was registered first goes, then the one with the lower uid (section 03, 4). A neuron is immune for the
  immunity period after its registration, so that a newcomer has time to prove itself. But so that there is always
  something to choose from, the neurons outside immunity are only pruned while there are more than a minimum of them,
  10 by default; with fewer, the worst immune one goes. The owner's neuron never goes.

  In these scenarios there is room for four: the owner's neuron, uid 0, and three miners, uids 1 to 3, registered in
  blocks 4 to 6. The minimum of neurons outside immunity is 0. The emissions stored are those of the last epoch, in
  the order of the uids.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these values are stored
      | SubtensorModule.MaxAllowedUids(2)   | 4 |
      | SubtensorModule.MinNonImmuneUids(2) | 0 |
      | SubtensorModule.ImmunityPeriod(2)   | 0 |
    And Bob registers miner1 on subnet 2
    And Bob registers miner2 on subnet 2
    And Bob registers miner3 on subnet 2

  Scenario: The neuron with the least emission makes room
    Given SubtensorModule.Emission(2) is [0, 30, 10, 20]
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 2 of subnet 2
    And miner2 is not registered on subnet 2
    And miner1 is neuron 1 of subnet 2
    And miner3 is neuron 3 of subnet 2
    And event NeuronRegistered is emitted
      | 0 | 2        |
      | 1 | 2        |
      | 2 | newcomer |
    And these values hold
      | SubtensorModule.SubnetworkN(2)             | 4     |
      | SubtensorModule.BlockAtRegistration(2, 2)  | 8     |
      | SubtensorModule.IsNetworkMember(miner2, 2) | false |
      | SubtensorModule.Owner(miner2)              | Bob   |

  Scenario: Nothing of the old neuron's record is left to the new one
    Given these values are stored
      | SubtensorModule.Emission(2)        | [0, 30, 10, 20]          |
      | SubtensorModule.Incentive(2)       | [0, 300, 100, 200]       |
      | SubtensorModule.Consensus(2)       | [0, 300, 100, 200]       |
      | SubtensorModule.Dividends(2)       | [0, 5, 6, 7]             |
      | SubtensorModule.ValidatorTrust(2)  | [0, 5, 6, 7]             |
      | SubtensorModule.ValidatorPermit(2) | [true, true, true, true] |
      | SubtensorModule.LastUpdate(2)      | [1, 2, 3, 4]             |
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 2 of subnet 2
    And these values hold
      | SubtensorModule.Emission(2)        | [0, 30, 0, 20]            |
      | SubtensorModule.Incentive(2)       | [0, 300, 0, 200]          |
      | SubtensorModule.Consensus(2)       | [0, 300, 0, 200]          |
      | SubtensorModule.Dividends(2)       | [0, 5, 0, 7]              |
      | SubtensorModule.ValidatorTrust(2)  | [0, 5, 0, 7]              |
      | SubtensorModule.ValidatorPermit(2) | [true, true, false, true] |
      | SubtensorModule.LastUpdate(2)      | [1, 2, 8, 4]              |

  Scenario: The weights that the old neuron set are gone, and those set on it count for nobody
    Given these values are stored
      | SubtensorModule.Emission(2)   | [0, 30, 10, 20]            |
      | SubtensorModule.Weights(2, 1) | [(2, 40,000), (3, 25,535)] |
      | SubtensorModule.Weights(2, 2) | [(1, 65,535)]              |
    When Charlie registers newcomer on subnet 2
    Then SubtensorModule.Weights(2, 1) is [(2, 0), (3, 25,535)]
    And SubtensorModule.Weights(2, 2) is []

  Scenario: The stake on the neuron pushed out is untouched
    Given Bob stakes 10 TAO to miner2 on subnet 2
    And these values are stored
      | SubtensorModule.Emission(2) | [0, 30, 10, 20] |
    When Charlie registers newcomer on subnet 2
    Then miner2 is not registered on subnet 2
    And SubtensorModule.TotalHotkeyAlpha(miner2, 2) has grown by 0 alpha

  Scenario: Of equal emissions the neuron registered first makes room
    Given SubtensorModule.Emission(2) is [0, 10, 10, 10]
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 1 of subnet 2
    # uid 1 is now the youngest.
    When Charlie registers newcomer2 on subnet 2
    Then newcomer2 is neuron 1 of subnet 2
    When Charlie registers newcomer3 on subnet 2
    Then newcomer3 is neuron 1 of subnet 2

  Scenario: Of equal emissions the older neuron goes even if its uid is higher
    Given these values are stored
      | SubtensorModule.Emission(2)               | [0, 10, 10, 10] |
      | SubtensorModule.BlockAtRegistration(2, 3) | 3               |
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 3 of subnet 2

  Scenario: Of equal emissions and ages the lower uid goes
    Given these values are stored
      | SubtensorModule.Emission(2)               | [0, 20, 10, 10] |
      | SubtensorModule.BlockAtRegistration(2, 2) | 6               |
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 2 of subnet 2

  Scenario: A neuron in its immunity period stays, and the next worst one goes
    # uid 3, of block 6, is immune before block 9; this is block 8. uid 2, of block 5, is not any more.
    Given these values are stored
      | SubtensorModule.Emission(2)       | [0, 30, 20, 10] |
      | SubtensorModule.ImmunityPeriod(2) | 3               |
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 2 of subnet 2

  Scenario: With the end of its immunity it is the worst one's turn
    Given these values are stored
      | SubtensorModule.Emission(2)       | [0, 30, 20, 10] |
      | SubtensorModule.ImmunityPeriod(2) | 3               |
    And block 8 is reached
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 3 of subnet 2

  Scenario: Where all are immune the worst of them goes
    Given these values are stored
      | SubtensorModule.Emission(2)       | [0, 30, 10, 20] |
      | SubtensorModule.ImmunityPeriod(2) | 1,000           |
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 2 of subnet 2

  Scenario: Too few neurons outside immunity are spared, and an immune one goes
    # Outside immunity are uids 1 and 2, no more than the minimum of two. So uid 3 goes, though it has the most.
    Given these values are stored
      | SubtensorModule.Emission(2)               | [0, 10, 20, 30] |
      | SubtensorModule.ImmunityPeriod(2)         | 100             |
      | SubtensorModule.MinNonImmuneUids(2)       | 2               |
      | SubtensorModule.BlockAtRegistration(2, 3) | 50              |
    And block 110 is reached
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 3 of subnet 2

  Scenario: One neuron more outside immunity, and the worst of them goes
    Given these values are stored
      | SubtensorModule.Emission(2)               | [0, 10, 20, 30] |
      | SubtensorModule.ImmunityPeriod(2)         | 100             |
      | SubtensorModule.MinNonImmuneUids(2)       | 1               |
      | SubtensorModule.BlockAtRegistration(2, 3) | 50              |
    And block 110 is reached
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 1 of subnet 2

  Scenario: Where nobody is immune and the minimum is not exceeded there is no place
    Given SubtensorModule.MinNonImmuneUids(2) is 3
    When Charlie registers newcomer on subnet 2
    Then the call is refused with NoNeuronIdAvailable
    And nothing changed

  Scenario: The owner's neuron never makes room
    Given SubtensorModule.Emission(2) is [0, 30, 20, 10]
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 3 of subnet 2
    And alice_hot is neuron 0 of subnet 2

  Scenario: Where there is only the owner's neuron there is no place
    Given these values are stored
      | SubtensorModule.MaxAllowedUids(2) | 1 |
      | SubtensorModule.SubnetworkN(2)    | 1 |
    When Charlie registers newcomer on subnet 2
    Then the call is refused with NoNeuronIdAvailable
    And nothing changed

  Scenario: Of the owner's other neurons only as many are safe as the limit says
    # Alice's second neuron takes uid 1 and has no emission yet. The limit of 1 is used up by her first.
    Given SubtensorModule.Emission(2) is [0, 10, 20, 30]
    And Alice registers alice_hot2 on subnet 2
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 1 of subnet 2
    And alice_hot2 is not registered on subnet 2

  Scenario: With a limit of two the owner's second neuron is safe as well
    Given SubtensorModule.Emission(2) is [0, 10, 20, 30]
    And Alice registers alice_hot2 on subnet 2
    And Alice calls AdminUtils.sudo_set_owner_immune_neuron_limit
      | netuid         | 2 |
      | immune_neurons | 2 |
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 2 of subnet 2
    And alice_hot2 is neuron 1 of subnet 2

  Scenario: Who is named the owner's hotkey is safe in place of the owner's first neuron
    Given SubtensorModule.Emission(2) is [10, 5, 20, 30]
    And Alice calls AdminUtils.sudo_set_sn_owner_hotkey
      | netuid | 2      |
      | hotkey | miner1 |
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 0 of subnet 2
    And miner1 is neuron 1 of subnet 2
    And alice_hot is not registered on subnet 2
