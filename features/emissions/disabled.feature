Feature: Subnets without TAO
  Root decides for each subnet whether it gets TAO at all; a new subnet gets none until root enables it. A disabled
  subnet goes on minting its alpha. The TAO it would have got goes to the enabled subnets, in proportion to their parts
  (section 06, 3.1, step 3).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And subnet 3 of Bob with hotkey bob_hot
    And subnet 4 of Charlie with hotkey charlie_hot
    And SubtensorModule.FirstEmissionBlockNumber(1) is none

  Scenario: A new subnet has no TAO emission until root enables it
    Given SubtensorModule.SubnetMovingPrice(2) is 0.5
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by 0 TAO
    And SubtensorModule.TotalIssuance has grown by 0 TAO
    When Alice calls AdminUtils.sudo_set_subnet_emission_enabled as root
      | netuid  | 2    |
      | enabled | true |
    Then the call succeeds
    And event AdminUtils.SubnetEmissionEnabledSet is emitted
      | netuid  | 2    |
      | enabled | true |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by 1 TAO
    And SubtensorModule.TotalIssuance has grown by 1 TAO

  Scenario: What a disabled subnet would have got goes to the others in proportion
    # The parts are 0.375, 0.125 and 0.5; without the last they are 0.375 / 0.5 and 0.125 / 0.5.
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(2)     | 0.1875 |
      | SubtensorModule.SubnetMovingPrice(3)     | 0.0625 |
      | SubtensorModule.SubnetMovingPrice(4)     | 0.25   |
      | SubtensorModule.SubnetEmissionEnabled(2) | true   |
      | SubtensorModule.SubnetEmissionEnabled(3) | true   |
    When 1 block passes
    Then SubtensorModule.SubnetTAO(2) has grown by 0.75 TAO
    And SubtensorModule.SubnetTAO(3) has grown by 0.25 TAO
    And SubtensorModule.SubnetTAO(4) has grown by 0 TAO
    And SubtensorModule.SubnetAlphaOut(4) has grown by 1 alpha
    And SubtensorModule.TotalIssuance has grown by 1 TAO

  Scenario: If all subnets are disabled no TAO is issued
    Given these values are stored
      | SubtensorModule.SubnetMovingPrice(2) | 0.5 |
      | SubtensorModule.SubnetMovingPrice(3) | 0.5 |
    When 10 blocks pass
    Then SubtensorModule.TotalIssuance has grown by 0 TAO
    And SubtensorModule.SubnetAlphaOut(2) has grown by 10 alpha

  Scenario Outline: Only root enables and disables emission
    When <who> calls AdminUtils.sudo_set_subnet_emission_enabled
      | netuid  | 2    |
      | enabled | true |
    Then the call is refused with BadOrigin
    And nothing changed

    Examples: another account, and the subnet's owner, who has the sudo key as well but does not use it
      | who   |
      | Bob   |
      | Alice |

  Scenario Outline: There is nothing to enable on <subnet>
    When Alice calls AdminUtils.sudo_set_subnet_emission_enabled as root
      | netuid  | <netuid> |
      | enabled | true     |
    Then the call is refused with AdminUtils.<error>
    And nothing changed

    Examples:
      | subnet              | netuid | error                    |
      | the root network    | 0      | NotPermittedOnRootSubnet |
      | a subnet not there  | 7      | SubnetDoesNotExist       |
