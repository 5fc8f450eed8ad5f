@network @only-devnet
Feature: A market on a network
  The same miners and validators as programs of their own, on real nodes. What they measure by the clock is not the same
  every time; what customers are promised is.

  Scenario: A miner dies under load and no customer's request is lost
    Given the network duel
    When customers make 200 requests to duel-judge, and duel-good dies meanwhile
    Then no request was lost
    And duel-good answered the first request, and duel-poor the last
    And the nodes agree
