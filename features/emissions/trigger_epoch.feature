Feature: Epochs on demand
  The owner of a subnet can ask for an epoch out of turn. It runs AdminFreezeWindow blocks after the call, 10 by
  default, and in between nobody can change the subnet's settings. The tempo counts from it anew. It cannot be asked for
  while weights are committed and revealed, nor while the next epoch is less than the window away, nor twice
  (section 02, 9; section 06, 3.6).

  Background:
    Given a dev chain
    And Alice calls AdminUtils.sudo_set_admin_freeze_window as root
      | window | 10 |
    And subnet 2 of Alice with hotkey alice_hot
    And Alice calls AdminUtils.sudo_set_commit_reveal_weights_enabled
      | netuid  | 2     |
      | enabled | false |

  Scenario: An epoch that the owner asks for runs after the freeze window
    Given block 99 is reached
    When Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    Then the call succeeds
    And event EpochTriggered is emitted
      | netuid   | 2     |
      | by       | Alice |
      | fires_at | 110   |
    And SubtensorModule.PendingEpochAt(2) is 110
    When the next epoch of subnet 2 runs
    Then the last block is 110
    And SubtensorModule.PendingEpochAt(2) is 0
    When the next epoch of subnet 2 runs
    Then the last block is 470

  Scenario: While an epoch on demand is pending not even root changes the subnet's settings
    Given block 99 is reached
    And Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    When Alice calls AdminUtils.sudo_set_kappa as root
      | netuid | 2      |
      | kappa  | 40,000 |
    Then the call succeeds
    When Alice calls AdminUtils.sudo_set_rho as root
      | netuid | 2  |
      | rho    | 20 |
    Then the call is refused with AdminActionProhibitedDuringWeightsWindow
    And nothing changed
    When block 110 is reached
    And Alice calls AdminUtils.sudo_set_rho as root
      | netuid | 2  |
      | rho    | 20 |
    Then the call succeeds

  Scenario: While weights are committed no epoch can be asked for
    Given Alice calls AdminUtils.sudo_set_commit_reveal_weights_enabled
      | netuid  | 2    |
      | enabled | true |
    When Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    Then the call is refused with DynamicTempoBlockedByCommitReveal
    And nothing changed

  Scenario: An epoch cannot be asked for twice
    Given Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    When Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    Then the call is refused with EpochTriggerAlreadyPending
    And nothing changed

  Scenario: Less than the freeze window before the next epoch none can be asked for
    # The next epoch is at block 360.
    Given block 350 is reached
    When Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    Then the call is refused with AutoEpochAlreadyImminent
    And nothing changed

  Scenario: Exactly the freeze window before the next epoch one can still be asked for, and both are one
    Given block 349 is reached
    When Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    Then the call succeeds
    And SubtensorModule.PendingEpochAt(2) is 360
    When the next epoch of subnet 2 runs
    Then the last block is 360
    When the next epoch of subnet 2 runs
    Then the last block is 720

  Scenario: With a tempo of 0 epochs run on no demand
    Given Alice calls AdminUtils.sudo_set_tempo as root
      | netuid | 2 |
      | tempo  | 0 |
    When Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    Then the call succeeds
    When 100 blocks pass
    Then SubtensorModule.SubnetEpochIndex(2) is 0

  Scenario Outline: Nobody but the owner asks for an epoch
    When <who> calls SubtensorModule.trigger_epoch
      | netuid | <netuid> |
    Then the call is refused with BadOrigin
    And nothing changed

    Examples: another account, and an owner for a subnet that does not exist
      | who   | netuid |
      | Bob   | 2      |
      | Alice | 7      |

  Scenario: Not even root asks for an epoch
    When Alice calls SubtensorModule.trigger_epoch as root
      | netuid | 2 |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: Owners ask for an epoch once in two tempos
    Given Alice calls AdminUtils.sudo_set_owner_hparam_rate_limit as root
      | epochs | 2 |
    And Alice calls AdminUtils.sudo_set_tempo as root
      | netuid | 2  |
      | tempo  | 20 |
    And Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    Then the last block is 7
    # The epoch asked for is at block 17, the next ones are at 37 and 57.
    Given block 45 is reached
    When Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    # 46 - 7 is less than 2 * 20.
    Then the call is refused with TxRateLimitExceeded
    And nothing changed
    When Alice calls SubtensorModule.trigger_epoch
      | netuid | 2 |
    Then the call succeeds
    And SubtensorModule.PendingEpochAt(2) is 57
