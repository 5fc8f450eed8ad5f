@network @only-devnet
Feature: Bad links
  Slow and lossy links make finality late, and nothing else.

  Scenario: Everything is slow
    Given a network of 4 nodes
    And 2 more blocks are final
    When everything takes 40ms longer
    And Alice sends 3 TAO to Bob over One
    Then finality moves on
    And every transfer is final
    When everything is repaired
    Then finality moves on
    And the nodes agree

  Scenario: Much is lost
    Given a network of 4 nodes
    And 2 more blocks are final
    When 3% of what is sent is lost
    Then finality moves on
    When everything is repaired
    Then finality moves on
    And the nodes agree

  Scenario: Forks that slow links and bounces leave behind
    Given a network of 4 nodes
    And 2 more blocks are final
    When everything takes 350ms longer
    And Four is bounced
    And Two is bounced
    And everything is repaired
    Then finality moves on
    And the nodes agree
