Feature: When epochs run
  Every subnet has an epoch each Tempo blocks, exactly: if the last was at block L, the next is at block L + Tempo. By
  default the tempo is 360 blocks, 72 minutes. The epoch pays what the subnet's alpha of the blocks since the last one
  has left for its owner, miners, validators and root (section 06, 3.6).

  At most MaxEpochsPerBlock epochs run in one block, 2 by default; the subnets with the lowest numbers come first, and
  the others wait for the next block.

  Background:
    Given a dev chain

  Scenario: Epochs are exactly one tempo apart
    Given subnet 2 of Alice with hotkey alice_hot
    When the next epoch of subnet 2 runs
    Then the last block is 360
    And SubtensorModule.LastEpochBlock(2) is 360
    And SubtensorModule.SubnetEpochIndex(2) is 1
    When the next epoch of subnet 2 runs
    Then the last block is 720
    And SubtensorModule.LastEpochBlock(2) is 720
    And SubtensorModule.SubnetEpochIndex(2) is 2
    And SubtensorModule.LastMechansimStepBlock(2) is 720

  Scenario: A new subnet counts its tempo from its registration, less its number
    # 100 - 2 + 360; the number is taken modulo the tempo.
    Given block 99 is reached
    And Alice registers a subnet with hotkey alice_hot
    Then SubtensorModule.LastEpochBlock(2) is 98
    When the next epoch of subnet 2 runs
    Then the last block is 458

  Scenario: An epoch pays what has been kept since the last one
    Given subnet 2 of Alice with hotkey alice_hot
    When block 359 is reached
    # 357 blocks from block 3 on: 357 * 0.179995422, and 357 * 0.410002288
    Then SubtensorModule.PendingOwnerCut(2) is 64.258365654 alpha
    And SubtensorModule.PendingServerEmission(2) is 146.370816816 alpha
    And SubtensorModule.BlocksSinceLastStep(2) is 358
    When 1 block passes
    # The alpha of block 360 itself is paid as well.
    Then SubtensorModule.PendingOwnerCut(2) is 0 alpha
    And SubtensorModule.PendingServerEmission(2) is 0 alpha
    And SubtensorModule.PendingValidatorEmission(2) is 0 alpha
    And SubtensorModule.BlocksSinceLastStep(2) is 0
    And SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) is 64.438361076 alpha
    And event IncentiveAlphaEmittedToMiners is emitted
      | netuid    | 2   |
      | emissions | [0] |

  Scenario: A new tempo counts from the block in which it is set
    Given subnet 2 of Alice with hotkey alice_hot
    And block 99 is reached
    When Alice calls AdminUtils.sudo_set_tempo as root
      | netuid | 2  |
      | tempo  | 50 |
    Then SubtensorModule.LastEpochBlock(2) is 100
    When the next epoch of subnet 2 runs
    Then the last block is 150

  Scenario: With a tempo of 0 there are no epochs
    Given subnet 2 of Alice with hotkey alice_hot
    And Alice calls AdminUtils.sudo_set_tempo as root
      | netuid | 2 |
      | tempo  | 0 |
    When 400 blocks pass
    Then SubtensorModule.SubnetEpochIndex(2) is 0
    # 0.179995422 * 401: every block since the start of the subnet
    And SubtensorModule.PendingOwnerCut(2) is 72.178164222 alpha

  Scenario: A subnet that does not emit has its epochs all the same
    Given Alice registers a subnet with hotkey alice_hot
    When the next epoch of subnet 2 runs
    Then the last block is 360
    And SubtensorModule.SubnetAlphaOut(2) is 0 alpha

  Scenario Outline: After 50,400 blocks without an epoch one is due, whatever the tempo
    Given subnet 2 of Alice with hotkey alice_hot
    And these values are stored
      | SubtensorModule.Tempo(2)               | 60,000   |
      | SubtensorModule.BlocksSinceLastStep(2) | <blocks> |
    When 1 block passes
    Then SubtensorModule.SubnetEpochIndex(2) is <epochs>

    Examples:
      | blocks | epochs |
      | 50,399 | 0      |
      | 50,400 | 1      |

  Scenario: Of three epochs due in one block the third waits for the next block
    Given subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Bob with hotkey bob_hot
    And subnet 4 of Charlie with hotkey charlie_hot
    And block 18 is reached
    And these values are stored
      | SubtensorModule.LastEpochBlock(2) | 15 |
      | SubtensorModule.LastEpochBlock(3) | 15 |
      | SubtensorModule.LastEpochBlock(4) | 15 |
      | SubtensorModule.Tempo(2)          | 20 |
      | SubtensorModule.Tempo(3)          | 20 |
      | SubtensorModule.Tempo(4)          | 20 |
    When block 35 is reached
    Then event EpochDeferred is emitted
      | netuid     | 4  |
      | from_block | 35 |
      | to_block   | 36 |
    And event EpochDeferred is emitted 1 time
    And these values hold
      | SubtensorModule.SubnetEpochIndex(2) | 1  |
      | SubtensorModule.SubnetEpochIndex(3) | 1  |
      | SubtensorModule.SubnetEpochIndex(4) | 0  |
      | SubtensorModule.PendingEpochAt(4)   | 36 |
    When 1 block passes
    Then these values hold
      | SubtensorModule.SubnetEpochIndex(4) | 1  |
      | SubtensorModule.LastEpochBlock(4)   | 36 |
      | SubtensorModule.PendingEpochAt(4)   | 0  |
    # From then on subnet 4 keeps its own time.
    When the next epoch of subnet 4 runs
    Then the last block is 56
    And event EpochDeferred is not emitted

  Scenario: Root sets how many epochs may run in one block
    Given subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Bob with hotkey bob_hot
    And subnet 4 of Charlie with hotkey charlie_hot
    And Alice calls AdminUtils.sudo_set_max_epochs_per_block as root
      | max_epochs_per_block | 1 |
    And these values are stored
      | SubtensorModule.LastEpochBlock(2) | 5 |
      | SubtensorModule.LastEpochBlock(3) | 5 |
      | SubtensorModule.LastEpochBlock(4) | 5 |
    When block 366 is reached
    Then these values hold
      | SubtensorModule.LastEpochBlock(2) | 365 |
      | SubtensorModule.LastEpochBlock(3) | 366 |
      | SubtensorModule.LastEpochBlock(4) | 5   |
    # At block 365 two epochs waited, at block 366 one waited again.
    And event EpochDeferred is emitted 3 times
    When 1 block passes
    Then SubtensorModule.LastEpochBlock(4) is 367

  Scenario: One epoch in a block is the least
    When Alice calls AdminUtils.sudo_set_max_epochs_per_block as root
      | max_epochs_per_block | 0 |
    Then the call is refused with AdminUtils.ValueNotInBounds
    And nothing changed
    When Alice calls AdminUtils.sudo_set_max_epochs_per_block
      | max_epochs_per_block | 3 |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: If a hotkey has two places on a subnet its epoch is skipped and pays nothing
    Given subnet 2 of Alice with hotkey alice_hot
    And Bob registers miner1 on subnet 2
    And SubtensorModule.Keys(2, 1) is alice_hot
    When the next epoch of subnet 2 runs
    Then the last block is 360
    And event EpochSkipped is emitted
      | netuid | 2   |
      | block  | 360 |
    And SubtensorModule.LastEpochBlock(2) is 360
    And SubtensorModule.SubnetEpochIndex(2) is 1
    # 358 blocks' alpha is kept for the next epoch.
    And SubtensorModule.PendingOwnerCut(2) is 64.438361076 alpha
    And SubtensorModule.BlocksSinceLastStep(2) is 359

  Scenario: The first epoch on subnet 1, which is there from block 0, pays out what has been set aside
    Given Alice registers alice_hot on the root network
    And Alice stakes 31,717 TAO to alice_hot on subnet 0
    When 97 blocks pass
    # Of 99 blocks with 1 alpha for participants 11,796 / 65,535 is for the owner, and half of the rest for miners.
    Then the last block is 99
    And SubtensorModule.PendingOwnerCut(1) is 17.819546778 alpha
    And SubtensorModule.PendingServerEmission(1) is 40.590226512 alpha
    When 1 block passes
    Then SubtensorModule.PendingOwnerCut(1) is 0 alpha
    And SubtensorModule.PendingServerEmission(1) is 0 alpha
