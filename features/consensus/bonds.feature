Feature: Bonds over time
  A validator is paid for having found good miners early. Its bond on a miner moves each epoch towards its weight on
  it (cut to consensus), by a fixed part:

    bond = memory * old bond + (1 - memory) * weight

  Memory is BondsMovingAverage, in millionths: nine tenths unless set. Bonds are kept in parts of 65,535, rounded down;
  what they hold of a miner is their share among all validators' bonds on it (Yuma3, which every registered subnet
  uses). Yuma2, the rule before, multiplies weights by stake first and keeps bonds relative to the largest on the same
  miner. Liquid alpha makes the part depend on how far weight and bond are apart (section 07, 2.8 to 2.11, 3 and 5).
  All numbers were calculated apart from the chain; `assay epoch` prints the same for the same subnet.

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

  Scenario: A bond closes a tenth of the gap each epoch
    Given these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    # 0.1, 0.19 and 0.271 of 65,535
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Bonds(2, 1) is [(4, 6,553)]
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Bonds(2, 1) is [(4, 12,451)]
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Bonds(2, 1) is [(4, 17,759)]
    # Stake makes no difference to bonds, only to dividends.
    And SubtensorModule.Bonds(2, 2) is [(4, 17,759)]
    And SubtensorModule.Dividends(2) is [0, 32,767, 16,383, 16,383, 0, 0]

  Scenario Outline: The owner chooses how fast bonds move: a memory of <memory>
    Given Alice calls AdminUtils.sudo_set_bonds_moving_average
      | netuid               | 2        |
      | bonds_moving_average | <memory> |
    And these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Bonds(2, 1) is [(4, <bond>)]

    Examples:
      | memory  | bond   |
      | 0       | 65,535 |
      | 500,000 | 32,767 |
      | 900,000 | 6,553  |
      | 975,000 | 1,638  |

  Scenario: The owner cannot make bonds slower than 975,000 millionths, root can
    When Alice calls AdminUtils.sudo_set_bonds_moving_average
      | netuid               | 2       |
      | bonds_moving_average | 975,001 |
    Then the call is refused with BondsMovingAverageMaxReached
    And nothing changed
    When Alice calls AdminUtils.sudo_set_bonds_moving_average as root
      | netuid               | 2       |
      | bonds_moving_average | 975,001 |
    Then the call succeeds
    And SubtensorModule.BondsMovingAverage(2) is 975,001

  Scenario Outline: Yuma3 keeps bonds in parts of a whole, Yuma2 in parts of the largest: <rule>
    Given Alice calls AdminUtils.sudo_set_yuma3_enabled
      | netuid  | 2       |
      | enabled | <yuma3> |
    And validator1 sets weights on subnet 2
      | miner1 | 1 |
    And validator2 sets weights on subnet 2
      | miner1 | 1 |
    And validator3 sets weights on subnet 2
      | miner1 | 60 |
      | miner2 | 40 |
    # Only a quarter of the stake gives miner2 anything, so miner1 gets all.
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Incentive(2) is [0, 0, 0, 0, 65,535, 0]
    And these values hold
      | SubtensorModule.Bonds(2, 1) | [(4, <bond1>)] |
      | SubtensorModule.Bonds(2, 2) | [(4, <bond2>)] |
      | SubtensorModule.Bonds(2, 3) | [(4, <bond3>)] |
    # 50 : 25 : 25 * 0.6 under both rules in the first epoch
    And SubtensorModule.Dividends(2) is <dividends>

    # Yuma3: a tenth of 1, 1 and 0.6. Yuma2: 50, 25 and 25 * 0.6 relative to 50.
    Examples:
      | rule  | yuma3 | bond1  | bond2  | bond3  | dividends                         |
      | Yuma3 | true  | 6,553  | 6,553  | 3,932  | [0, 36,408, 18,204, 10,922, 0, 0] |
      | Yuma2 | false | 65,535 | 32,767 | 19,660 | [0, 36,408, 18,204, 10,922, 0, 0] |

  Scenario Outline: Liquid alpha moves bonds between a low and a high part: <low> to <high>
    # Where weight and consensus agree, the part is low + (high - low) / (1 + e ^ 5), close to the lower one.
    Given these values are stored
      | SubtensorModule.LiquidAlphaOn(2) | true            |
      | SubtensorModule.AlphaValues(2)   | (<low>, <high>) |
    And these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Bonds(2, 1) is [(4, <bond>)]

    # 45,875 + 0.00669 * 13,107; no choice at all; 6,553 + 0.00669 * 52,429
    Examples:
      | low    | high   | bond   |
      | 45,875 | 58,982 | 45,962 |
      | 32,768 | 32,768 | 32,767 |
      | 6,553  | 58,982 | 6,903  |

  Scenario: With liquid alpha a bond is dropped as soon as its weight is gone
    Given Alice calls AdminUtils.sudo_set_liquid_alpha_enabled
      | netuid  | 2    |
      | enabled | true |
    And these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Bonds(2, 3) is [(4, 45,962)]
    # miner2 is below consensus, so nothing of this counts.
    Given validator3 sets weights on subnet 2
      | miner2 | 1 |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Bonds(2, 3) is []

  Scenario: The parts of liquid alpha have bounds
    When Alice calls AdminUtils.sudo_set_alpha_values
      | netuid     | 2      |
      | alpha_low  | 45,875 |
      | alpha_high | 58,982 |
    Then the call is refused with LiquidAlphaDisabled
    And nothing changed
    Given Alice calls AdminUtils.sudo_set_liquid_alpha_enabled
      | netuid  | 2    |
      | enabled | true |
    When Alice calls AdminUtils.sudo_set_alpha_values
      | netuid     | 2     |
      | alpha_low  | 1,637 |
      | alpha_high | 1,637 |
    Then the call is refused with AlphaHighTooLow
    And nothing changed
    When Alice calls AdminUtils.sudo_set_alpha_values
      | netuid     | 2      |
      | alpha_low  | 58,983 |
      | alpha_high | 58,982 |
    Then the call is refused with AlphaLowOutOfRange
    And nothing changed

  Scenario: A new miner in the slot of an old one does not inherit its bonds
    Given these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4, 5], weights: [90, 10], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4, 5], weights: [90, 10], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4, 5], weights: [90, 10], version_key: 0) |
    When the next epoch of subnet 2 runs
    # A tenth of 0.9 and 0.1
    Then SubtensorModule.Bonds(2, 1) is [(4, 5,898), (5, 655)]
    # The subnet is full, and miner2 has the least emission.
    Given SubtensorModule.MaxAllowedUids(2) is 6
    And Charlie registers miner3 on subnet 2
    Then miner3 is neuron 5 of subnet 2
    And SubtensorModule.Weights(2, 1) is [(4, 65,535), (5, 0)]
    Given these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4, 5], weights: [90, 10], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4, 5], weights: [90, 10], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4, 5], weights: [90, 10], version_key: 0) |
    When the next epoch of subnet 2 runs
    # 0.9 * 5,898 + 5,898 for miner1, and a first tenth for miner3
    Then SubtensorModule.Bonds(2, 1) is [(4, 11,206), (5, 655)]

  Scenario: A validator that loses its permit loses its bonds
    Given SubtensorModule.MaxAllowedValidators(2) is 2
    And these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4], weights: [1], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.ValidatorPermit(2) is [true, true, false, true, false, false]
    And these values hold
      | SubtensorModule.Bonds(2, 1) | [(4, 6,553)] |
      | SubtensorModule.Bonds(2, 2) | []           |
      | SubtensorModule.Bonds(2, 3) | [(4, 6,553)] |

  Scenario: A miner that says it has changed resets the bonds on it
    Given Alice calls AdminUtils.sudo_set_bonds_reset_enabled
      | netuid  | 2    |
      | enabled | true |
    And these calls are made in one block
      | validator1 | SubtensorModule.set_weights(netuid: 2, dests: [4, 5], weights: [90, 10], version_key: 0) |
      | validator2 | SubtensorModule.set_weights(netuid: 2, dests: [4, 5], weights: [90, 10], version_key: 0) |
      | validator3 | SubtensorModule.set_weights(netuid: 2, dests: [4, 5], weights: [90, 10], version_key: 0) |
    When the next epoch of subnet 2 runs
    Then SubtensorModule.Bonds(2, 1) is [(4, 5,898), (5, 655)]
    When miner1 calls Commitments.set_commitment
      | netuid | 2                          |
      | info   | {fields: [ResetBondsFlag]} |
    Then the call succeeds
    And SubtensorModule.Bonds(2, 1) is [(5, 655)]
    And SubtensorModule.Bonds(2, 2) is [(5, 655)]
