Feature: What a block mints
  Every block mints TAO. How much depends on how much has been issued, not on the number of the block: 1 TAO until half
  of the 21,000,000 TAO are issued, then half as much until half of the rest are issued, and so on:

    issuance < 21,000,000 * (1 - 1 / 2)    1 TAO a block
    issuance < 21,000,000 * (1 - 1 / 4)    1 / 2 TAO a block
    issuance < 21,000,000 * (1 - 1 / 8)    1 / 4 TAO a block, ...

  The n-th halving is at 21,000,000 * (1 - 1 / 2^n), and 10^9 / 2^n is cut to whole rao (section 06, 1). The alpha of a
  subnet has the same cap and the same schedule, by the alpha of that subnet that has been issued.

  In these scenarios one subnet alone has emission, so all that is minted goes to it.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And these values are stored
      | SubtensorModule.FirstEmissionBlockNumber(1) | none |
      | SubtensorModule.SubnetEmissionEnabled(2)    | true |
      | SubtensorModule.SubnetMovingPrice(2)        | 0.5  |

  Scenario Outline: The emission halves when half of what is left has been issued
    Given SubtensorModule.TotalIssuance is <issuance> TAO
    When 1 block passes
    Then SubtensorModule.TotalIssuance has grown by <minted> TAO
    And Balances.TotalIssuance has grown by <minted> TAO
    And System.Account(subnet_account_2).data.free has grown by <minted> TAO

    Examples: before and at each of the first ten halvings
      | issuance                 | minted      |
      | 0                        | 1           |
      | 10,499,999.999999999     | 1           |
      | 10,500,000               | 0.5         |
      | 15,749,999.999999999     | 0.5         |
      | 15,750,000               | 0.25        |
      | 18,374,999.999999999     | 0.25        |
      | 18,375,000               | 0.125       |
      | 19,687,499.999999999     | 0.125       |
      | 19,687,500               | 0.0625      |
      | 20,343,749.999999999     | 0.0625      |
      | 20,343,750               | 0.03125     |
      | 20,671,874.999999999     | 0.03125     |
      | 20,671,875               | 0.015625    |
      | 20,835,937.499999999     | 0.015625    |
      | 20,835,937.5             | 0.0078125   |
      | 20,917,968.749999999     | 0.0078125   |
      | 20,917,968.75            | 0.00390625  |
      | 20,958,984.374999999     | 0.00390625  |
      | 20,958,984.375           | 0.001953125 |
      | 20,979,492.187499999     | 0.001953125 |
      | 20,979,492.1875          | 0.000976562 |

    # 10^9 / 2^19 = 1,907.3 rao and 10^9 / 2^20 = 953.7 rao; 10^9 / 2^28 = 3.7, 10^9 / 2^29 = 1.9 and 10^9 / 2^30 = 0.9
    # rao. From the 30th halving on nothing is minted: 0.019557774 TAO of the 21,000,000 are never issued.
    Examples: before and at the last halvings
      | issuance              | minted      |
      | 20,999,979.972839355  | 0.000001907 |
      | 20,999,979.972839356  | 0.000000953 |
      | 20,999,999.960884451  | 0.000000003 |
      | 20,999,999.960884452  | 0.000000001 |
      | 20,999,999.980442225  | 0.000000001 |
      | 20,999,999.980442226  | 0           |
      | 20,999,999.999999999  | 0           |
      | 21,000,000            | 0           |

  Scenario: The block that passes a halving still mints the whole emission
    Given SubtensorModule.TotalIssuance is 10,499,999.5 TAO
    When 1 block passes
    Then SubtensorModule.TotalIssuance is 10,500,000.5 TAO
    When 1 block passes
    Then SubtensorModule.TotalIssuance is 10,500,001 TAO

  Scenario Outline: The alpha of a subnet halves by the alpha issued, in the pool and out of it
    Given these values are stored
      | SubtensorModule.SubnetAlphaIn(2)         | 2,000 alpha  |
      | SubtensorModule.SubnetAlphaOut(2)        | <out> alpha  |
      | SubtensorModule.SubnetEmissionEnabled(2) | false        |
    When 1 block passes
    Then SubtensorModule.SubnetAlphaOut(2) has grown by <minted> alpha
    And SubtensorModule.SubnetAlphaOutEmission(2) is <minted> alpha
    And AlphaAssets.TotalAlphaIssuance(2) has grown by <minted> alpha

    Examples:
      | out                   | minted   |
      | 10                    | 1        |
      | 10,497,999.999999999  | 1        |
      | 10,498,000            | 0.5      |
      | 15,747,999.999999999  | 0.5      |
      | 15,748,000            | 0.25     |
      | 18,372,999.999999999  | 0.25     |
      | 18,373,000            | 0.125    |
      | 20,998,000            | 0        |

  Scenario: TAO and the alpha of each subnet halve independently of each other
    Given subnet 3 of Bob with hotkey bob_hot
    And these values are stored
      | SubtensorModule.TotalIssuance     | 15,750,000 TAO   |
      | SubtensorModule.SubnetAlphaIn(2)  | 2,000 alpha      |
      | SubtensorModule.SubnetAlphaOut(2) | 10,498,000 alpha |
      | SubtensorModule.SubnetAlphaOut(3) | 10 alpha         |
    When 1 block passes
    Then SubtensorModule.TotalIssuance has grown by 0.25 TAO
    And SubtensorModule.SubnetAlphaOutEmission(2) is 0.5 alpha
    And SubtensorModule.SubnetAlphaOutEmission(3) is 1 alpha

  Scenario: BlockEmission tells the last emission looked up, which is that of a subnet's alpha
    Given these values are stored
      | SubtensorModule.TotalIssuance     | 15,750,000 TAO   |
      | SubtensorModule.SubnetAlphaIn(2)  | 2,000 alpha      |
      | SubtensorModule.SubnetAlphaOut(2) | 10,498,000 alpha |
    When 1 block passes
    Then SubtensorModule.BlockEmission is 0.5 TAO
