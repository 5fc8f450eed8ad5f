Feature: Adding stake
  Staking TAO on a subnet buys the subnet's alpha from its pool, at the price of the pool and less a fee of 0.05 %,
  and stakes what was bought to a hotkey. At least 0.002 TAO must be left after the fee; the hotkey must be known to
  the chain, on whatever subnet, and the subnet must have been started (section 05, 2 to 3.3).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2

  Scenario: Staking pays TAO and stakes the alpha bought
    When Bob stakes 10 TAO to alice_hot on subnet 2
    Then the call succeeds
    # the fee is 10 * 33 / 65,535 = 0.005035477; 2,000 * (1 - 1,000 / 1,009.994964523) = 19.792107632
    And the stake of Bob on alice_hot in subnet 2 is 19.792107632 alpha
    And Bob has 999,990 TAO less fees
    And event StakeAdded is emitted
      | 0 | Bob                |
      | 1 | alice_hot          |
      | 2 | 10 TAO             |
      | 3 | 19.792107632 alpha |
      | 4 | 2                  |
      | 5 | 0.005035477 TAO    |
    And SubtensorModule.StakingHotkeys(Bob) is [alice_hot]
    And SubtensorModule.LastColdkeyHotkeyStakeBlock(Bob, alice_hot) is 4

  Scenario: Less than the minimum cannot be staked
    When Bob stakes 12 rao to alice_hot on subnet 2
    Then the call is refused with AmountTooLow
    And nothing changed

  Scenario: There must be a subnet
    When Bob stakes 10 TAO to alice_hot on subnet 7
    Then the call is refused with SubnetNotExists
    And nothing changed

  Scenario: The subnet must have been started
    Given Alice registers a subnet with hotkey alice_hot
    When Bob stakes 10 TAO to alice_hot on subnet 3
    Then the call is refused with SubtokenDisabled
    And nothing changed
    Given Alice starts subnet 3
    When Bob stakes 10 TAO to alice_hot on subnet 3
    Then the call succeeds

  Scenario: There must be a hotkey
    When Bob stakes 10 TAO to nobody on subnet 2
    Then the call is refused with HotKeyAccountNotExists
    And nothing changed

  Scenario: The hotkey need not be registered on the subnet
    Given Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | charlie_hot |
    When Bob stakes 10 TAO to charlie_hot on subnet 2
    Then the call succeeds
    And charlie_hot is not registered on subnet 2
    And the stake of Bob on charlie_hot in subnet 2 is 19.792107632 alpha

  Scenario: More than one has after the transaction fee cannot be staked
    Given Bob owns 10 TAO
    When Bob stakes 10 TAO to alice_hot on subnet 2
    Then the call is refused with NotEnoughBalanceToStake
    And nothing changed

  Scenario: The last 500 rao stay on the account
    # The transaction fee of this call is 0.001849492 TAO, so 10 TAO are left.
    Given Bob owns 10.001849492 TAO
    When Bob stakes 10 TAO to alice_hot on subnet 2
    Then the call succeeds
    And event StakeAdded is emitted
      | 2 | 9.9999995 TAO |
    And Bob has 500 rao

  Scenario: A limit on the price that would be passed refuses the whole call
    When Bob stakes 100 TAO to alice_hot on subnet 2 at no more than 0.51 TAO
    Then the call is refused with SlippageTooHigh
    And nothing changed

  Scenario: Staking with a limit fixes the take of a hotkey that has set none
    # Such a hotkey takes 11,796 / 65,535 = 18 %, and may begin with any take. Bob, who does not own it, makes it a
    # delegate with these 18 %; from then on its take can only be raised above them.
    When Bob stakes 10 TAO to alice_hot on subnet 2 at no more than 1 TAO
    Then the call succeeds
    When Alice calls SubtensorModule.increase_take
      | hotkey | alice_hot |
      | take   | 5,000     |
    Then the call is refused with DelegateTakeTooLow
    And nothing changed

  Scenario: Staking without a limit leaves the take open
    When Bob stakes 10 TAO to alice_hot on subnet 2
    Then the call succeeds
    When Alice calls SubtensorModule.increase_take
      | hotkey | alice_hot |
      | take   | 5,000     |
    Then the call succeeds
    And SubtensorModule.Delegates(alice_hot) is 5,000
