Feature: What owners keep from their miners costs their subnet TAO
  If an epoch gives incentive to hotkeys of the subnet's owner, that alpha is withheld: it is burned, or recycled if the
  subnet says so, and paid to nobody. The withheld part of the incentive, MinerBurned, reduces the subnet's part of the
  TAO of the blocks that follow:

    weight of n = moving price of n * (1 - MinerBurned of n)
    TAO of n    = TAO of the block * weight of n / sum of weights

  (section 06, 3.1 and 4.2).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Bob with hotkey bob_hot
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 3
    And these values are stored
      | SubtensorModule.FirstEmissionBlockNumber(1) | none |
      | SubtensorModule.SubnetEmissionEnabled(2)    | true |
      | SubtensorModule.SubnetEmissionEnabled(3)    | true |

  Scenario Outline: The withheld part of the incentive reduces a subnet's part of the TAO
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(2) | <price 2>    |
      | SubtensorModule.SubnetMovingPrice(3) | <price 3>    |
      | SubtensorModule.MinerBurned(2)       | <withheld 2> |
      | SubtensorModule.MinerBurned(3)       | <withheld 3> |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by <tao 2> TAO
    And SubtensorModule.SubnetTAO(3) has grown by <tao 3> TAO

    # 0.5 * 0.5 and 0.25 weigh the same; 0.5 * 0.25 and 0.5 weigh 1 to 4, which in binary is a little less than 0.2 and
    # 0.8; with everything withheld on both the weights are 0, and the moving prices alone count.
    Examples:
      | price 2 | withheld 2 | price 3 | withheld 3 | tao 2       | tao 3       |
      | 0.5     | 0.5        | 0.25    | 0          | 0.5         | 0.5         |
      | 0.5     | 0.75       | 0.5     | 0          | 0.199999999 | 0.799999999 |
      | 0.5     | 0.5        | 0.5     | 0.5        | 0.5         | 0.5         |
      | 0.5     | 1          | 0.25    | 0          | 0           | 1           |
      | 0.75    | 1          | 0.25    | 1          | 0.75        | 0.25        |

  Scenario Outline: Incentive of the owner's hotkeys is not paid but <what>
    Given Alice calls AdminUtils.sudo_set_commit_reveal_weights_enabled as root
      | netuid  | 2     |
      | enabled | false |
    And SubtensorModule.RecycleOrBurn(2) is <what to do>
    And Bob registers validator1 on subnet 2
    And Charlie registers miner1 on subnet 2
    And Bob stakes 100 TAO to validator1 on subnet 2
    And these values are stored
      | SubtensorModule.ValidatorPermit(2)     | [false, true, false] |
      | SubtensorModule.WeightsSetRateLimit(2) | 0                    |
      | SubtensorModule.Tempo(2)               | 50                   |
    And validator1 sets weights on subnet 2
      | alice_hot | 1 |
      | miner1    | 1 |
    # The next epoch is to pay 100 alpha to the miners and 100 alpha to the validators, and the subnet emits no more.
    And these values are stored
      | SubtensorModule.PendingServerEmission(2)      | 100 alpha |
      | SubtensorModule.PendingValidatorEmission(2)   | 100 alpha |
      | SubtensorModule.PendingOwnerCut(2)            | 0 alpha   |
      | SubtensorModule.SubnetAlphaOut(2)             | 500 alpha |
      | SubtensorModule.NetworkRegistrationAllowed(2) | false     |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Incentive(2) is [32,767, 0, 32,767]
    And SubtensorModule.MinerBurned(2) is 0.500000000
    And the stake of Alice on alice_hot in subnet 2 is 0 alpha
    And the stake of Charlie on miner1 in subnet 2 is 50 alpha
    And AlphaAssets.<counter>(2) is 50 alpha
    And SubtensorModule.SubnetAlphaOut(2) is <out> alpha

    Examples:
      | what     | what to do | counter       | out |
      | burned   | Burn       | AlphaBurned   | 500 |
      | recycled | Recycle    | AlphaRecycled | 450 |
