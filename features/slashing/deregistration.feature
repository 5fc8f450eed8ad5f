Feature: Slashing, second meaning: deregistration
  The worst neuron outside immunity loses its slot to a newcomer, and the worst subnet is dissolved for a new one. That too
  is subtensor's own, and nobody's stake is seized (sections 02, 4 and 03, 4).
  features/registration/deregistration.feature and features/subnets/deregistration.feature have all of it. Here is what it
  means for stake at risk: who has lost the slot still answers, with stake and bond, for what was signed before.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these values are stored
      | SubtensorModule.MaxAllowedUids(2)   | 4 |
      | SubtensorModule.MinNonImmuneUids(2) | 0 |
      | SubtensorModule.ImmunityPeriod(2)   | 0 |
    And slashing is enabled on subnet 2
    # Blocks 5 to 7.
    And Bob registers miner1 on subnet 2
    And Bob registers miner2 on subnet 2
    And Bob registers miner3 on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0
    And Bob stakes 1,000 TAO to miner2 on subnet 2
    And Bob bonds 600 alpha on miner2 in subnet 2
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |

  Scenario: The neuron with the least emission makes room, and keeps its stake and its bond
    Given SubtensorModule.Emission(2) is [0, 30, 10, 20]
    When Charlie registers newcomer on subnet 2
    Then newcomer is neuron 2 of subnet 2
    And miner2 is not registered on subnet 2
    And the stake of Bob on miner2 in subnet 2 is 1,000 alpha
    And Slashing.Bonds(2, miner2, Bob).bonded is 600 alpha
    And event Slashing.Slashed is not emitted
    When Bob calls SubtensorModule.remove_stake
      | hotkey          | miner2            |
      | netuid          | 2                 |
      | amount_unstaked | 400.000000001 alpha |
    Then the call is refused with StakeUnavailable

  Scenario: Who has lost the slot answers for what was signed before, and not for the time after
    # It loses the slot in block 14.
    Given SubtensorModule.Emission(2) is [0, 30, 10, 20]
    And Charlie registers newcomer on subnet 2
    And 5 blocks pass
    When Eve reports a contradiction of miner2 on subnet 2 for eve_hot
      | block | 16 |
    Then the call is refused with NotRegistered
    And nothing changed
    When Eve reports a contradiction of miner2 on subnet 2 for eve_hot
      | block | 13 |
    Then the call succeeds
    # 1,000 * 6,554 / 65,535
    And the stake of Bob on miner2 in subnet 2 is 899.99237049 alpha

  Scenario: A dissolved subnet pays out all stake, and bonds, strikes and terms go with it
    Given Eve reports a contradiction of miner2 on subnet 2 for eve_hot
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then the call succeeds
    And nothing is stored at Slashing.Bonds(2, miner2, Bob)
    And nothing is stored at Slashing.Strikes(2, miner2)
    And nothing is stored at Slashing.TermsOf(2)
    And SubtensorModule.TotalHotkeyAlpha(miner2, 2) is 0 alpha
    # The next subnet of the number begins anew.
    When Alice registers a subnet with hotkey alice_hot
    Then SubtensorModule.SubnetOwner(2) is Alice
    When Eve reports a contradiction of miner2 on subnet 2 for eve_hot
    Then the call is refused with NotEnabled
