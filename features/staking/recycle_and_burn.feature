Feature: Recycling and burning alpha
  Who recycles alpha gives it back: there is less of it in the world, and it may be emitted again. Who burns alpha
  destroys it: it stays counted as outstanding, but belongs to nobody. Neither moves the price. add_stake_burn buys
  alpha and burns it in one call (section 05, 3.9).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0
    # 1,000 alpha, at a price of 2
    And Bob stakes 1,000 TAO to alice_hot on subnet 2

  Scenario: Recycled alpha is no longer outstanding
    When Bob calls SubtensorModule.recycle_alpha
      | hotkey | alice_hot |
      | amount | 250 alpha |
      | netuid | 2         |
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 750 alpha
    # 1 alpha is emitted in each block
    And SubtensorModule.SubnetAlphaOut(2) has fallen by 249 alpha
    And AlphaAssets.AlphaRecycled(2) is 250 alpha
    And the pool of subnet 2 holds 2,000 TAO and 1,000 alpha
    And event AlphaRecycled is emitted
      | 0 | Bob       |
      | 1 | alice_hot |
      | 2 | 250 alpha |
      | 3 | 2         |

  Scenario: Burned alpha stays outstanding
    When Bob calls SubtensorModule.burn_alpha
      | hotkey | alice_hot |
      | amount | 250 alpha |
      | netuid | 2         |
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 750 alpha
    And SubtensorModule.SubnetAlphaOut(2) has grown by 1 alpha
    And AlphaAssets.AlphaBurned(2) is 250 alpha
    And the pool of subnet 2 holds 2,000 TAO and 1,000 alpha
    And event AlphaBurned is emitted
      | 0 | Bob       |
      | 1 | alice_hot |
      | 2 | 250 alpha |
      | 3 | 2         |

  Scenario Outline: Who asks for more than the stake loses the stake
    When Bob calls SubtensorModule.<call>
      | hotkey | alice_hot   |
      | amount | 5,000 alpha |
      | netuid | 2           |
    Then the call succeeds
    And the stake of Bob on alice_hot in subnet 2 is 0 alpha
    And AlphaAssets.<counter>(2) is 1,000 alpha

    Examples:
      | call          | counter       |
      | recycle_alpha | AlphaRecycled                   |
      | burn_alpha    | AlphaBurned                     |

  Scenario Outline: What cannot be recycled or burned
    Given Alice registers a subnet with hotkey alice_hot
    When Bob calls SubtensorModule.<call>
      | hotkey | <hotkey> |
      | amount | 10 alpha |
      | netuid | <netuid> |
    Then the call is refused with <error>
    And nothing changed

    # subnet 3 has not been started
    Examples:
      | call          | hotkey    | netuid | error                           |
      | recycle_alpha | alice_hot | 0      | CannotBurnOrRecycleOnRootSubnet |
      | burn_alpha    | alice_hot | 0      | CannotBurnOrRecycleOnRootSubnet |
      | recycle_alpha | alice_hot | 3      | SubtokenDisabled                |
      | burn_alpha    | alice_hot | 3      | SubtokenDisabled                |
      | recycle_alpha | alice_hot | 7      | SubnetNotExists                 |
      | burn_alpha    | alice_hot | 7      | SubnetNotExists                 |
      | recycle_alpha | nobody    | 2      | HotKeyAccountNotExists          |
      | burn_alpha    | nobody    | 2      | HotKeyAccountNotExists          |

  Scenario: Alpha is bought and burned in one call
    Given a pool of 1,000 TAO and 2,000 alpha on subnet 2
    When Charlie calls SubtensorModule.add_stake_burn
      | hotkey | alice_hot |
      | netuid | 2         |
      | amount | 250 TAO   |
      | limit  | none      |
    Then the call succeeds
    # 2,000 * (1 - 1,000 / 1,250) = 400; unlike burning alone, this raises the price
    And Charlie has 999,750 TAO less fees
    And the stake of Charlie on alice_hot in subnet 2 is 0 alpha
    And AlphaAssets.AlphaBurned(2) is 400 alpha
    And the pool of subnet 2 holds 1,250 TAO and 1,600 alpha
    And event AddStakeBurn is emitted
      | netuid | 2         |
      | hotkey | alice_hot |
      | amount | 250 TAO   |
      | alpha  | 400 alpha |

  Scenario: Alpha is bought and burned within a limit or not at all
    Given a pool of 1,000 TAO and 2,000 alpha on subnet 2
    When Charlie calls SubtensorModule.add_stake_burn
      | hotkey | alice_hot         |
      | netuid | 2                 |
      | amount | 250.000000001 TAO |
      | limit  | 0.78125 TAO       |
    Then the call is refused with SlippageTooHigh
    And nothing changed
    When Charlie calls SubtensorModule.add_stake_burn
      | hotkey | alice_hot   |
      | netuid | 2           |
      | amount | 250 TAO     |
      | limit  | 0.78125 TAO |
    Then the call succeeds
    And AlphaAssets.AlphaBurned(2) is 400 alpha
