Feature: The lock cost of a new subnet
  Whoever registers a subnet pays the lock cost. Each registration doubles it, and with every block it falls again
  (section 02, 1):

    cost = 2 x last cost - floor(last cost / interval) x (now - block of the last registration)

  and never less than the minimum. Over one interval the cost falls from twice the last cost to the last cost, over
  two intervals to the minimum. The interval, 57,600 blocks on a fresh chain, is scaled by the emission of a block:
  when the emission has halved, the cost falls twice as fast. Before the first registration of a chain nothing is
  doubled.

  Background:
    Given a dev chain

  Scenario: On a fresh chain the first subnet costs twice the last lock cost that the chain starts with
    # The chain starts with a last lock cost of 1,250 TAO and a registration at block 1; this is block 1.
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.NetworkLastLockCost is 2,500 TAO
    And SubtensorModule.LastRateLimitedBlock(NetworkLastRegistered) is 1
    And Bob has 997,500 TAO less fees

  Scenario: The cost falls by a fixed amount each block, of which less than a rao is cut off
    # 1,250 TAO / 57,600 = 21,701,388.9 rao a block; 2,500 TAO - 100 x 0.021701388 TAO.
    Given block 100 is reached
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.NetworkLastLockCost is 2,497.8298612 TAO
    And Bob has 997,502.1701388 TAO less fees

  Scenario: Registrations one after another double the cost each time
    Given these values are stored
      | SubtensorModule.NetworkLastLockCost                         | 1,000 TAO |
      | SubtensorModule.NetworkLockReductionInterval                | 1,000     |
      | SubtensorModule.LastRateLimitedBlock(NetworkLastRegistered) | 2         |
    # Block 2: 2 x 1,000 TAO.
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.NetworkLastLockCost is 2,000 TAO
    # Block 3: 2 x 2,000 TAO - 2 TAO.
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.NetworkLastLockCost is 3,998 TAO
    # Block 4: 2 x 3,998 TAO - 3.998 TAO.
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.NetworkLastLockCost is 7,992.002 TAO
    And Bob has 986,009.998 TAO less fees

  Scenario Outline: After a subnet for 1,000 TAO the next one costs <cost>, <blocks> later
    # The interval is 100 blocks, so the cost falls by 10 TAO a block from 2,000 TAO.
    Given these values are stored
      | SubtensorModule.NetworkLastLockCost                         | 1,000 TAO |
      | SubtensorModule.NetworkLockReductionInterval                | 100       |
      | SubtensorModule.LastRateLimitedBlock(NetworkLastRegistered) | 2         |
    And block <block before> is reached
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.NetworkLastLockCost is <cost>
    And SubtensorModule.SubnetLocked(2) is <cost>

    Examples:
      | blocks     | block before | cost      |
      | 1 block    | 2            | 1,990 TAO |
      | 50 blocks  | 51           | 1,500 TAO |
      | 100 blocks | 101          | 1,000 TAO |
      | 199 blocks | 200          | 10 TAO    |
      | 200 blocks | 201          | 1 TAO     |
      | 250 blocks | 251          | 1 TAO     |

  Scenario: The cost never falls below the minimum
    Given Alice calls AdminUtils.sudo_set_network_min_lock_cost as root
      | lock_cost | 3,000 TAO |
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.NetworkLastLockCost is 3,000 TAO
    And Bob has 997,000 TAO less fees

  Scenario: Before the first registration of a chain the cost is not doubled
    # 1,000 TAO - 2 blocks x 1 TAO.
    Given these values are stored
      | SubtensorModule.NetworkLastLockCost                         | 1,000 TAO |
      | SubtensorModule.NetworkLockReductionInterval                | 1,000     |
      | SubtensorModule.LastRateLimitedBlock(NetworkLastRegistered) | none      |
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.NetworkLastLockCost is 998 TAO

  Scenario: When the emission has halved the cost falls twice as fast
    # With 11,000,000 TAO issued a block mints 0.5 TAO, so the interval is 500 blocks and the cost falls by 2 TAO a
    # block: 2,000 TAO - 99 x 2 TAO.
    Given these values are stored
      | SubtensorModule.TotalIssuance                               | 11,000,000 TAO |
      | SubtensorModule.NetworkLastLockCost                         | 1,000 TAO      |
      | SubtensorModule.NetworkLockReductionInterval                | 1,000          |
      | SubtensorModule.LastRateLimitedBlock(NetworkLastRegistered) | 2              |
    And block 100 is reached
    When Bob registers a subnet with hotkey bob_hot
    Then SubtensorModule.NetworkLastLockCost is 1,802 TAO

  Scenario: Root sets the interval, nobody else
    When Bob calls AdminUtils.sudo_set_lock_reduction_interval
      | interval | 1,000 |
    Then the call is refused with BadOrigin
    And nothing changed
    When Alice calls AdminUtils.sudo_set_lock_reduction_interval as root
      | interval | 1,000 |
    Then the call succeeds
    And SubtensorModule.NetworkLockReductionInterval is 1,000
    And event NetworkLockCostReductionIntervalSet is emitted
