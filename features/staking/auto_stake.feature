Feature: Auto-stake destination
  What a miner earns is staked to the miner's own hotkey, unless its coldkey has named another hotkey of the subnet for
  it (section 05, 3.10; section 06, 4.2).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot

  Scenario: A coldkey names a destination
    When Bob calls SubtensorModule.set_coldkey_auto_stake_hotkey
      | netuid | 2         |
      | hotkey | alice_hot |
    Then the call succeeds
    And SubtensorModule.AutoStakeDestination(Bob, 2) is alice_hot
    And SubtensorModule.AutoStakeDestinationColdkeys(alice_hot, 2) is [Bob]
    And event AutoStakeDestinationSet is emitted
      | coldkey | Bob       |
      | netuid  | 2         |
      | hotkey  | alice_hot |

  Scenario: A new destination takes the place of the old
    Given Bob registers miner1 on subnet 2
    And Bob calls SubtensorModule.set_coldkey_auto_stake_hotkey
      | netuid | 2         |
      | hotkey | alice_hot |
    When Bob calls SubtensorModule.set_coldkey_auto_stake_hotkey
      | netuid | 2      |
      | hotkey | miner1 |
    Then the call succeeds
    And SubtensorModule.AutoStakeDestination(Bob, 2) is miner1
    And SubtensorModule.AutoStakeDestinationColdkeys(alice_hot, 2) is []
    And SubtensorModule.AutoStakeDestinationColdkeys(miner1, 2) is [Bob]

  Scenario: The same destination is not set twice
    Given Bob calls SubtensorModule.set_coldkey_auto_stake_hotkey
      | netuid | 2         |
      | hotkey | alice_hot |
    When Bob calls SubtensorModule.set_coldkey_auto_stake_hotkey
      | netuid | 2         |
      | hotkey | alice_hot |
    Then the call is refused with SameAutoStakeHotkeyAlreadySet
    And nothing changed

  Scenario: The destination must be registered on the subnet
    When Bob calls SubtensorModule.set_coldkey_auto_stake_hotkey
      | netuid | 2      |
      | hotkey | miner1 |
    Then the call is refused with HotKeyNotRegisteredInSubNet
    And nothing changed

  Scenario: There must be a subnet
    When Bob calls SubtensorModule.set_coldkey_auto_stake_hotkey
      | netuid | 7         |
      | hotkey | alice_hot |
    Then the call is refused with SubnetNotExists
    And nothing changed

  Scenario: What a miner earns is staked to the destination
    Given Bob registers miner1 on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0
    And Bob calls SubtensorModule.set_coldkey_auto_stake_hotkey
      | netuid | 2         |
      | hotkey | alice_hot |
    And Alice calls AdminUtils.sudo_set_commit_reveal_weights_enabled
      | netuid  | 2     |
      | enabled | false |
    And Alice stakes 1,000 TAO to alice_hot on subnet 2
    And block 110 is reached
    And alice_hot sets weights on subnet 2
      | miner1 | 1 |
    And these values are stored
      | SubtensorModule.OwnerCutEnabled(2)          | false |
      | SubtensorModule.Tempo(2)                    | 10    |
      | SubtensorModule.LastEpochBlock(2)           | 112   |
      | SubtensorModule.PendingOwnerCut(2)          | 0     |
      | SubtensorModule.PendingServerEmission(2)    | 0     |
      | SubtensorModule.PendingValidatorEmission(2) | 0     |
    # 1 alpha in each of 10 blocks, half of it for the only miner
    When the next epoch of subnet 2 runs
    Then the last block is 122
    And event AutoStakeAdded is emitted
      | netuid      | 2         |
      | destination | alice_hot |
      | hotkey      | miner1    |
      | owner       | Bob       |
      | incentive   | 5 alpha   |
    And the stake of Bob on miner1 in subnet 2 is 0 alpha
    # Alice had 1,000 alpha there, Bob gets 5. The other 5 of the 10 alpha are dividends: 18 % of them, 0.899977111, are
    # staked for Alice, and 4.100022888 shared. Bob has 5 / 1,005.899977111 of 1,009.999999999.
    And the stake of Bob on alice_hot in subnet 2 is 5.020379873 alpha
    And the stake of Alice on alice_hot in subnet 2 is 1,004.979620125 alpha
