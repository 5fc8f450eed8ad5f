Feature: Childkey take
  A child may keep a part of the dividends that its parents would get: its childkey take, in parts of 65,535, per
  subnet, at most 11,796 (18 %) and at least the larger of the chain's and the subnet's minimum. It can be lowered
  at any time, and raised once in 216,000 blocks, counted from the last change of either kind (section 09, 3.4).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Charlie registers child on subnet 2
    And Alice calls SubtensorModule.sudo_set_tx_childkey_take_rate_limit as root
      | tx_rate_limit | 216,000 |

  Scenario: The owner of a hotkey sets its take
    When Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child  |
      | netuid | 2      |
      | take   | 11,796 |
    Then the call succeeds
    And SubtensorModule.ChildkeyTake(child, 2) is 11,796
    And event ChildKeyTakeSet is emitted
      | 0 | child  |
      | 1 | 11,796 |

  Scenario: Nobody else does
    When Bob calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 6,554 |
    Then the call is refused with NonAssociatedColdKey
    And nothing changed

  Scenario: The take is at most 18 %
    When Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child  |
      | netuid | 2      |
      | take   | 11,797 |
    Then the call is refused with InvalidChildkeyTake
    And nothing changed

  Scenario: The subnet's owner can ask for a minimum
    Given Alice calls AdminUtils.sudo_set_min_childkey_take_per_subnet
      | netuid | 2     |
      | take   | 3,277 |
    When Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 3,276 |
    Then the call is refused with InvalidChildkeyTake
    And nothing changed
    When Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 3,277 |
    Then the call succeeds

  Scenario: A minimum beyond the maximum cannot be asked for
    When Alice calls AdminUtils.sudo_set_min_childkey_take_per_subnet
      | netuid | 2      |
      | take   | 11,797 |
    Then the call is refused with InvalidValue
    And nothing changed

  Scenario: Once set, the take cannot be raised for 216,000 blocks
    Given Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 3,277 |
    When Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 3,278 |
    Then the call is refused with TxChildkeyTakeRateLimitExceeded
    And nothing changed

  Scenario: It can be lowered at once, which counts as a change
    Given Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 6,554 |
    When Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 3,277 |
    Then the call succeeds
    And SubtensorModule.ChildkeyTake(child, 2) is 3,277
    And SubtensorModule.TransactionKeyLastBlock(child, 2, 1) is 6
    When Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 6,554 |
    Then the call is refused with TxChildkeyTakeRateLimitExceeded
    And nothing changed

  Scenario Outline: After the limit it can be raised again: set <ago> blocks before
    # Blocks 1 to 4 are behind us. The limit is 10 blocks here.
    Given Alice calls SubtensorModule.sudo_set_tx_childkey_take_rate_limit as root
      | tx_rate_limit | 10 |
    And Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 3,277 |
    And <between> blocks pass
    When Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child |
      | netuid | 2     |
      | take   | 6,554 |
    Then SubtensorModule.ChildkeyTake(child, 2) is <take>
    And the call <outcome>

    Examples:
      | ago | between | take  | outcome                                         |
      | 9   | 8       | 3,277 | is refused with TxChildkeyTakeRateLimitExceeded |
      | 10  | 9       | 6,554 | succeeds                                        |
