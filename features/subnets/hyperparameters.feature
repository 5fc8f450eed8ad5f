Feature: Hyperparameters of a subnet
  Most parameters of a subnet may be set by its owner or by root, some by root alone (section 02, 9). Each has its
  bounds. Two rules keep owners from moving the goalposts:

  - An owner may change the same parameter once in two tempos; root at any time.
  - In the last blocks before an epoch, the freeze window of 10 blocks, most parameters cannot be changed at all, not
    even by root.

  Both are switched off on the chain of these scenarios, except where a scenario is about them.

  Background:
    Given a dev chain
    And Alice registers a subnet with hotkey alice_hot
    And Bob registers a subnet with hotkey bob_hot

  Scenario: The owner sets a parameter
    When Bob calls AdminUtils.sudo_set_immunity_period
      | netuid          | 3   |
      | immunity_period | 100 |
    Then the call succeeds
    And SubtensorModule.ImmunityPeriod(3) is 100
    And SubtensorModule.ImmunityPeriod(2) is 5,000
    And event ImmunityPeriodSet is emitted
      | 0 | 3   |
      | 1 | 100 |

  Scenario: Root sets a parameter of any subnet
    When Alice calls AdminUtils.sudo_set_immunity_period as root
      | netuid          | 3   |
      | immunity_period | 100 |
    Then the call succeeds
    And SubtensorModule.ImmunityPeriod(3) is 100

  Scenario: Who owns another subnet sets nothing
    When Bob calls AdminUtils.sudo_set_immunity_period
      | netuid          | 2   |
      | immunity_period | 100 |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario Outline: The owner cannot call what is root's alone, <call>
    When Bob calls AdminUtils.<call>
      | netuid     | 3       |
      | <argument> | <value> |
    Then the call is refused with BadOrigin
    And nothing changed
    When Alice calls AdminUtils.<call> as root
      | netuid     | 3       |
      | <argument> | <value> |
    Then the call succeeds
    And <place> is <value>

    Examples:
      | call                                  | argument               | value  | place                                         |
      | sudo_set_tempo                        | tempo                  | 20     | SubtensorModule.Tempo(3)                      |
      | sudo_set_kappa                        | kappa                  | 40,000 | SubtensorModule.Kappa(3)                      |
      | sudo_set_weights_set_rate_limit       | weights_set_rate_limit | 50     | SubtensorModule.WeightsSetRateLimit(3)        |
      | sudo_set_max_allowed_validators       | max_allowed_validators | 32     | SubtensorModule.MaxAllowedValidators(3)       |
      | sudo_set_network_registration_allowed | registration_allowed   | false  | SubtensorModule.NetworkRegistrationAllowed(3) |
      | sudo_set_subtoken_enabled             | subtoken_enabled       | true   | SubtensorModule.SubtokenEnabled(3)            |
      | sudo_set_subnet_emission_enabled      | enabled                | true   | SubtensorModule.SubnetEmissionEnabled(3)      |
      | sudo_set_ema_price_halving_period     | ema_halving            | 7,200  | SubtensorModule.EMAPriceHalvingBlocks(3)      |
      | sudo_set_min_non_immune_uids          | min                    | 5      | SubtensorModule.MinNonImmuneUids(3)           |

  Scenario Outline: Within its bounds the owner can call <call> with <value>
    When Bob calls <call>
      | netuid     | 3       |
      | <argument> | <value> |
    Then the call succeeds
    And <place> is <value>

    Examples:
      | call                                               | argument             | value           | place                                        |
      | AdminUtils.sudo_set_max_allowed_uids               | max_allowed_uids     | 64              | SubtensorModule.MaxAllowedUids(3)            |
      | AdminUtils.sudo_set_min_burn                       | min_burn             | 0.999999999 TAO | SubtensorModule.MinBurn(3)                   |
      | AdminUtils.sudo_set_max_burn                       | max_burn             | 0.100000001 TAO | SubtensorModule.MaxBurn(3)                   |
      | AdminUtils.sudo_set_activity_cutoff                | activity_cutoff      | 360             | SubtensorModule.ActivityCutoff(3)            |
      | AdminUtils.sudo_set_bonds_moving_average           | bonds_moving_average | 975,000         | SubtensorModule.BondsMovingAverage(3)        |
      | AdminUtils.sudo_set_burn_half_life                 | burn_half_life       | 1               | SubtensorModule.BurnHalfLife(3)              |
      | AdminUtils.sudo_set_burn_half_life                 | burn_half_life       | 36,100          | SubtensorModule.BurnHalfLife(3)              |
      | AdminUtils.sudo_set_burn_increase_mult             | burn_increase_mult   | 1               | SubtensorModule.BurnIncreaseMult(3)          |
      | AdminUtils.sudo_set_burn_increase_mult             | burn_increase_mult   | 3               | SubtensorModule.BurnIncreaseMult(3)          |
      | AdminUtils.sudo_set_commit_reveal_weights_interval | interval             | 100             | SubtensorModule.RevealPeriodEpochs(3)        |
      | AdminUtils.sudo_set_owner_immune_neuron_limit      | immune_neurons       | 10              | SubtensorModule.ImmuneOwnerUidsLimit(3)      |
      | SubtensorModule.set_tempo                          | tempo                | 50,400          | SubtensorModule.Tempo(3)                     |
      | SubtensorModule.set_activity_cutoff_factor         | factor_milli         | 50,000          | SubtensorModule.ActivityCutoffFactorMilli(3) |

  Scenario Outline: Outside its bounds the owner cannot call <call> with <value>
    When Bob calls <call>
      | netuid     | 3       |
      | <argument> | <value> |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | call                                               | argument             | value   | error                                                |
      | AdminUtils.sudo_set_max_allowed_uids               | max_allowed_uids     | 63      | MaxAllowedUidsLessThanMinAllowedUids                 |
      | AdminUtils.sudo_set_max_allowed_uids               | max_allowed_uids     | 257     | MaxAllowedUidsGreaterThanDefaultMaxAllowedUids       |
      | AdminUtils.sudo_set_min_burn                       | min_burn             | 1 TAO   | AdminUtils.ValueNotInBounds                          |
      | AdminUtils.sudo_set_max_burn                       | max_burn             | 0.1 TAO | AdminUtils.ValueNotInBounds                          |
      | AdminUtils.sudo_set_activity_cutoff                | activity_cutoff      | 359     | SubtensorModule.ActivityCutoffTooLow                 |
      | AdminUtils.sudo_set_bonds_moving_average           | bonds_moving_average | 975,001 | AdminUtils.BondsMovingAverageMaxReached              |
      | AdminUtils.sudo_set_burn_half_life                 | burn_half_life       | 0       | AdminUtils.InvalidValue                              |
      | AdminUtils.sudo_set_burn_half_life                 | burn_half_life       | 36,101  | AdminUtils.InvalidValue                              |
      | AdminUtils.sudo_set_burn_increase_mult             | burn_increase_mult   | 0.99    | AdminUtils.InvalidValue                              |
      | AdminUtils.sudo_set_burn_increase_mult             | burn_increase_mult   | 3.01    | AdminUtils.InvalidValue                              |
      | AdminUtils.sudo_set_commit_reveal_weights_interval | interval             | 0       | SubtensorModule.RevealPeriodTooSmall                 |
      | AdminUtils.sudo_set_commit_reveal_weights_interval | interval             | 101     | SubtensorModule.RevealPeriodTooLarge                 |
      | AdminUtils.sudo_set_owner_immune_neuron_limit      | immune_neurons       | 0       | SubtensorModule.InvalidValue                         |
      | AdminUtils.sudo_set_owner_immune_neuron_limit      | immune_neurons       | 11      | SubtensorModule.InvalidValue                         |
      | SubtensorModule.set_tempo                          | tempo                | 359     | SubtensorModule.TempoOutOfBounds                     |
      | SubtensorModule.set_tempo                          | tempo                | 50,401  | SubtensorModule.TempoOutOfBounds                     |
      | SubtensorModule.set_activity_cutoff_factor         | factor_milli         | 999     | SubtensorModule.ActivityCutoffFactorMilliOutOfBounds |
      | SubtensorModule.set_activity_cutoff_factor         | factor_milli         | 50,001  | SubtensorModule.ActivityCutoffFactorMilliOutOfBounds |

  Scenario: There cannot be room for fewer neurons than there are
    Given SubtensorModule.MinAllowedUids(3) is 1
    And Bob registers miner1 on subnet 3
    And Bob registers miner2 on subnet 3
    When Bob calls AdminUtils.sudo_set_max_allowed_uids
      | netuid           | 3 |
      | max_allowed_uids | 2 |
    Then the call is refused with MaxAllowedUIdsLessThanCurrentUIds
    And nothing changed

  Scenario: The bound of the bonds' moving average binds the owner, not root
    When Alice calls AdminUtils.sudo_set_bonds_moving_average as root
      | netuid               | 3       |
      | bonds_moving_average | 975,001 |
    Then the call succeeds
    And SubtensorModule.BondsMovingAverage(3) is 975,001

  Scenario: A subnet that does not exist has no parameters
    When Alice calls AdminUtils.sudo_set_immunity_period as root
      | netuid          | 7   |
      | immunity_period | 100 |
    Then the call is refused with AdminUtils.SubnetDoesNotExist
    And nothing changed

  Scenario: Registration by proof of work is gone, and nobody can switch it on
    When Alice calls AdminUtils.sudo_set_network_pow_registration_allowed as root
      | netuid               | 3    |
      | registration_allowed | true |
    Then the call is refused with POWRegistrationDisabled
    And nothing changed

  Scenario: An owner changes the same parameter once in two tempos
    # The tempo is 10 blocks; Bob's first change is in block 5, so the next may be in block 25.
    Given SubtensorModule.OwnerHyperparamRateLimit is 2
    And SubtensorModule.Tempo(3) is 10
    And Bob calls AdminUtils.sudo_set_immunity_period
      | netuid          | 3   |
      | immunity_period | 100 |
    And block 23 is reached
    When Bob calls AdminUtils.sudo_set_immunity_period
      | netuid          | 3   |
      | immunity_period | 200 |
    Then the call is refused with TxRateLimitExceeded
    And nothing changed
    When Bob calls AdminUtils.sudo_set_immunity_period
      | netuid          | 3   |
      | immunity_period | 200 |
    Then the call succeeds
    And SubtensorModule.ImmunityPeriod(3) is 200

  Scenario: The limit holds for each parameter by itself, and not for root
    Given SubtensorModule.OwnerHyperparamRateLimit is 2
    And Bob calls AdminUtils.sudo_set_immunity_period
      | netuid          | 3   |
      | immunity_period | 100 |
    When Bob calls AdminUtils.sudo_set_min_allowed_weights
      | netuid              | 3 |
      | min_allowed_weights | 2 |
    Then the call succeeds
    When Alice calls AdminUtils.sudo_set_immunity_period as root
      | netuid          | 3   |
      | immunity_period | 200 |
    Then the call succeeds

  Scenario Outline: Before an epoch in block 33, in block <block>, the change of <who> ends so: <outcome>
    # The tempo of 30 is set in block 3, so the epoch is at the beginning of block 33. 10 blocks before it a change is
    # still possible.
    Given Alice calls AdminUtils.sudo_set_tempo as root
      | netuid | 3  |
      | tempo  | 30 |
    And SubtensorModule.AdminFreezeWindow is 10
    And block <block before> is reached
    When <call>
      | netuid          | 3   |
      | immunity_period | 100 |
    Then <outcome>

    Examples:
      | who       | call                                                    | block | block before | outcome                                                           |
      | the owner | Bob calls AdminUtils.sudo_set_immunity_period           | 23    | 22           | the call succeeds                                                 |
      | the owner | Bob calls AdminUtils.sudo_set_immunity_period           | 24    | 23           | the call is refused with AdminActionProhibitedDuringWeightsWindow |
      | root      | Alice calls AdminUtils.sudo_set_immunity_period as root | 24    | 23           | the call is refused with AdminActionProhibitedDuringWeightsWindow |
      | the owner | Bob calls AdminUtils.sudo_set_immunity_period           | 32    | 31           | the call is refused with AdminActionProhibitedDuringWeightsWindow |
      | the owner | Bob calls AdminUtils.sudo_set_immunity_period           | 33    | 32           | the call succeeds                                                 |

  Scenario: A parameter outside the freeze can be changed right before the epoch
    Given Alice calls AdminUtils.sudo_set_tempo as root
      | netuid | 3  |
      | tempo  | 30 |
    And SubtensorModule.AdminFreezeWindow is 10
    And block 31 is reached
    When Alice calls AdminUtils.sudo_set_kappa as root
      | netuid | 3      |
      | kappa  | 40,000 |
    Then the call succeeds

  Scenario: A new tempo begins where it is set
    # The call is in block 21, so the next epoch is in block 421.
    Given block 20 is reached
    When Bob calls SubtensorModule.set_tempo
      | netuid | 3   |
      | tempo  | 400 |
    Then event TempoSet is emitted
      | 0 | 3   |
      | 1 | 400 |
    And SubtensorModule.Tempo(3) is 400
    And SubtensorModule.LastEpochBlock(3) is 21
    When the next epoch of subnet 3 runs
    Then the last block is 421

  Scenario: The owner changes the tempo once in 360 blocks
    Given Bob calls SubtensorModule.set_tempo
      | netuid | 3   |
      | tempo  | 400 |
    When Bob calls SubtensorModule.set_tempo
      | netuid | 3   |
      | tempo  | 500 |
    Then the call is refused with TxRateLimitExceeded
    And nothing changed

  Scenario: While an epoch that the owner asked for is pending, no parameter can be changed
    # The owner asks in block 5, so the epoch is 10 blocks later, in block 15, and the freeze ends with it.
    Given Bob calls AdminUtils.sudo_set_commit_reveal_weights_enabled
      | netuid  | 3     |
      | enabled | false |
    And SubtensorModule.AdminFreezeWindow is 10
    When Bob calls SubtensorModule.trigger_epoch
      | netuid | 3 |
    Then the call succeeds
    And SubtensorModule.PendingEpochAt(3) is 15
    When Alice calls AdminUtils.sudo_set_immunity_period as root
      | netuid          | 3   |
      | immunity_period | 100 |
    Then the call is refused with AdminActionProhibitedDuringWeightsWindow
    And nothing changed
    When the next epoch of subnet 3 runs
    Then the last block is 15
    When Bob calls AdminUtils.sudo_set_immunity_period
      | netuid          | 3   |
      | immunity_period | 100 |
    Then the call succeeds

  Scenario: Two mechanisms leave room for half the neurons each
    # Together they may have 256.
    When Bob calls AdminUtils.sudo_set_mechanism_count
      | netuid          | 3 |
      | mechanism_count | 2 |
    Then the call is refused with TooManyUIDsPerMechanism
    And nothing changed
    When Bob calls AdminUtils.sudo_set_max_allowed_uids
      | netuid           | 3   |
      | max_allowed_uids | 128 |
    And Bob calls AdminUtils.sudo_set_mechanism_count
      | netuid          | 3 |
      | mechanism_count | 2 |
    Then SubtensorModule.MechanismCountCurrent(3) is 2
