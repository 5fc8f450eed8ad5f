Feature: Inherited stake
  What a parent lends counts as stake of the child, on that subnet, and no longer as the parent's:

    stake weight = own stake - lent to children + lent by parents

  of alpha, and of root stake times the weight of TAO (section 06, 6). The stake itself stays where it is, and stays the
  parent's. The child's dividends are shared by what its stake is made of: each parent gets its part, of which the
  child keeps its childkey take, unless both belong to one coldkey (section 06, 4.1).

    parent's part = dividend * lent by the parent / stake weight of the child

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: child)      |
      | Alice   | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Alice   | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Bob     | SubtensorModule.try_associate_hotkey(hotkey: parent)           |
    And a pool of 15 TAO and 200 alpha on subnet 2
    # No fees and no owner's cut, so that the numbers are round. And as if an epoch had just run, in block 5: the next
    # one, in block 25, shares out 20 alpha, half of it to validators. miner1 is the owner's and is paid nothing.
    And these values are stored
      | Swap.FeeRate(2)                               | 0                          |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                      |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                          |
      | SubtensorModule.OwnerCutEnabled(2)            | false                      |
      | SubtensorModule.PendingOwnerCut(2)            | 0 alpha                    |
      | SubtensorModule.PendingServerEmission(2)      | 0 alpha                    |
      | SubtensorModule.PendingValidatorEmission(2)   | 0 alpha                    |
      | SubtensorModule.Tempo(2)                      | 20                         |
      | SubtensorModule.LastEpochBlock(2)             | 5                          |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, true, false] |
    # 50, 25 and 25 alpha. The parent is no neuron of the subnet.
    And Bob stakes 5 TAO to parent on subnet 2
    And Charlie stakes 4 TAO to child on subnet 2
    And Alice stakes 6 TAO to validator1 on subnet 2
    And these calls are made in one block
      | child      | SubtensorModule.set_weights(netuid: 2, dests: [3], weights: [1], version_key: 0) |
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [3], weights: [1], version_key: 0) |

  Scenario Outline: The child has more weight by what the parent lends, and shares its dividends: <part>
    Given these values are stored
      | SubtensorModule.ChildKeys(parent, 2) | [(<proportion>, child)]  |
      | SubtensorModule.ParentKeys(child, 2) | [(<proportion>, parent)] |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.StakeWeight(2) is <weights>
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(parent, 2)     | <parent>    |
      | SubtensorModule.TotalHotkeyAlpha(child, 2)      | <child>     |
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | <validator> |

    # Nothing, a quarter (12.5 alpha), a half (25 alpha) and all of 50 alpha. The 10 alpha are shared 0 : 25 : 25,
    # 12.5 : 25 : 25, 25 : 25 : 25 and 50 : 25 : 25.
    Examples:
      | part      | proportion                 | weights                | parent             | child              | validator          |
      | nothing   | 0                          | [0, 32,767, 32,767, 0] | 50 alpha           | 29.999999999 alpha | 29.999999999 alpha |
      | a quarter | 4,611,686,018,427,387,904  | [0, 39,320, 26,213, 0] | 51.999999997 alpha | 28.999999998 alpha | 29.000000001 alpha |
      | a half    | 9,223,372,036,854,775,808  | [0, 43,689, 21,844, 0] | 53.333333331 alpha | 28.333333331 alpha | 28.333333329 alpha |
      | all       | 18,446,744,073,709,551,615 | [0, 49,151, 16,383, 0] | 54.999999996 alpha | 27.499999999 alpha | 27.499999999 alpha |

  Scenario: The child keeps its take of what its parents get
    Given these values are stored
      | SubtensorModule.ChildKeys(parent, 2) | [(9,223,372,036,854,775,808, child)]  |
      | SubtensorModule.ParentKeys(child, 2) | [(9,223,372,036,854,775,808, parent)] |
    And Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child  |
      | netuid | 2      |
      | take   | 11,796 |
    When the next epoch of subnet 2 runs
    # A third of 10 alpha each, but 11,796 / 65,535, about 18 %, of the parent's part stays with the child: 0.6 alpha
    Then these values hold
      | SubtensorModule.TotalHotkeyAlpha(parent, 2)     | 52.73334859 alpha  |
      | SubtensorModule.TotalHotkeyAlpha(child, 2)      | 28.933318072 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 28.333333329 alpha |

  Scenario: Within one coldkey no take is kept
    Given Charlie calls SubtensorModule.try_associate_hotkey
      | hotkey | parent2 |
    # 100 * 30 / 60 = 50 alpha
    And Charlie stakes 30 TAO to parent2 on subnet 2
    And these values are stored
      | SubtensorModule.ChildKeys(parent2, 2) | [(9,223,372,036,854,775,808, child)]   |
      | SubtensorModule.ParentKeys(child, 2)  | [(9,223,372,036,854,775,808, parent2)] |
    And Charlie calls SubtensorModule.set_childkey_take
      | hotkey | child  |
      | netuid | 2      |
      | take   | 11,796 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.TotalHotkeyAlpha(parent2, 2)    | 53.333333331 alpha |
      | SubtensorModule.TotalHotkeyAlpha(child, 2)      | 28.333333331 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 28.333333329 alpha |

  Scenario: The chain can recycle a part of what parents get
    # A quarter of 2^64 - 1
    Given Alice calls AdminUtils.sudo_set_ck_burn as root
      | burn | 4,611,686,018,427,387,904 |
    And these values are stored
      | SubtensorModule.ChildKeys(parent, 2) | [(9,223,372,036,854,775,808, child)]  |
      | SubtensorModule.ParentKeys(child, 2) | [(9,223,372,036,854,775,808, parent)] |
    When the next epoch of subnet 2 runs
    # A quarter of the parent's part of 10 / 3 alpha
    Then AlphaAssets.AlphaRecycled(2) is 0.833333333 alpha
    # What validators share is 10 alpha all the same, now 2.5 : 3.33 : 3.33.
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(parent, 2)     | 52.727272726 alpha |
      | SubtensorModule.TotalHotkeyAlpha(child, 2)      | 28.636363634 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 28.636363632 alpha |

  Scenario: A validator that lends weighs less
    # 25 - 12.5 and 25 + 12.5
    Given these values are stored
      | SubtensorModule.ChildKeys(validator1, 2) | [(9,223,372,036,854,775,808, child)]      |
      | SubtensorModule.ParentKeys(child, 2)     | [(9,223,372,036,854,775,808, validator1)] |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.StakeWeight(2) is [0, 49,151, 16,383, 0]
    # The child earns 7.5, of which a third is validator1's; 2.5 it earns by itself.
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(parent, 2)     | 50 alpha           |
      | SubtensorModule.TotalHotkeyAlpha(child, 2)      | 29.999999999 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 29.999999996 alpha |

  Scenario: What is lent to no neuron weighs nothing
    # validator1 lends all it has to a hotkey that is not on the subnet.
    Given these values are stored
      | SubtensorModule.ChildKeys(validator1, 2) | [(18,446,744,073,709,551,615, stranger)]   |
      | SubtensorModule.ParentKeys(stranger, 2)  | [(18,446,744,073,709,551,615, validator1)] |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.StakeWeight(2) is [0, 65,535, 0, 0]

  Scenario: Stake on the root network is lent as well, by the weight of TAO
    # Half of 100 TAO, times 0.18, is 9: the child has 25 + 25 + 9 = 59 of 84.
    Given Bob stakes 100 TAO to parent on subnet 0
    And these values are stored
      | SubtensorModule.ChildKeys(parent, 2) | [(9,223,372,036,854,775,808, child)]  |
      | SubtensorModule.ParentKeys(child, 2) | [(9,223,372,036,854,775,808, parent)] |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.StakeWeight(2) is [0, 46,030, 19,504, 0]

  Scenario: Two parents share by what they lend
    # 25 of parent, 6.25 of validator1, and 25 of its own: 56.25 to 18.75 for validator1
    Given these values are stored
      | SubtensorModule.ChildKeys(parent, 2)     | [(9,223,372,036,854,775,808, child)]                                           |
      | SubtensorModule.ChildKeys(validator1, 2) | [(4,611,686,018,427,387,904, child)]                                           |
      | SubtensorModule.ParentKeys(child, 2)     | [(9,223,372,036,854,775,808, parent), (4,611,686,018,427,387,904, validator1)] |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.StakeWeight(2) is [0, 49,151, 16,383, 0]
    # 10 alpha by 25 : 25 : 6.25 + 18.75
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(parent, 2)     | 53.333333329 alpha |
      | SubtensorModule.TotalHotkeyAlpha(child, 2)      | 28.333333334 alpha |
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 28.333333331 alpha |
