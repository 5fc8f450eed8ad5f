@network @only-devnet
Feature: Faulty authorities
  One authority of four may do what it likes: the others notice, and agree.

  Scenario: Two nodes have the keys of one authority
    Given a network of 4 nodes
    And 2 more blocks are final
    When a second node has the keys of Four
    Then One reports an equivocation
    And finality moves on
    When everything is repaired
    Then finality moves on
    And the nodes agree

  Scenario: A clock that is ahead
    Given a network of 4 nodes
    And 2 more blocks are final
    When the clock of Four is 60s ahead
    Then finality moves on
    When everything is repaired
    Then finality moves on
    And Four catches up
    And the nodes agree
