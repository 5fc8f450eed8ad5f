Feature: Setting weights
  A validator says with its weights how much each miner is worth; the next epoch pays the miners by them. The call
  is signed by the hotkey and is free. A subnet takes weights openly only while commit and reveal are switched off.
  The call is checked in a fixed order (section 08, 3 and 4); the scenarios of refusals follow it. Two checks, of
  the stake and of the rate limit, are made by the transaction pool already and are known there by other names
  (section 10, 2.2): StakeAmountTooLow and RateLimitExceeded.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
    And these values are stored
      | SubtensorModule.CommitRevealWeightsEnabled(2) | false                       |
      | SubtensorModule.WeightsSetRateLimit(2)        | 0                           |
      | SubtensorModule.ValidatorPermit(2)            | [false, true, false, false] |

  Scenario: Weights are stored relative to the largest, which is 65,535
    When validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    Then the call succeeds
    # 40 / 60 * 65,535
    And SubtensorModule.Weights(2, 1) is [(2, 65,535), (3, 43,690)]
    And SubtensorModule.LastUpdate(2) is [1, 5, 3, 3]
    And event WeightsSet is emitted
      | 0 | 2 |
      | 1 | 1 |
    And validator1 has 0 TAO

  Scenario: New weights replace the old ones
    Given validator1 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    When validator1 sets weights on subnet 2
      | miner2 | 5 |
    Then SubtensorModule.Weights(2, 1) is [(3, 65,535)]

  Scenario: Weights keep the order in which they are given
    When validator1 sets weights on subnet 2
      | miner2 | 40 |
      | miner1 | 60 |
    Then SubtensorModule.Weights(2, 1) is [(3, 43,690), (2, 65,535)]

  Scenario: While commit and reveal are on, weights cannot be set openly
    Given SubtensorModule.CommitRevealWeightsEnabled(2) is true
    When validator1 sets weights on subnet 2
      | miner1 | 1 |
    Then the call is refused with CommitRevealEnabled
    And nothing changed

  Scenario: The root network has no weights
    Given SubtensorModule.CommitRevealWeightsEnabled(0) is false
    When validator1 calls SubtensorModule.set_weights
      | netuid      | 0   |
      | dests       | [0] |
      | weights     | [1] |
      | version_key | 0   |
    Then the call is refused with CanNotSetRootNetworkWeights
    And nothing changed

  Scenario: There must be as many weights as neurons they are for
    When validator1 calls SubtensorModule.set_weights
      | netuid      | 2      |
      | dests       | [2, 3] |
      | weights     | [1]    |
      | version_key | 0      |
    Then the call is refused with WeightVecNotEqualSize
    And nothing changed

  Scenario: There must be a subnet
    Given SubtensorModule.CommitRevealWeightsEnabled(7) is false
    When validator1 calls SubtensorModule.set_weights
      | netuid      | 7   |
      | dests       | [2] |
      | weights     | [1] |
      | version_key | 0   |
    Then the call is refused with MechanismDoesNotExist
    And nothing changed

  Scenario: There cannot be more weights than neurons
    When validator1 calls SubtensorModule.set_weights
      | netuid      | 2               |
      | dests       | [0, 1, 2, 3, 4] |
      | weights     | [1, 1, 1, 1, 1] |
      | version_key | 0               |
    Then the call is refused with UidsLengthExceedUidsInSubNet
    And nothing changed

  Scenario: Only a neuron of the subnet sets weights
    When stranger sets weights on subnet 2
      | miner1 | 1 |
    Then the call is refused with HotKeyNotRegisteredInSubNet
    And nothing changed

  Scenario: With less stake than the threshold of the chain the pool does not take the call
    # validator1 has no stake at all.
    Given Alice calls AdminUtils.sudo_set_stake_threshold as root
      | min_stake | 1 |
    When validator1 sets weights on subnet 2
      | miner1 | 1 |
    Then the call is refused with StakeAmountTooLow
    And nothing changed

  Scenario: The owner's neuron needs neither stake nor permit
    Given Alice calls AdminUtils.sudo_set_stake_threshold as root
      | min_stake | 1,000,000,000 |
    When alice_hot sets weights on subnet 2
      | miner1 | 1 |
    Then the call succeeds
    And SubtensorModule.Weights(2, 0) is [(2, 65,535)]

  Scenario Outline: The version key must not be older than the subnet's: <key>
    Given Alice calls AdminUtils.sudo_set_weights_version_key
      | netuid              | 2  |
      | weights_version_key | 12 |
    When validator1 calls SubtensorModule.set_weights
      | netuid      | 2     |
      | dests       | [2]   |
      | weights     | [1]   |
      | version_key | <key> |
    Then the call succeeds

    Examples:
      | key |
      | 12  |
      | 13  |

  Scenario: An older version key is refused
    Given Alice calls AdminUtils.sudo_set_weights_version_key
      | netuid              | 2  |
      | weights_version_key | 12 |
    When validator1 calls SubtensorModule.set_weights
      | netuid      | 2   |
      | dests       | [2] |
      | weights     | [1] |
      | version_key | 11  |
    Then the call is refused with IncorrectWeightVersionKey
    And nothing changed

  Scenario: Weights can be set once in as many blocks as the rate limit says, counted from the registration
    Given SubtensorModule.WeightsSetRateLimit(2) is 100
    # Registered in block 3: 99 blocks before block 102, which the call would be in.
    And block 101 is reached
    When validator1 sets weights on subnet 2
      | miner1 | 1 |
    Then the call is refused with RateLimitExceeded
    And nothing changed
    Given block 102 is reached
    When validator1 sets weights on subnet 2
      | miner1 | 1 |
    Then the call succeeds
    And the last block is 103
    And SubtensorModule.LastUpdate(2) is [1, 103, 3, 3]
    When validator1 sets weights on subnet 2
      | miner1 | 1 |
    Then the call is refused with RateLimitExceeded
    And nothing changed

  Scenario: Who has no permit cannot set the weight of others
    When miner1 sets weights on subnet 2
      | miner2 | 1 |
    Then the call is refused with NeuronNoValidatorPermit
    And nothing changed

  Scenario: Who has no permit can weigh itself, and nothing else
    When miner1 sets weights on subnet 2
      | miner1 | 1 |
    Then the call succeeds
    And SubtensorModule.Weights(2, 2) is [(2, 65,535)]
    When miner1 sets weights on subnet 2
      | miner1 | 1 |
      | miner2 | 1 |
    Then the call is refused with NeuronNoValidatorPermit
    And nothing changed

  Scenario: No neuron is named twice
    When validator1 sets weights on subnet 2
      | miner1 | 1 |
      | miner1 | 2 |
    Then the call is refused with DuplicateUids
    And nothing changed

  Scenario: Each weight is for a neuron that there is
    # There are neurons 0 to 3.
    When validator1 sets weights on subnet 2
      | 3 | 1 |
      | 4 | 1 |
    Then the call is refused with UidVecContainInvalidOne
    And nothing changed

  Scenario: There must be as many weights as the subnet asks for
    Given Alice calls AdminUtils.sudo_set_min_allowed_weights
      | netuid              | 2 |
      | min_allowed_weights | 2 |
    When validator1 sets weights on subnet 2
      | miner1 | 1 |
    Then the call is refused with WeightVecLengthIsLow
    And nothing changed
    When validator1 sets weights on subnet 2
      | miner1 | 1 |
      | miner2 | 0 |
    Then the call succeeds
    And SubtensorModule.Weights(2, 1) is [(2, 65,535), (3, 0)]

  Scenario: A subnet smaller than what it asks for wants a weight for every neuron
    Given Alice calls AdminUtils.sudo_set_min_allowed_weights
      | netuid              | 2     |
      | min_allowed_weights | 1,024 |
    When validator1 sets weights on subnet 2
      | alice_hot | 0 |
      | miner1    | 1 |
      | miner2    | 1 |
    Then the call is refused with WeightVecLengthIsLow
    And nothing changed
    When validator1 sets weights on subnet 2
      | alice_hot  | 0 |
      | validator1 | 0 |
      | miner1     | 1 |
      | miner2     | 1 |
    Then the call succeeds

  # Rounded half up. If the largest weight is at most 32,768, each weight is multiplied by 65,535 first and divided by
  # the largest then: 16,384 * 65,535 / 32,768 = 32,767.5. If it is more, 65,535 is divided by the largest first, with
  # 32 binary digits kept, and what is lost there can decide: 65,535 / 32,770 = 1.99984742..., cut; times 16,385 is just
  # below 32,767.5.
  Scenario Outline: Weights are scaled up so that the largest is 65,535: <first> and <second>
    When validator1 sets weights on subnet 2
      | miner1 | <first>  |
      | miner2 | <second> |
    Then SubtensorModule.Weights(2, 1) is [(2, <stored first>), (3, <stored second>)]

    Examples:
      | first  | second | stored first | stored second |
      | 60     | 40     | 65,535       | 43,690        |
      | 1      | 2      | 32,768       | 65,535        |
      | 7      | 1      | 65,535       | 9,362         |
      | 32,768 | 16,384 | 65,535       | 32,768        |
      | 32,770 | 16,385 | 65,535       | 32,767        |
      | 65,535 | 1      | 65,535       | 1             |
      | 3      | 0      | 65,535       | 0             |
      | 0      | 0      | 0            | 0             |
