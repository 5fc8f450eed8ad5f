Feature: Slashing, third meaning: a contradiction
  From here on slashing means that stake is taken, on evidence that the chain itself can check. This is ours alone, and off
  by default on every subnet (document SLASHING).

  A miner signs a receipt for each answer: job, model, request, response, block. Two of its receipts with one job, one model
  and one request but two responses contradict each other. Whoever has both can report it. With V the whole stake on the
  hotkey, every holder's included, and k strikes before,

    the fraction is   f = min(65,535, 6,554 * 2^k) parts of 65,535, a tenth the first time
    all lose          S = floor(V * f / 65,535), each in proportion
    the reporter gets R = floor(S * 6,554 / 65,535) as stake, if it has no stake on the hotkey and does not own it
    and is burned     S - R

  In these scenarios miner1 of Bob has 1,000 alpha of Bob, 400 of Charlie and 200 of Dave; Eve has no stake.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob registers miner1 on subnet 2
    And Swap.FeeRate(2) is 0
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Bob stakes 1,000 TAO to miner1 on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Charlie stakes 250 TAO to miner1 on subnet 2
    And a pool of 900 TAO and 2,000 alpha on subnet 2
    And Dave stakes 100 TAO to miner1 on subnet 2
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |

  Scenario: Everybody's stake on the offender is cut, the reporter is rewarded and the rest is burned
    Given slashing is enabled on subnet 2
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    Then the call succeeds
    # 1,600 * 6,554 / 65,535 = 160.012207217, of that again 6,554 / 65,535 for the reporter
    And event Slashed is emitted
      | netuid   | 2                   |
      | hotkey   | miner1              |
      | offence  | Contradiction       |
      | slashed  | 160.012207217 alpha |
      | rewarded | 16.002441536 alpha  |
      | burned   | 144.009765681 alpha |
      | reporter | Eve                 |
      | strikes  | 1                   |
    And the stake of Bob on miner1 in subnet 2 is 899.992370489 alpha
    And the stake of Charlie on miner1 in subnet 2 is 359.996948195 alpha
    And the stake of Dave on miner1 in subnet 2 is 179.998474097 alpha
    And the stake of Eve on eve_hot in subnet 2 is 16.002441536 alpha
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(miner1, 2) | 1,439.987792783 alpha |
      | AlphaAssets.AlphaRecycled(2)                | 144.009765681 alpha   |
      | Slashing.Strikes(2, miner1)                 | 1                     |
    # 1 alpha is emitted in each block
    And SubtensorModule.SubnetAlphaOut(2) has fallen by 143.009765681 alpha
    And the pool of subnet 2 holds 1,000 TAO and 1,800 alpha
    And SubtensorModule.TotalStake has grown by 0 TAO

  Scenario: Each strike doubles the fraction, up to everything
    Given slashing is enabled on subnet 2
      | max_strikes | 100 |
    And Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | first |
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | second |
    Then the call succeeds
    And event Slashed is emitted
      | slashed  | 288.019531361 alpha |
      | rewarded | 28.804150584 alpha  |
      | burned   | 259.215380777 alpha |
      | strikes  | 2                   |
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | third |
    Then event Slashed is emitted
      | slashed  | 460.822460386 alpha |
      | rewarded | 46.085761888 alpha  |
      | strikes  | 3                   |
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | fourth |
    Then event Slashed is emitted
      | slashed  | 552.958825664 alpha |
      | strikes  | 4                   |
    And the stake of Bob on miner1 in subnet 2 is 86.366859607 alpha
    # 6,554 * 2^4 is more than the whole.
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | fifth |
    Then event Slashed is emitted
      | slashed  | 138.186975372 alpha |
      | strikes  | 5                   |
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(miner1, 2) | 0 alpha |
      | Slashing.Strikes(2, miner1)                 | 5       |
    And the stake of Bob on miner1 in subnet 2 is 0 alpha
    And nothing is stored at SubtensorModule.TotalHotkeySharesV2(miner1, 2)
    # Nothing can be taken any more; the strike counts all the same.
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | sixth |
    Then event Slashed is emitted
      | slashed  | 0 alpha |
      | strikes  | 6       |
    # And who stakes to the hotkey now has what was staked, and nobody a part of it.
    When Charlie stakes 100 TAO to miner1 on subnet 2
    Then the call succeeds
    And the stake of Bob on miner1 in subnet 2 is 0 alpha
    # 1,800 * (1 - 1,000 / 1,100)
    And the stake of Charlie on miner1 in subnet 2 is 163.636363636 alpha

  Scenario: The owner who reports its own hotkey earns nothing
    Given slashing is enabled on subnet 2
    When Bob reports a contradiction of miner1 on subnet 2 for alice_hot
    Then event Slashed is emitted
      | slashed  | 160.012207217 alpha |
      | rewarded | 0 alpha             |
      | burned   | 160.012207217 alpha |
      | reporter | Bob                 |
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha

  Scenario: A nominator who reports earns nothing, and loses like the others
    Given slashing is enabled on subnet 2
    When Dave reports a contradiction of miner1 on subnet 2 for alice_hot
    Then event Slashed is emitted
      | rewarded | 0 alpha             |
      | burned   | 160.012207217 alpha |
      | reporter | Dave                |
    And the stake of Dave on miner1 in subnet 2 is 179.998474097 alpha
    And the stake of Dave on alice_hot in subnet 2 is 0 alpha

  Scenario: The reward can be staked to the offender itself
    Given slashing is enabled on subnet 2
    When Eve reports a contradiction of miner1 on subnet 2 for miner1
    Then the stake of Eve on miner1 in subnet 2 is 16.002441535 alpha
    And the stake of Bob on miner1 in subnet 2 is 899.992370489 alpha
    And SubtensorModule.TotalHotkeyAlpha(miner1, 2) is 1,455.990234319 alpha

  Scenario: A reward for a hotkey that nobody owns is refused
    Given slashing is enabled on subnet 2
    When Eve reports a contradiction of miner1 on subnet 2 for nobody
    Then the call is refused with RewardNotAccepted
    And nothing changed

  Scenario: Where slashing is off nothing can be reported
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    Then the call is refused with NotEnabled
    And nothing changed

  Scenario: The same offence is punished once
    Given slashing is enabled on subnet 2
    And Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    # Even with another pair of receipts: the job decides.
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | second response | a third |
    Then the call is refused with AlreadyReported
    And nothing changed

  Scenario: Evidence counts for a window, and not a block longer
    Given slashing is enabled on subnet 2
      | window | 3 |
    And 5 blocks pass
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | second age | 4 |
    Then the call is refused with ReceiptTooOld
    And nothing changed
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | second age | 3 |
    Then the call succeeds

  Scenario Outline: What is no evidence
    Given slashing is enabled on subnet 2
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | <what> | <how> |
    Then the call is refused with <error>
    And nothing changed

    # Bob registered miner1 in block 3, and the chain has a genesis of its own.
    Examples:
      | what             | how           | error               |
      | second block     | 1,000         | ReceiptFromFuture   |
      | second signer    | Bob           | BadSignature        |
      | signer           | eve_hot       | BadSignature        |
      | second response  | one           | ReceiptsAgree       |
      | second job       | another job   | UnrelatedReceipts   |
      | second model     | another model | UnrelatedReceipts   |
      | second request   | another       | UnrelatedReceipts   |
      | second hotkey    | alice_hot     | UnrelatedReceipts   |
      | second netuid    | 1             | NotEnabled          |
      | second genesis   | another chain | ReceiptOfOtherChain |
      | block            | 2             | NotRegistered       |
      | hotkey           | stranger      | NotRegistered       |

  Scenario: A child key does not answer for its parent's stake
    Given slashing is enabled on subnet 2
    And Bob registers child on subnet 2
    And SubtensorModule.ChildKeys(miner1, 2) is [(9,223,372,036,854,775,807, child)]
    And SubtensorModule.ParentKeys(child, 2) is [(9,223,372,036,854,775,807, miner1)]
    # The child has no stake of its own: there is nothing to take, and the parent's stays.
    When Eve reports a contradiction of child on subnet 2 for eve_hot
    Then event Slashed is emitted
      | slashed | 0 alpha |
      | strikes | 1       |
    And SubtensorModule.TotalHotkeyAlpha(miner1, 2) is 1,600 alpha
    # The parent answers for itself with its own stake, and stays a parent.
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    Then SubtensorModule.TotalHotkeyAlpha(miner1, 2) is 1,439.987792783 alpha
    And SubtensorModule.ChildKeys(miner1, 2) is [(9,223,372,036,854,775,807, child)]

  Scenario: A lock of conviction is cut to the stake that is left
    Given slashing is enabled on subnet 2
    And Charlie calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Charlie calls SubtensorModule.lock_stake
      | hotkey | miner1    |
      | netuid | 2         |
      | amount | 380 alpha |
    And Bob calls SubtensorModule.set_perpetual_lock
      | netuid  | 2    |
      | enabled | true |
    And Bob calls SubtensorModule.lock_stake
      | hotkey | miner1    |
      | netuid | 2         |
      | amount | 800 alpha |
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    Then the call succeeds
    # Charlie has less left than was locked, Bob more.
    And these values hold
      | SubtensorModule.Lock(Charlie, 2, miner1).locked_mass | 359.996948195 alpha   |
      | SubtensorModule.Lock(Bob, 2, miner1).locked_mass     | 800 alpha             |
      | SubtensorModule.HotkeyLock(2, miner1).locked_mass    | 1,159.996948195 alpha |
