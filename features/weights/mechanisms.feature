Feature: Mechanisms of a subnet
  A subnet can pay for two kinds of work at once: each mechanism has weights, consensus and incentives of its own,
  and a share of the subnet's emission; neurons and stake are shared. What belongs to mechanism m of subnet n is
  stored under the index

    4,096 * m + n

  so the second mechanism of subnet 2 has the index 4,098 (section 07, 1; section 08, 2). Without a split mechanisms
  have equal shares; a split gives each its parts of 65,535.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
    And a pool of 1,000 TAO and 200 alpha on subnet 2
    And Swap.FeeRate(2) is 0
    # 200 * 1,000 / 2,000 = 100 alpha
    And Bob stakes 1,000 TAO to validator1 on subnet 2
    # Two mechanisms of at most 128 neurons each
    And Alice calls AdminUtils.sudo_set_max_allowed_uids
      | netuid           | 2   |
      | max_allowed_uids | 128 |
    And Alice calls AdminUtils.sudo_set_mechanism_count
      | netuid          | 2 |
      | mechanism_count | 2 |
    # No owner's cut, and as if an epoch had just run, in block 9: the next one, in block 29, shares out 20 alpha.
    And these values are stored
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                       |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                           |
      | SubtensorModule.OwnerCutEnabled(2)            | false                       |
      | SubtensorModule.PendingOwnerCut(2)            | 0 alpha                     |
      | SubtensorModule.PendingServerEmission(2)      | 0 alpha                     |
      | SubtensorModule.PendingValidatorEmission(2)   | 0 alpha                     |
      | SubtensorModule.Tempo(2)                      | 20                          |
      | SubtensorModule.LastEpochBlock(2)             | 9                           |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, false, false] |

  Scenario: Each mechanism has weights and a rate limit of its own
    Given validator1 sets weights on subnet 2
      | miner1 | 1 |
    And SubtensorModule.WeightsSetRateLimit(2) is 5
    When validator1 calls SubtensorModule.set_mechanism_weights
      | netuid      | 2   |
      | mecid       | 1   |
      | dests       | [3] |
      | weights     | [1] |
      | version_key | 0   |
    Then the call succeeds
    And event WeightsSet is emitted
      | 0 | 4,098 |
      | 1 | 1     |
    And these values hold
      | SubtensorModule.Weights(2, 1)     | [(2, 65,535)] |
      | SubtensorModule.Weights(4,098, 1) | [(3, 65,535)] |
      | SubtensorModule.LastUpdate(2)     | [1, 10, 3, 3] |
      | SubtensorModule.LastUpdate(4,098) | [0, 12, 0, 0] |
    When validator1 calls SubtensorModule.set_mechanism_weights
      | netuid      | 2   |
      | mecid       | 1   |
      | dests       | [2] |
      | weights     | [1] |
      | version_key | 0   |
    Then the call is refused with RateLimitExceeded
    And nothing changed

  Scenario: Without a split both mechanisms pay half
    Given validator1 sets weights on subnet 2
      | miner1 | 1 |
    And validator1 calls SubtensorModule.set_mechanism_weights
      | netuid      | 2   |
      | mecid       | 1   |
      | dests       | [3] |
      | weights     | [1] |
      | version_key | 0   |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Incentive(2)                | [0, 0, 65,535, 0] |
      | SubtensorModule.Incentive(4,098)            | [0, 0, 0, 65,535] |
      | SubtensorModule.TotalHotkeyAlpha(miner1, 2) | 5 alpha           |
      | SubtensorModule.TotalHotkeyAlpha(miner2, 2) | 5 alpha           |

  Scenario: A split gives each mechanism its share
    # 49,151 and 16,384 parts of 65,535
    Given Alice calls AdminUtils.sudo_set_mechanism_emission_split
      | netuid      | 2                |
      | maybe_split | [49,151, 16,384] |
    And validator1 sets weights on subnet 2
      | miner1 | 1 |
    And validator1 calls SubtensorModule.set_mechanism_weights
      | netuid      | 2   |
      | mecid       | 1   |
      | dests       | [3] |
      | weights     | [1] |
      | version_key | 0   |
    When the next epoch of subnet 2 runs
    # 20 * 49,151 / 65,535 = 14.999923705 and 20 * 16,384 / 65,535 = 5.000076295 alpha, what is less than a rao cut off,
    # to the first; half of each to miners
    Then these values hold
      | SubtensorModule.TotalHotkeyAlpha(miner1, 2) | 7.499961852 alpha |
      | SubtensorModule.TotalHotkeyAlpha(miner2, 2) | 2.500038147 alpha |

  Scenario: The miners' half of a mechanism without weights goes to nobody
    Given validator1 sets weights on subnet 2
      | miner1 | 1 |
    When the next epoch of subnet 2 runs
    Then these values hold
      | SubtensorModule.Incentive(2)     | [0, 0, 65,535, 0] |
      | SubtensorModule.Incentive(4,098) | [0, 0, 0, 0]      |
    # Of 20 alpha 5 for miner1 and 10 for validator1; only if no miner of either mechanism earned anything, validators
    # would get all.
    And these values hold
      | SubtensorModule.TotalHotkeyAlpha(miner1, 2)     | 5 alpha             |
      | SubtensorModule.TotalHotkeyAlpha(validator1, 2) | 109.999999999 alpha |

  Scenario: Commits of the second mechanism are kept apart, and their hash has its index
    Given SubtensorModule.CommitRevealWeightsEnabled(2) is true
    And validator1 calls SubtensorModule.commit_mechanism_weights
      | netuid      | 2                                                                  |
      | mecid       | 1                                                                  |
      | commit_hash | 0xe6e70e66211e0ed39d79b345a4fc8edd2cf54e87921fdd444a84004baf425da9 |
    Then these values hold
      | SubtensorModule.WeightCommits(2, validator1)     | none                                                                             |
      | SubtensorModule.WeightCommits(4,098, validator1) | [(0xe6e70e66211e0ed39d79b345a4fc8edd2cf54e87921fdd444a84004baf425da9, 0, 11, 0)] |
    When the next epoch of subnet 2 runs
    And validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2   |
      | uids        | [3] |
      | values      | [1] |
      | salt        | [1] |
      | version_key | 0   |
    Then the call is refused with CommitNotFound
    And nothing changed
    When validator1 calls SubtensorModule.reveal_mechanism_weights
      | netuid      | 2   |
      | mecid       | 1   |
      | uids        | [3] |
      | values      | [1] |
      | salt        | [1] |
      | version_key | 0   |
    Then the call succeeds
    And event WeightsRevealed is emitted
      | 0 | validator1                                                         |
      | 1 | 4,098                                                              |
      | 2 | 0xe6e70e66211e0ed39d79b345a4fc8edd2cf54e87921fdd444a84004baf425da9 |
    And SubtensorModule.Weights(4,098, 1) is [(3, 65,535)]

  # The rate limit of the pool is asked first, and counts a mechanism that there is not as too fast.
  Scenario: For a mechanism that there is not, the pool says that the rate is too high
    When validator1 calls SubtensorModule.set_mechanism_weights
      | netuid      | 2   |
      | mecid       | 2   |
      | dests       | [3] |
      | weights     | [1] |
      | version_key | 0   |
    Then the call is refused with RateLimitExceeded
    And nothing changed
    When stranger calls SubtensorModule.set_mechanism_weights
      | netuid      | 2   |
      | mecid       | 2   |
      | dests       | [3] |
      | weights     | [1] |
      | version_key | 0   |
    Then the call is refused with MechanismDoesNotExist
    And nothing changed

  Scenario: A mechanism that is removed takes its weights with it
    Given validator1 calls SubtensorModule.set_mechanism_weights
      | netuid      | 2   |
      | mecid       | 1   |
      | dests       | [3] |
      | weights     | [1] |
      | version_key | 0   |
    And Alice calls AdminUtils.sudo_set_mechanism_count as root
      | netuid          | 2 |
      | mechanism_count | 1 |
    Then these values hold
      | SubtensorModule.MechanismCountCurrent(2) | 1  |
      | SubtensorModule.Weights(4,098, 1)        | [] |
      | SubtensorModule.LastUpdate(4,098)        | [] |

  Scenario Outline: A subnet has one or two mechanisms: <count>
    When Alice calls AdminUtils.sudo_set_mechanism_count as root
      | netuid          | 2       |
      | mechanism_count | <count> |
    Then the call is refused with InvalidValue
    And nothing changed

    Examples:
      | count |
      | 0     |
      | 3     |

  Scenario: Two mechanisms have at most 256 neurons together
    # Subnet 3 allows for 256 neurons.
    Given subnet 3 of Alice with hotkey alice_hot
    When Alice calls AdminUtils.sudo_set_mechanism_count as root
      | netuid          | 3 |
      | mechanism_count | 2 |
    Then the call is refused with TooManyUIDsPerMechanism
    And nothing changed

  Scenario Outline: A split has a part for each mechanism, and they make 65,535 together: <split>
    When Alice calls AdminUtils.sudo_set_mechanism_emission_split as root
      | netuid      | 2       |
      | maybe_split | <split> |
    Then the call is refused with InvalidValue
    And nothing changed

    Examples:
      | split                    |
      | [32,768, 32,768]         |
      | []                       |
      | [21,845, 21,845, 21,845] |
