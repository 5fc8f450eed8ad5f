Feature: Transaction fees
  Every call costs its signer a fee in TAO, for the weight and the length of the call, whether it succeeds or not; all
  of it goes to the author of the block. Calls of root are free, and so are some calls of miners and validators. Who
  has no TAO for a call that unstakes, moves, recycles or burns stake pays with the alpha concerned, at the price of
  the pool (section 10, 3).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | Swap.FeeRate(2) | 0 |
      | Swap.FeeRate(3) | 0 |

  Scenario: A call that fails costs its fee, too
    When Bob stakes 10 TAO to nobody on subnet 2
    Then the call is refused with HotKeyAccountNotExists
    And nothing changed
    And event TransactionPayment.TransactionFeePaid is emitted
      | who | Bob |
      | tip | 0   |

  Scenario: Calls of root are free
    When Alice calls AdminUtils.sudo_set_tempo as root
      | netuid | 2  |
      | tempo  | 20 |
    Then the call succeeds
    And System.Account(Alice).data.free has grown by 0 TAO

  Scenario: Changing the take is free
    Given Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | bob_hot |
    And Bob owns 5 TAO
    When Bob calls SubtensorModule.decrease_take
      | hotkey | bob_hot |
      | take   | 6,553   |
    Then the call succeeds
    And Bob has 5 TAO

  Scenario: Who has no TAO pays with the alpha that is unstaked
    # 1,000 alpha, at a price of 2
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And Bob owns 500 rao
    # The fee of this call is 0.001602059 TAO, or half as much alpha: 0.000801029. They are sold for the author before
    # anything else: 2,000 * (1 - 1,000 / 1,000.000801029) = 0.001602056 TAO.
    When Bob unstakes 250 alpha from alice_hot on subnet 2
    Then the call succeeds
    And event TransactionFeePaidWithAlpha is emitted
      | who        | Bob               |
      | netuid     | 2                 |
      | alpha_fee  | 0.000801029 alpha |
      | tao_amount | 0.001602056 TAO   |
    # 1,999.998397944 * (1 - 1,000.000801029 / 1,250.000801029) = 399.999423259
    And the stake of Bob on alice_hot in subnet 2 is 749.999198971 alpha
    And Bob has 399.999423759 TAO

  Scenario: Who pays with alpha can unstake only what is left of it
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And Bob owns 500 rao
    When Bob unstakes 1,000 alpha from alice_hot on subnet 2
    # 1,999.998397944 * (1 - 1,000.000801029 / 2,000) = 999.998397943
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha
    And Bob has 999.998398443 TAO

  Scenario: Other calls are not paid with alpha
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And Bob owns 500 rao
    When Bob calls SubtensorModule.lock_stake
      | hotkey | alice_hot |
      | netuid | 2         |
      | amount | 10 alpha  |
    Then the call is refused with Payment
    And nothing changed

  Scenario: Who has neither TAO nor alpha cannot pay
    Given Bob owns 500 rao
    When Bob unstakes 250 alpha from alice_hot on subnet 2
    Then the call is refused with Payment
    And nothing changed

  Scenario: With stake on two subnets, unstaking everything cannot be paid with alpha
    Given Bob stakes 1,000 TAO to alice_hot on subnet 2
    And Bob stakes 1,000 TAO to alice_hot on subnet 3
    And Bob owns 500 rao
    When Bob unstakes everything from alice_hot
    Then the call is refused with Payment
    And nothing changed
