Feature: Whose weights count
  An epoch asks of each validator whether it counts (section 07, 2.1 to 2.4):

  - its stake is at least the stake threshold of the chain (the owner's neuron is exempt);
  - it holds a validator permit. The K neurons with the largest stakes get it, K being the subnet's limit of
    validators, at the end of an epoch: who comes new counts from the second epoch on;
  - it has set weights within the activity cutoff;
  - and of its weights those on itself do not count (but for the owner's), nor those on a miner that registered after,
    or in the same block as, the weights were set.

  Stake that does not count is left out of consensus, and earns nothing. All numbers were calculated apart from the
  chain; `assay epoch` prints the same for the same subnet.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator2) |
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator3) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
    And a pool of 15 TAO and 200 alpha on subnet 2
    # No fees and no owner's cut, so that the numbers are round. And as if an epoch had just run, in block 5: the next
    # one, in block 25, shares out 20 alpha.
    And these values are stored
      | Swap.FeeRate(2)                               | 0                                       |
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                                   |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                                       |
      | SubtensorModule.OwnerCutEnabled(2)            | false                                   |
      | SubtensorModule.PendingOwnerCut(2)            | 0 alpha                                 |
      | SubtensorModule.PendingServerEmission(2)      | 0 alpha                                 |
      | SubtensorModule.PendingValidatorEmission(2)   | 0 alpha                                 |
      | SubtensorModule.Tempo(2)                      | 20                                      |
      | SubtensorModule.LastEpochBlock(2)             | 5                                       |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, true, true, false, false] |
    # 200 * 5 / 20 = 50 alpha, 150 * 4 / 24 = 25 alpha, 125 * 6 / 30 = 25 alpha
    And Bob stakes 5 TAO to validator1 on subnet 2
    And Bob stakes 4 TAO to validator2 on subnet 2
    And Bob stakes 6 TAO to validator3 on subnet 2

  Scenario: With all three, dividends follow stake
    Given these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Active(2)      | [true, true, true, true, true, true] |
      | SubtensorModule.Incentive(2)   | [0, 0, 0, 0, 65,535, 0]              |
      | SubtensorModule.Dividends(2)   | [0, 32,767, 16,383, 16,383, 0, 0]    |
      | SubtensorModule.StakeWeight(2) | [0, 32,767, 16,383, 16,383, 0, 0]    |

  Scenario Outline: A validator counts as long as its last weights are not older than the activity cutoff: <case>
    # The cutoff is a factor, in thousandths, of the tempo: 1,000 * 20 / 1,000 = 20 blocks. The epoch runs in block 25.
    Given Alice calls SubtensorModule.set_activity_cutoff_factor
      | netuid       | 2     |
      | factor_milli | 1,000 |
    And these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    And SubtensorModule.LastUpdate(2) is [10, 10, 10, <updated>, 10, 10]
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Active(2) is [true, true, true, <active>, true, true]
    And SubtensorModule.Dividends(2) is <dividends>
    # What it has staked counts for its share of stake all the same.
    And SubtensorModule.StakeWeight(2) is [0, 32,767, 16,383, 16,383, 0, 0]

    Examples:
      | case          | updated | active | dividends                         |
      | 20 blocks old | 5       | true   | [0, 32,767, 16,383, 16,383, 0, 0] |
      | 21 blocks old | 4       | false  | [0, 43,689, 21,844, 0, 0, 0]      |

  Scenario Outline: The K largest stakes get a permit, of equal ones the later neuron: K = <limit>
    Given Alice calls AdminUtils.sudo_set_max_allowed_validators as root
      | netuid                 | 2       |
      | max_allowed_validators | <limit> |
    And these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    # In this epoch the old permits count; the new ones are given at its end. The owner's neuron always has one.
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Dividends(2) is [0, 32,767, 16,383, 16,383, 0, 0]
    And SubtensorModule.ValidatorPermit(2) is <permits>
    # In the next one they count.
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Dividends(2) is <dividends>

    Examples:
      | limit | permits                                  | dividends                         |
      | 1     | [true, true, false, false, false, false] | [0, 65,535, 0, 0, 0, 0]           |
      | 2     | [true, true, false, true, false, false]  | [0, 43,690, 0, 21,844, 0, 0]      |
      | 3     | [true, true, true, true, false, false]   | [0, 32,767, 16,383, 16,383, 0, 0] |

  Scenario: A new validator counts from the second epoch on
    Given SubtensorModule.ValidatorPermit(2) is [false, true, true, false, false, false]
    And validator1 sets weights on subnet 2
      | miner1 | 1 |
    And validator2 sets weights on subnet 2
      | miner1 | 1 |
    When validator3 sets weights on subnet 2
      | miner1 | 1 |
    Then the call is refused with NeuronNoValidatorPermit
    And nothing changed
    # The first epoch gives it the permit, but no dividends.
    When the next epoch of subnet 2 runs
    Then SubtensorModule.ValidatorPermit(2) is [true, true, true, true, false, false]
    And SubtensorModule.Dividends(2) is [0, 43,690, 21,844, 0, 0, 0]
    When validator3 sets weights on subnet 2
      | miner1 | 1 |
    Then the call succeeds
    # Its bond is 0.1, that of the others 0.19; times stakes of 56.67, 28.33 and 25.
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Dividends(2) is [0, 37,833, 18,916, 8,785, 0, 0]

  Scenario Outline: Stake below the threshold does not count: <case>
    Given these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    And Alice calls AdminUtils.sudo_set_stake_threshold as root
      | min_stake | <threshold> |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.StakeWeight(2) is <stakes>
    And SubtensorModule.Dividends(2) is <stakes>
    And SubtensorModule.ValidatorPermit(2) is <permits>

    Examples:
      | case          | threshold      | stakes                            | permits                                  |
      | at 25 alpha   | 25,000,000,000 | [0, 32,767, 16,383, 16,383, 0, 0] | [true, true, true, true, false, false]   |
      | one rao above | 25,000,000,001 | [0, 65,535, 0, 0, 0, 0]           | [true, true, false, false, false, false] |

  Scenario: Weights set in the block in which a miner registers are too early for it
    Given these calls are made in one block
      | Charlie    | SubtensorModule.burned_register(netuid: 2, hotkey: miner3)                       |
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [6], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Weights(2, 1) is [(6, 65,535)]
    And these values hold
      | SubtensorModule.Incentive(2) | [0, 0, 0, 0, 65,535, 0, 0]      |
      | SubtensorModule.Dividends(2) | [0, 0, 32,767, 32,767, 0, 0, 0] |
    # The same weights, set later, count.
    Given these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [6], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [6], weights: [1], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Incentive(2) | [0, 0, 0, 0, 0, 0, 65,535]      |
      | SubtensorModule.Dividends(2) | [0, 40,959, 24,575, 0, 0, 0, 0] |

  Scenario: A validator's weight on itself does not count
    Given validator1 sets weights on subnet 2
      | validator1 | 60 |
      | miner1     | 40 |
    And validator2 sets weights on subnet 2
      | miner1 | 1 |
    And validator3 sets weights on subnet 2
      | miner1 | 1 |
    Then SubtensorModule.Weights(2, 1) is [(1, 65,535), (4, 43,690)]
    # As if validator1 had given miner1 everything.
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Incentive(2)      | [0, 0, 0, 0, 65,535, 0]           |
      | SubtensorModule.ValidatorTrust(2) | [0, 65,535, 65,535, 65,535, 0, 0] |
      | SubtensorModule.Dividends(2)      | [0, 32,767, 16,383, 16,383, 0, 0] |

  Scenario: The owner's neuron needs no permit, and its weight on itself counts
    # 100 * 30 / 60 = 50 alpha. validator1 has no permit here, so the owner has half of the stake that counts.
    Given SubtensorModule.ValidatorPermit(2) is [false, false, true, true, false, false]
    And Alice stakes 30 TAO to alice_hot on subnet 2
    And alice_hot sets weights on subnet 2
      | alice_hot | 1 |
    And validator2 sets weights on subnet 2
      | miner1 | 1 |
    And validator3 sets weights on subnet 2
      | miner1 | 1 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Consensus(2)       | [65,535, 0, 0, 0, 65,535, 0]           |
      | SubtensorModule.Incentive(2)       | [32,767, 0, 0, 0, 32,767, 0]           |
      # Each validator holds all of, or half of, a miner with half of the incentive: 50 * 1 : 25 * 0.5 : 25 * 0.5
      | SubtensorModule.Dividends(2)       | [43,690, 0, 10,922, 10,922, 0, 0]      |
      | SubtensorModule.ValidatorPermit(2) | [true, true, true, true, false, false] |
