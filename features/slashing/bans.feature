Feature: Stake at risk: strikes and bans
  Every slash is a strike, and strikes stay. At `max_strikes`, three by default, the neuron is deregistered: its slot is
  closed, its stake stays, and the hotkey cannot register on the subnet for `ban` blocks, 7,200 by default. Who comes back
  and offends again is out at once (document SLASHING).

  miner1 of Bob, uid 1 between the owner's neuron and miner2, has 1,000 alpha.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob registers miner1 on subnet 2
    And Bob registers miner2 on subnet 2
    And Swap.FeeRate(2) is 0
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Bob stakes 1,000 TAO to miner1 on subnet 2
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |

  Scenario: The third strike ends in a ban
    Given slashing is enabled on subnet 2
    And Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | first |
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | second |
    Then miner1 is neuron 1 of subnet 2
    And event Banned is not emitted
    # Block 12
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | third |
    Then event Slashed is emitted
      | strikes | 3 |
    And event Banned is emitted
      | netuid | 2      |
      | hotkey | miner1 |
      | until  | 7,212  |
    And miner1 is not registered on subnet 2
    And miner2 is neuron 1 of subnet 2
    And these values hold
      | SubtensorModule.SubnetworkN(2)              | 2                   |
      | SubtensorModule.IsNetworkMember(miner1, 2)  | false               |
      | SubtensorModule.Owner(miner1)               | Bob                 |
      # 1,000 less a tenth, less a fifth, less two fifths of what was left each time
      | SubtensorModule.TotalHotkeyAlpha(miner1, 2) | 431.966125648 alpha |
    # The stake is still Bob's, and free.
    When Bob unstakes 400 alpha from miner1 on subnet 2
    Then the call succeeds

  Scenario: A ban ends to the block
    Given slashing is enabled on subnet 2
      | max_strikes | 1  |
      | ban         | 10 |
    # Block 10
    And Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    When Bob registers miner1 on subnet 2
    Then the call is refused with Banned
    And nothing changed
    When block 18 is reached
    And Bob registers miner1 on subnet 2
    Then the call is refused with Banned
    And the last block is 19
    When Bob registers miner1 on subnet 2
    Then the call succeeds
    And miner1 is neuron 2 of subnet 2
    And Slashing.Strikes(2, miner1) is 1

  Scenario: Who comes back and offends again is out at once, and pays double
    Given slashing is enabled on subnet 2
      | max_strikes | 1 |
      | ban         | 1 |
    And Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    And Bob registers miner1 on subnet 2
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | another |
      | age | 0       |
    Then event Slashed is emitted
      # 899.99237049 * 2 * 6,554 / 65,535
      | slashed | 180.012207101 alpha |
      | strikes | 2                   |
    And event Banned is emitted
    And miner1 is not registered on subnet 2

  Scenario: During the ban it answers for what was signed before, and the ban begins anew
    Given slashing is enabled on subnet 2
      | max_strikes | 1  |
      | ban         | 10 |
    # Block 10
    And Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    And 2 blocks pass
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job   | another |
      | block | 9       |
    Then event Banned is emitted
      | until | 23 |
    And Slashing.Bans(2, miner1) is 23

  Scenario: A banned hotkey gets no slot by a swap of hotkeys either
    Given slashing is enabled on subnet 2
      | max_strikes | 1 |
    And Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    When Bob calls SubtensorModule.swap_hotkey
      | hotkey     | miner2 |
      | new_hotkey | miner1 |
      | netuid     | none   |
    Then the call is refused with Banned
    And nothing changed

  Scenario: A ban is of one subnet
    Given subnet 3 of Alice with hotkey alice_hot2
    And slashing is enabled on subnet 2
      | max_strikes | 1 |
    And Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    When Bob registers miner1 on subnet 3
    Then the call succeeds

  Scenario: A banned voter loses its place on root
    Given Bob registers miner1 on the root network
    And slashing is enabled on subnet 0
      | max_strikes | 1 |
    And Bob links authority One to miner1
    When Eve reports a double vote of authority One for eve_hot
    Then event Banned is emitted
      | netuid | 0      |
      | hotkey | miner1 |
    And miner1 is not registered on subnet 0
    When Bob registers miner1 on the root network
    Then the call is refused with Banned
    And nothing changed
