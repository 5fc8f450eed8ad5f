@network @only-devnet
Feature: Coming late
  A node that has lost its chain gets it from its peers, block by block or by the state of a late block.

  Scenario: A node without a chain syncs from the genesis
    Given a network of 4 nodes
    And 5 more blocks are final
    When Two loses its chain
    Then Two catches up
    And finality moves on
    And the nodes agree

  Scenario: A node without a chain syncs by state
    Given the network watched
    And 5 more blocks are final
    When Watcher loses its chain and syncs by state
    Then Watcher catches up
    And finality moves on
    And the nodes agree

  Scenario: What one node is told another puts into a block
    Given the network watched
    And 2 more blocks are final
    When Alice sends 3 TAO to Bob over Watcher
    Then every transfer is final
    And Watcher catches up
