Feature: How TAO reaches a pool
  The TAO of a subnet is put into its pool together with alpha, at the price of the pool, so that the price stays. But
  in one block no more alpha is put in than the alpha of the block times the root proportion, which is the TAO staked on
  root, times the TAO weight, divided by the same plus the alpha issued:

    root proportion = TAO on root * TAO weight / (TAO on root * TAO weight + alpha issued)
    alpha put in    = the smaller of TAO of the subnet / price and alpha of the block * root proportion
    TAO put in      = alpha put in * price

  With what is left of the subnet's TAO the chain buys alpha from the pool, without a fee. That alpha belongs to nobody
  (section 06, 3.3 and 3.4). Here a TAO on root weighs as much as an alpha: the TAO weight is 1.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And SubtensorModule.TaoWeight is 18,446,744,073,709,551,615
    And SubtensorModule.FirstEmissionBlockNumber(1) is none
    And SubtensorModule.SubnetEmissionEnabled(2) is true

  Scenario Outline: The dearer the alpha, the less of it comes with the TAO
    # The root proportion is 1,000 / (1,000 + 1,000), so at most 0.5 alpha are put in.
    Given Bob stakes 1,000 TAO to alice_hot on subnet 0
    And a pool of <tao> TAO and 500 alpha on subnet 2
    And these values are stored
      | SubtensorModule.SubnetAlphaOut(2)    | 500 alpha |
      | SubtensorModule.SubnetMovingPrice(2) | 0.5       |
    When 1 block passes
    Then SubtensorModule.SubnetAlphaInEmission(2) is <alpha in> alpha
    And SubtensorModule.SubnetTaoInEmission(2) is <tao in> TAO
    And SubtensorModule.SubnetExcessTao(2) is <excess> TAO
    And SubtensorModule.SubnetTAO(2) has grown by 1 TAO
    And SubtensorModule.TotalStake has grown by 1 TAO

    Examples: prices of 0.5, 1, 2 and 4 TAO
      | tao   | alpha in | tao in | excess |
      | 250   | 0.5      | 0.25   | 0.75   |
      | 500   | 0.5      | 0.5    | 0.5    |
      | 1,000 | 0.5      | 1      | 0      |
      | 2,000 | 0.25     | 1      | 0      |

  Scenario Outline: The more TAO is on root, the more of the TAO is put in and the less buys alpha
    # Of 7,000 TAO on root and 1,000 alpha issued the root proportion is 7,000 / 8,000.
    Given Bob stakes <root> TAO to alice_hot on subnet 0
    And a pool of 500 TAO and 500 alpha on subnet 2
    And these values are stored
      | SubtensorModule.SubnetAlphaOut(2)    | 500 alpha |
      | SubtensorModule.SubnetMovingPrice(2) | 0.5       |
    When 1 block passes
    Then SubtensorModule.SubnetAlphaInEmission(2) is <put in> alpha
    And SubtensorModule.SubnetTaoInEmission(2) is <put in> TAO
    And SubtensorModule.SubnetExcessTao(2) is <excess> TAO

    # 1 / 3 and 2 / 3 are cut to 0.333333333 and 0.666666666, the last rao is not issued.
    Examples:
      | root  | put in      | excess      |
      | 500   | 0.333333333 | 0.666666666 |
      | 1,000 | 0.5         | 0.5         |
      | 3,000 | 0.75        | 0.25        |
      | 7,000 | 0.875       | 0.125       |

  Scenario: Without TAO on root all TAO buys alpha
    Given a pool of 500 TAO and 500 alpha on subnet 2
    And SubtensorModule.SubnetMovingPrice(2) is 0.5
    When 1 block passes
    # 500 * (1 - 500 / 501) = 0.998003992 alpha leave the pool.
    Then the pool of subnet 2 holds 501 TAO and 499.001996008 alpha
    And SubtensorModule.SubnetAlphaInEmission(2) is 0 alpha
    And SubtensorModule.SubnetTaoInEmission(2) is 0 TAO
    And SubtensorModule.SubnetExcessTao(2) is 1 TAO
    And SubtensorModule.SubnetProtocolAlpha(2) is 0.998003992 alpha
    And SubtensorModule.SubnetProtocolFlow(2) is 1 TAO

  Scenario: The alpha that the chain buys belongs to nobody
    Given Bob stakes 1,000 TAO to alice_hot on subnet 0
    And a pool of 500 TAO and 500 alpha on subnet 2
    And these values are stored
      | SubtensorModule.SubnetAlphaOut(2)    | 500 alpha |
      | SubtensorModule.SubnetMovingPrice(2) | 0.5       |
    When 1 block passes
    # 500 * (1 - 500 / 500.5) = 0.499500499 alpha are bought first, then 0.5 TAO and 0.5 alpha are put in.
    Then the pool of subnet 2 holds 501 TAO and 500.000499501 alpha
    And SubtensorModule.SubnetProtocolAlpha(2) is 0.499500499 alpha
    And SubtensorModule.SubnetVolume(2) has grown by 0.5 TAO
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 0 alpha

  Scenario: What is put in does not move the price, what is bought with raises it
    Given Bob stakes 1,000 TAO to alice_hot on subnet 0
    And a pool of 1,000 TAO and 500 alpha on subnet 2
    And these values are stored
      | SubtensorModule.SubnetAlphaOut(2)    | 500 alpha |
      | SubtensorModule.SubnetMovingPrice(2) | 0.5       |
    When 1 block passes
    Then the pool of subnet 2 holds 1,001 TAO and 500.5 alpha
    And the price of subnet 2 is 2 TAO
    Given a pool of 500 TAO and 500 alpha on subnet 2
    And SubtensorModule.SubnetAlphaOut(2) is 500 alpha
    And SubtensorModule.TaoWeight is 0
    And a pool of 500 TAO and 500 alpha on subnet 2
    When 1 block passes
    # 501 / 499.001996008 = 1.004004
    Then the price of subnet 2 is 1.004004 TAO

  Scenario: Without alpha in the pool there is no price, and all TAO is put in without any alpha
    Given Bob stakes 1,000 TAO to alice_hot on subnet 0
    And these values are stored
      | SubtensorModule.SubnetAlphaIn(2)     | 0 alpha   |
      | SubtensorModule.SubnetMovingPrice(2) | 0.5       |
    When 1 block passes
    Then SubtensorModule.SubnetTaoInEmission(2) is 1 TAO
    And SubtensorModule.SubnetExcessTao(2) is 0 TAO
    And SubtensorModule.SubnetTAO(2) has grown by 1 TAO
    And SubtensorModule.SubnetAlphaIn(2) is 0 alpha
