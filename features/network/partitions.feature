@network @only-devnet
Feature: Partitions
  Finality needs more than two thirds of the authorities: three of four. Where so many reach each other it goes on;
  where they do not it stands still, blocks are made all the same, and once everybody reaches everybody again all nodes
  come to one chain and nothing that was sent is lost.

  Scenario: One node is cut off
    Given a network of 4 nodes
    And 2 more blocks are final
    When Four is cut off
    Then Three takes in new blocks
    When everything is repaired
    Then finality moves on
    And Four catches up
    And the nodes agree

  Scenario: Two halves
    Given a network of 4 nodes
    And 2 more blocks are final
    When the network is split into One, Two | Three, Four
    And Alice sends 3 TAO to Dave over One
    And Bob sends 4 TAO to Eve over Three
    Then finality stands still for 12s
    And One takes in new blocks
    And Three takes in new blocks
    When everything is repaired
    Then finality moves on
    And every transfer is final
    And the nodes agree

  Scenario: Bounces after the halves have met again
    Given a network of 4 nodes
    And 2 more blocks are final
    When the network is split into One, Two | Three, Four
    Then finality stands still for 2s
    When everything is repaired
    Then finality moves on
    When Two is bounced
    Then finality moves on
    When Three is bounced
    Then finality moves on
    And the nodes agree

  Scenario: A minority goes on importing
    Given a network of 4 nodes
    And 2 more blocks are final
    When the network is split into One, Two, Three | Four
    Then One takes in new blocks
    When everything is repaired
    And the network is split into One, Two | Three | Four
    Then finality stands still for 2s
    And Two takes in new blocks
    When everything is repaired
    Then finality moves on
    And the nodes agree

  Scenario: What is held back arrives
    Given a network of 4 nodes
    And 2 more blocks are final
    When what is sent to and from Two is held back
    Then One takes in new blocks
    When everything is repaired
    Then finality moves on
    And Two catches up
