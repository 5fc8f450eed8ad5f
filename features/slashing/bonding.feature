Feature: Stake at risk: bonding
  A coldkey can bond stake on a hotkey. It stays where it is and keeps earning, and cannot leave: by no way of unstaking,
  moving, swapping, transferring, recycling or burning, and with no swap of the hotkey. To get it out the coldkey unbonds
  it; it is then locked, and at risk, for one window more (360 blocks by default), and free after that without another call.
  A refusal uses subtensor's own error for locked stake. After a slash a bond is cut to the stake that is left
  (document SLASHING).

  Bob has 1,000 alpha on miner1, which he owns, and Charlie 400.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob registers miner1 on subnet 2
    And Swap.FeeRate(2) is 0
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Bob stakes 1,000 TAO to miner1 on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Charlie stakes 250 TAO to miner1 on subnet 2
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |
    And slashing is enabled on subnet 2

  Scenario: Bonded stake stays and the rest is free to leave
    When Bob bonds 700 alpha on miner1 in subnet 2
    Then the call succeeds
    And event Bonded is emitted
      | netuid  | 2         |
      | hotkey  | miner1    |
      | coldkey | Bob       |
      | amount  | 700 alpha |
    And Slashing.Bonds(2, miner1, Bob).bonded is 700 alpha
    And the stake of Bob on miner1 in subnet 2 is 1,000 alpha
    When Bob unstakes 300.000000001 alpha from miner1 on subnet 2
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob unstakes 300 alpha from miner1 on subnet 2
    Then the call succeeds
    And the stake of Bob on miner1 in subnet 2 is 700 alpha

  Scenario: No way out is left open
    Given Bob bonds 700 alpha on miner1 in subnet 2
    And Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | other |
    And subnet 3 of Alice with hotkey alice_hot2
    And SubtensorModule.TransferToggle(3) is true
    And a pool of 1,000 TAO and 2,000 alpha on subnet 3
    When Bob calls SubtensorModule.remove_stake
      | hotkey          | miner1    |
      | netuid          | 2         |
      | amount_unstaked | 301 alpha |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.remove_stake_limit
      | hotkey          | miner1    |
      | netuid          | 2         |
      | amount_unstaked | 301 alpha |
      | limit_price     | 1,000     |
      | allow_partial   | true      |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.remove_stake_full_limit
      | hotkey      | miner1 |
      | netuid      | 2      |
      | limit_price | none   |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.move_stake
      | origin_hotkey      | miner1    |
      | destination_hotkey | other     |
      | origin_netuid      | 2         |
      | destination_netuid | 2         |
      | alpha_amount       | 301 alpha |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.move_stake
      | origin_hotkey      | miner1    |
      | destination_hotkey | other     |
      | origin_netuid      | 2         |
      | destination_netuid | 3         |
      | alpha_amount       | 301 alpha |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Eve       |
      | hotkey              | miner1    |
      | origin_netuid       | 2         |
      | destination_netuid  | 2         |
      | alpha_amount        | 301 alpha |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.transfer_stake
      | destination_coldkey | Eve       |
      | hotkey              | miner1    |
      | origin_netuid       | 2         |
      | destination_netuid  | 3         |
      | alpha_amount        | 301 alpha |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.swap_stake
      | hotkey             | miner1    |
      | origin_netuid      | 2         |
      | destination_netuid | 3         |
      | alpha_amount       | 301 alpha |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.swap_stake_limit
      | hotkey             | miner1    |
      | origin_netuid      | 2         |
      | destination_netuid | 3         |
      | alpha_amount       | 301 alpha |
      | limit_price        | 0         |
      | allow_partial      | true      |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.recycle_alpha
      | hotkey | miner1    |
      | amount | 301 alpha |
      | netuid | 2         |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.burn_alpha
      | hotkey | miner1    |
      | amount | 301 alpha |
      | netuid | 2         |
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob calls SubtensorModule.swap_hotkey
      | hotkey     | miner1 |
      | new_hotkey | other  |
      | netuid     | none   |
    Then the call is refused with StakeUnavailable
    And nothing changed

  Scenario: Unstaking everything leaves a subnet with a bond alone
    Given Bob bonds 1 alpha on miner1 in subnet 2
    When Bob unstakes everything from miner1
    Then the call succeeds
    And the stake of Bob on miner1 in subnet 2 is 1,000 alpha

  Scenario: Stake on another hotkey does not stand in for the bond
    Given Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | other |
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Bob stakes 1,000 TAO to other on subnet 2
    And Bob bonds 700 alpha on miner1 in subnet 2
    When Bob unstakes 301 alpha from miner1 on subnet 2
    Then the call is refused with StakeUnavailable
    And nothing changed
    When Bob unstakes 1,000 alpha from other on subnet 2
    Then the call succeeds

  Scenario: A lock of conviction and a bond may hold the same stake
    Given Bob bonds 700 alpha on miner1 in subnet 2
    And Bob calls SubtensorModule.lock_stake
      | hotkey | miner1    |
      | netuid | 2         |
      | amount | 600 alpha |
    When Bob unstakes 300.000000001 alpha from miner1 on subnet 2
    Then the call is refused with StakeUnavailable
    When Bob unstakes 300 alpha from miner1 on subnet 2
    Then the call succeeds

  Scenario: A swap of hotkeys can leave the stake, with its bond, where it is
    Given Bob bonds 700 alpha on miner1 in subnet 2
    When Bob calls SubtensorModule.swap_hotkey_v2
      | hotkey     | miner1 |
      | new_hotkey | other  |
      | netuid     | none   |
      | keep_stake | true   |
    Then the call succeeds
    And the stake of Bob on miner1 in subnet 2 is 1,000 alpha
    And Slashing.Bonds(2, miner1, Bob).bonded is 700 alpha
    And miner1 is not registered on subnet 2

  Scenario: A swap of coldkeys takes the bond along
    Given Bob bonds 700 alpha on miner1 in subnet 2
    When Alice calls SubtensorModule.swap_coldkey as root
      | old_coldkey | Bob    |
      | new_coldkey | Ferdie |
      | swap_cost   | 0 TAO  |
    Then the call succeeds
    And Slashing.Bonds(2, miner1, Ferdie).bonded is 700 alpha
    And nothing is stored at Slashing.Bonds(2, miner1, Bob)
    When Ferdie unstakes 301 alpha from miner1 on subnet 2
    Then the call is refused with StakeUnavailable

  Scenario: A fee is not paid in bonded alpha
    Given Bob bonds 1,000 alpha on miner1 in subnet 2
    And Bob owns 0 TAO
    When Bob unstakes 10 alpha from miner1 on subnet 2
    Then the call is refused with Payment
    And nothing changed

  Scenario: A bond below the minimum of a nomination is not cleared
    Given Charlie bonds 400 alpha on miner1 in subnet 2
    And a pool of 1 TAO and 100,000 alpha on subnet 2
    When Alice calls AdminUtils.sudo_set_nominator_min_required_stake as root
      | min_stake | 100,000,000 |
    Then the call succeeds
    And the stake of Charlie on miner1 in subnet 2 is 400 alpha

  Scenario: What is unbonded is locked for the window, to the block, and free then
    Given slashing is enabled on subnet 2
      | window | 5 |
    And Bob bonds 700 alpha on miner1 in subnet 2
    # Block 13
    When Bob unbonds 500 alpha on miner1 in subnet 2
    Then the call succeeds
    And event Unbonding is emitted
      | netuid  | 2         |
      | hotkey  | miner1    |
      | coldkey | Bob       |
      | amount  | 500 alpha |
      | until   | 18        |
    And Slashing.Bonds(2, miner1, Bob).bonded is 200 alpha
    When block 17 is reached
    And Bob unstakes 301 alpha from miner1 on subnet 2
    Then the call is refused with StakeUnavailable
    And the last block is 18
    When Bob unstakes 800 alpha from miner1 on subnet 2
    Then the call succeeds

  Scenario: Who unbonds is slashed within the window
    Given slashing is enabled on subnet 2
      | window | 5 |
    And Bob bonds 1,000 alpha on miner1 in subnet 2
    And Bob unbonds 1,000 alpha on miner1 in subnet 2
    When Bob unstakes 1,000 alpha from miner1 on subnet 2
    Then the call is refused with StakeUnavailable
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | age | 3 |
    Then the call succeeds
    # 1,400 * 6,554 / 65,535 = 140.010681315
    And the stake of Bob on miner1 in subnet 2 is 899.992370489 alpha
    And Slashing.Bonds(2, miner1, Bob) is {bonded: 0, unbonding: [{amount: 899.992370489 alpha, until: 18}]}

  Scenario: Who has waited for the window is safe, and evidence of that time counts no more
    Given slashing is enabled on subnet 2
      | window | 5 |
    And Bob bonds 1,000 alpha on miner1 in subnet 2
    # Block 13
    And Bob unbonds 1,000 alpha on miner1 in subnet 2
    And block 18 is reached
    When Bob unstakes 1,000 alpha from miner1 on subnet 2
    Then the call succeeds
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | block | 13 |
    Then the call is refused with ReceiptTooOld

  Scenario: A slash cuts bonds to what is left, for good
    Given Charlie bonds 400 alpha on miner1 in subnet 2
    And Bob bonds 300 alpha on miner1 in subnet 2
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    Then the stake of Charlie on miner1 in subnet 2 is 359.996948195 alpha
    And Slashing.Bonds(2, miner1, Charlie).bonded is 359.996948195 alpha
    # The free part of Bob's stake bears his loss.
    And Slashing.Bonds(2, miner1, Bob).bonded is 300 alpha
    When Charlie stakes 100 TAO to miner1 on subnet 2
    Then Slashing.Bonds(2, miner1, Charlie).bonded is 359.996948195 alpha

  Scenario: A slash to nothing leaves no bond
    Given slashing is enabled on subnet 2
      | contradiction | 65535 |
    And Charlie bonds 400 alpha on miner1 in subnet 2
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    Then the stake of Charlie on miner1 in subnet 2 is 0 alpha
    And nothing is stored at Slashing.Bonds(2, miner1, Charlie)

  Scenario: Bonded stake earns as before
    Given Bob bonds 1,000 alpha on miner1 in subnet 2
    And SubtensorModule.PendingValidatorEmission(2) is 0 alpha
    And SubtensorModule.TotalHotkeyAlpha(miner1, 2) is 1,540 alpha
    # 140 alpha of dividends more, ten for each hundred
    When 1 block passes
    Then the stake of Bob on miner1 in subnet 2 is 1,100 alpha
    When Bob unstakes 100 alpha from miner1 on subnet 2
    Then the call succeeds

  Scenario Outline: What cannot be bonded
    Given Bob bonds 700 alpha on miner1 in subnet 2
    And subnet 3 of Alice with hotkey alice_hot2
    When Bob bonds <amount> on miner1 in subnet <netuid>
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | amount              | netuid | error              |
      | 0 alpha             | 2      | ZeroAmount         |
      | 300.000000001 alpha | 2      | BondAboveFreeStake |
      | 1 alpha             | 3      | NotEnabled         |
      | 1 alpha             | 9      | NotEnabled         |

  Scenario Outline: What cannot be unbonded
    Given Bob bonds 700 alpha on miner1 in subnet 2
    When <who> unbonds <amount> on miner1 in subnet 2
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | who     | amount              | error           |
      | Bob     | 0 alpha             | ZeroAmount      |
      | Bob     | 700.000000001 alpha | UnbondAboveBond |
      | Charlie | 1 alpha             | UnbondAboveBond |

  Scenario: No more than 32 amounts are on their way out at a time
    Given Bob bonds 700 alpha on miner1 in subnet 2
    And Slashing.Bonds(2, miner1, Bob) is {bonded: 668, unbonding: [{amount: 1, until: 901}, {amount: 1, until: 902}, {amount: 1, until: 903}, {amount: 1, until: 904}, {amount: 1, until: 905}, {amount: 1, until: 906}, {amount: 1, until: 907}, {amount: 1, until: 908}, {amount: 1, until: 909}, {amount: 1, until: 910}, {amount: 1, until: 911}, {amount: 1, until: 912}, {amount: 1, until: 913}, {amount: 1, until: 914}, {amount: 1, until: 915}, {amount: 1, until: 916}, {amount: 1, until: 917}, {amount: 1, until: 918}, {amount: 1, until: 919}, {amount: 1, until: 920}, {amount: 1, until: 921}, {amount: 1, until: 922}, {amount: 1, until: 923}, {amount: 1, until: 924}, {amount: 1, until: 925}, {amount: 1, until: 926}, {amount: 1, until: 927}, {amount: 1, until: 928}, {amount: 1, until: 929}, {amount: 1, until: 930}, {amount: 1, until: 931}, {amount: 1, until: 932}]}
    When Bob unbonds 1 rao on miner1 in subnet 2
    Then the call is refused with TooManyUnbondings
    And nothing changed
