Feature: Shares of a hotkey's stake
  What nominators have staked to a hotkey on a subnet is one pot. Each holds shares of it:

    stake of a nominator = pot * shares of the nominator / all shares

  The first nominator gets one share for each alpha; later ones get as many as their alpha is worth at the time.
  Dividends are added to the pot and belong to all by their shares, without any entry being written for each. What is
  less than a rao is cut off and stays in the pot (section 05, 1).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Swap.FeeRate(2) is 0

  Scenario: The first nominator owns the whole pot
    # 2,000 * (1 - 1,000 / 1,250) = 400 alpha, and a share for each of its 400,000,000,000 parts
    When Bob stakes 250 TAO to alice_hot on subnet 2
    Then the stake of Bob on alice_hot in subnet 2 is 400 alpha
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 400 alpha
    And SubtensorModule.AlphaV2(alice_hot, Bob, 2) is 400,000,000,000
    And SubtensorModule.TotalHotkeySharesV2(alice_hot, 2) is 400,000,000,000

  Scenario: A second nominator joins at the worth of a share
    # Charlie buys 1,600 * (1 - 1,250 / 2,500) = 800 alpha.
    Given Bob stakes 250 TAO to alice_hot on subnet 2
    When Charlie stakes 1,250 TAO to alice_hot on subnet 2
    Then the stake of Bob on alice_hot in subnet 2 is 400 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 800 alpha
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 1,200 alpha

  Scenario: Dividends belong to the nominators by their shares
    Given Bob stakes 250 TAO to alice_hot on subnet 2
    And Charlie stakes 1,250 TAO to alice_hot on subnet 2
    # dividends of 120 alpha, of which Bob has a third
    And these values are stored
      | SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) | 1,320 alpha |
      | SubtensorModule.SubnetAlphaOut(2)              | 1,500 alpha |
    Then the stake of Bob on alice_hot in subnet 2 is 440 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 880 alpha

  Scenario: Who joins later has no part in earlier dividends
    Given Bob stakes 250 TAO to alice_hot on subnet 2
    And these values are stored
      | SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) | 440 alpha |
      | SubtensorModule.SubnetAlphaOut(2)              | 500 alpha |
    When Charlie stakes 1,250 TAO to alice_hot on subnet 2
    Then the stake of Bob on alice_hot in subnet 2 is 440 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 800 alpha
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 1,240 alpha

  Scenario: The pot never owes more than it holds
    Given Bob stakes 250 TAO to alice_hot on subnet 2
    And Charlie stakes 1,250 TAO to alice_hot on subnet 2
    # A third of 1,000.000000001 is 333.333333333666..., two thirds are 666.666666667333...
    And these values are stored
      | SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) | 1,000.000000001 alpha |
    Then the stake of Bob on alice_hot in subnet 2 is 333.333333333 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 666.666666667 alpha

  Scenario: The dividends of an epoch are shared
    # Bob buys 400 alpha and Charlie 1,600 * (1 - 1,250 / 2,000) = 600.
    Given Bob stakes 250 TAO to alice_hot on subnet 2
    And Charlie stakes 750 TAO to alice_hot on subnet 2
    And Alice calls SubtensorModule.decrease_take
      | hotkey | alice_hot |
      | take   | 0         |
    And these values are stored
      | SubtensorModule.OwnerCutEnabled(2)          | false |
      | SubtensorModule.Tempo(2)                    | 10    |
      | SubtensorModule.LastEpochBlock(2)           | 8     |
      | SubtensorModule.PendingOwnerCut(2)          | 0     |
      | SubtensorModule.PendingServerEmission(2)    | 0     |
      | SubtensorModule.PendingValidatorEmission(2) | 0     |
    # 1 alpha in each of 10 blocks, none for miners, and all for the only validator
    When the next epoch of subnet 2 runs
    Then the last block is 18
    And the stake of Bob on alice_hot in subnet 2 is 404 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 606 alpha
    And the stake of Alice on alice_hot in subnet 2 is 0 alpha
    And SubtensorModule.AlphaDividendsPerSubnet(2, alice_hot) is 10 alpha

  Scenario: The owner of the hotkey takes 18 % of the dividends first
    Given Bob stakes 250 TAO to alice_hot on subnet 2
    And Charlie stakes 750 TAO to alice_hot on subnet 2
    And these values are stored
      | SubtensorModule.OwnerCutEnabled(2)          | false |
      | SubtensorModule.Tempo(2)                    | 10    |
      | SubtensorModule.LastEpochBlock(2)           | 7     |
      | SubtensorModule.PendingOwnerCut(2)          | 0     |
      | SubtensorModule.PendingServerEmission(2)    | 0     |
      | SubtensorModule.PendingValidatorEmission(2) | 0     |
    When the next epoch of subnet 2 runs
    Then the last block is 17
    # 10 * 11,796 / 65,535 = 1.7999542229 are staked for Alice, then the other 8.2000457770 are shared; both are cut
    # to a rao. Of the 1,009.999999999 alpha in the pot Bob has 400 / 1,001.799954222.
    And SubtensorModule.AlphaDividendsPerSubnet(2, alice_hot) is 8.200045777 alpha
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 1,009.999999999 alpha
    And the stake of Alice on alice_hot in subnet 2 is 1.814687409 alpha
    And the stake of Bob on alice_hot in subnet 2 is 403.274125035 alpha
    And the stake of Charlie on alice_hot in subnet 2 is 604.911187553 alpha
