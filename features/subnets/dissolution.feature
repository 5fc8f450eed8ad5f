Feature: Dissolving a subnet
  Root can dissolve a subnet, and a registration dissolves one when there is no room (section 02, 5). The TAO of its
  pool is shared among all alpha: each coldkey's stake on each hotkey, and the alpha in the pool as the protocol's own.

    share = floor(pool TAO x stake / all alpha)

  The rao that are left over go, one each, to the shares with the largest remainders. Stakers are paid to their
  coldkeys. The protocol's share is recycled, that is, taken out of the issuance. The owner gets nothing back of the
  lock. Alpha that was emitted but not yet paid out counts for nobody.

  Here the swap fee is off and the pool is set before each purchase, so that the amounts are round: in a pool of 1,000
  TAO and 1,000 alpha, 1,000 TAO buy 1,000 x (1 - 1,000 / 2,000) = 500 alpha, and 250 TAO buy
  1,000 x (1 - 1,000 / 1,250) = 200 alpha. So Bob has 500 alpha, Charlie 200.

  Background:
    Given a dev chain
    And block 1 is reached
    And subnet 2 of Alice with hotkey alice_hot
    And Alice calls Swap.set_fee_rate as root
      | netuid | 2 |
      | rate   | 0 |
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And Bob stakes 1,000 TAO to alice_hot on subnet 2
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And Charlie stakes 250 TAO to alice_hot on subnet 2

  Scenario: Stakers are paid their part of the pool, and the protocol's part leaves the issuance
    # 500 + 200 + 300 alpha share 900 TAO. The subnet's account keeps 500 rao, the least an account can have.
    Given a pool of 900 TAO and 300 alpha on subnet 2
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then the call succeeds
    And Bob has 999,450 TAO less fees
    And Charlie has 999,930 TAO less fees
    And SubtensorModule.TotalIssuance has fallen by 269.9999995 TAO
    And System.Account(subnet_account_2).data.free is 500 rao
    And event NetworkRemoved is emitted
      | 0 | 2 |

  Scenario: The owner gets no TAO back
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then the call succeeds
    And System.Account(Alice).data.free has grown by 0 TAO

  Scenario: A rao left over goes to the largest remainder, here a staker's
    # 500 + 200 + 200 alpha share 1,000 TAO: 555.555555555 and 5/9, 222.222222222 and 2/9 twice. Bob gets the rao.
    Given a pool of 1,000 TAO and 200 alpha on subnet 2
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then Bob has 999,555.555555556 TAO less fees
    And Charlie has 999,972.222222222 TAO less fees

  Scenario: A rao left over goes to the largest remainder, here the protocol's
    # 500 + 200 + 1,400 alpha share 1,000 TAO: 238.095238095 and 5/21, 95.238095238 and 2/21, 666.666666666 and 14/21.
    Given a pool of 1,000 TAO and 1,400 alpha on subnet 2
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then Bob has 999,238.095238095 TAO less fees
    And Charlie has 999,845.238095238 TAO less fees
    # 666.666666667 TAO less the 500 rao that stay.
    And SubtensorModule.TotalIssuance has fallen by 666.666666167 TAO

  Scenario: Each coldkey is paid for its stake on every hotkey
    # Bob buys 500 alpha more, on another hotkey: 500 + 500 + 200 + 300 alpha share 1,500 TAO.
    Given Bob registers bob_hot on subnet 2
    And a pool of 1,000 TAO and 1,000 alpha on subnet 2
    And Bob owns 1,000,000 TAO
    And Bob stakes 1,000 TAO to bob_hot on subnet 2
    And a pool of 1,500 TAO and 300 alpha on subnet 2
    And Bob owns 1,000 TAO
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then Bob has 2,000 TAO
    And event Balances.Transfer is emitted
      | from   | subnet_account_2 |
      | to     | Charlie          |
      | amount | 200 TAO          |

  Scenario: Of a subnet as old as the refund rule itself the pool's alpha has no part
    # The rule counts from block 1; a subnet not registered after that leaves all 900 TAO to 500 + 200 alpha:
    # 642.857142857 and 1/7, 257.142857142 and 6/7.
    Given a pool of 900 TAO and 300 alpha on subnet 2
    And SubtensorModule.NetworkRegisteredAt(2) is 1
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then Bob has 999,642.857142857 TAO less fees
    And Charlie has 1,000,007.142857143 TAO less fees
    And SubtensorModule.TotalIssuance has fallen by 0 TAO
    And System.Account(subnet_account_2).data.free is 0 TAO

  Scenario: Nothing of the subnet's stakes, pool and neurons is left
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then these values hold
      | SubtensorModule.NetworksAdded(2)               | false   |
      | SubtensorModule.SubnetTAO(2)                   | 0 TAO   |
      | SubtensorModule.SubnetAlphaIn(2)               | 0 alpha |
      | SubtensorModule.SubnetAlphaOut(2)              | 0 alpha |
      | SubtensorModule.TotalHotkeyAlpha(alice_hot, 2) | 0 alpha |
      | SubtensorModule.SubnetLocked(2)                | 0 TAO   |
      | SubtensorModule.SubnetOwner(2)                 | zero    |
      | SubtensorModule.SubnetworkN(2)                 | 0       |
      | SubtensorModule.FirstEmissionBlockNumber(2)    | none    |
      | SubtensorModule.TotalNetworks                  | 2       |
    And alice_hot is not registered on subnet 2
    And SubtensorModule.Owner(alice_hot) is Alice
    When Bob stakes 10 TAO to alice_hot on subnet 2
    Then the call is refused with SubnetNotExists

  Scenario: Root dividends that were not claimed are lost with the subnet
    # validator1 owes its root stakers 0.5 alpha of subnet 2 and 0.25 alpha of subnet 3 for each TAO.
    Given these values are stored
      | SubtensorModule.RootClaimable(validator1)       | [(2, 0.5), (3, 0.25)] |
      | SubtensorModule.RootClaimed(2, validator1, Bob) | 5                     |
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then SubtensorModule.RootClaimable(validator1) is [(3, 0.25)]
    And SubtensorModule.RootClaimed(2, validator1, Bob) is 0

  Scenario: Who gets the number next meets fresh parameters, but a few settings survive
    Given these values are stored
      | SubtensorModule.Tempo(2)            | 100     |
      | SubtensorModule.MaxAllowedUids(2)   | 128     |
      | SubtensorModule.BurnHalfLife(2)     | 10      |
      | SubtensorModule.RecycleOrBurn(2)    | Recycle |
      | SubtensorModule.OwnerCutEnabled(2)  | false   |
      | SubtensorModule.MinNonImmuneUids(2) | 5       |
    And Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    When Charlie registers a subnet with hotkey charlie_hot
    Then these values hold
      | SubtensorModule.SubnetOwner(2)             | Charlie |
      | SubtensorModule.Tempo(2)                   | 360     |
      | SubtensorModule.MaxAllowedUids(2)          | 256     |
      | SubtensorModule.BurnHalfLife(2)            | 360     |
      | SubtensorModule.RecycleOrBurn(2)           | Recycle |
      | SubtensorModule.OwnerCutEnabled(2)         | false   |
      | SubtensorModule.MinNonImmuneUids(2)        | 5       |
      | SubtensorModule.RegisteredSubnetCounter(2) | 2       |

  Scenario: The older call of root does the same, whoever it names
    When Alice calls SubtensorModule.dissolve_network as root
      | coldkey | Charlie |
      | netuid  | 2       |
    Then the call succeeds
    And SubtensorModule.NetworksAdded(2) is false

  Scenario Outline: <who> cannot dissolve a subnet
    When <who> calls SubtensorModule.<call>
      | netuid | 2 |
    Then the call is refused with BadOrigin
    And nothing changed

    Examples:
      | who   | call                  |
      | Alice | root_dissolve_network |
      | Bob   | root_dissolve_network |

  Scenario Outline: Subnet <netuid> cannot be dissolved
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | <netuid> |
    Then the call is refused with SubnetNotExists
    And nothing changed

    Examples:
      | netuid |
      | 0      |
      | 7      |
