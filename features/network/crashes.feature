@network @only-devnet
Feature: Crashes
  A node that is killed starts again on its database and catches up. Three of four authorities are enough for finality;
  two are not.

  Scenario: One third has crashed
    Given a network of 4 nodes
    And 2 more blocks are final
    When Four crashes
    Then finality moves on
    When Three crashes
    Then finality stands still for 2s
    When everything is repaired
    Then finality moves on
    And Three catches up
    And Four catches up
    And the nodes agree

  Scenario: A rolling bounce under load
    Given a network of 4 nodes
    And 2 more blocks are final
    When every node is bounced in turn while Alice pays Bob
    Then every transfer is final
    And finality moves on
    And the nodes agree

  Scenario: A crash in the block of an epoch
    Given the network epochs
    When Two crashes in the next epoch block of subnet 1
    Then finality moves on
    When everything is repaired
    Then Two catches up
    And finality moves on
    And the nodes agree

  Scenario: A node that stands still and goes on
    Given a network of 4 nodes
    And 2 more blocks are final
    When Two stands still
    Then finality moves on
    When everything is repaired
    Then Two catches up
    And the nodes agree
