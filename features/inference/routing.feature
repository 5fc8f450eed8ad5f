Feature: Customers get the best answer there is
  A validator is a gateway to its subnet. It sends a customer's request to the miner with the best record, by quality and
  latency as it measured them itself, and to the next one if that fails. The customer gets the answer with the miner's
  receipt; a miner that fails is asked last until it answers again, and one that was caught is not asked at all (document
  NEURONS, "Validator").

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: validator1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner1)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2)     |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner3)     |
    And a market for series on subnet 2
    And these validators of Bob judge subnet 2
      | validator1 | honest |

  Scenario: Requests go to the miner with the best record
    Given these miners work on subnet 2
      | miner1 | undertrained |
      | miner2 | honest       |
      | miner3 | slow         |
    When the markets work for 10 blocks
    And customers make 20 requests to validator1 on subnet 2
    Then these miners answered the customers of subnet 2
      | miner2 | 20 |

  Scenario: Nobody is known yet, and the first that answers goes on
    Given these miners work on subnet 2
      | miner1 | undertrained |
      | miner2 | honest       |
      | miner3 | slow         |
    When customers make 20 requests to validator1 on subnet 2
    Then these miners answered the customers of subnet 2
      | miner1 | 20 |

  Scenario: A miner that dies costs no request
    Given these miners work on subnet 2
      | miner1 | undertrained |
      | miner2 | honest       |
      | miner3 | lazy         |
    When the markets work for 10 blocks
    And customers make 5 requests to validator1 on subnet 2
    Then these miners answered the customers of subnet 2
      | miner2 | 5 |
    Given miner2 is down on subnet 2
    When customers make 20 requests to validator1 on subnet 2
    Then these miners answered the customers of subnet 2
      | miner1 | 20 |

  Scenario: Who is quicker is preferred to who is as good
    Given these miners work on subnet 2
      | miner1 | slow   |
      | miner2 | honest |
      | miner3 | slow   |
    When the markets work for 10 blocks
    And customers make 20 requests to validator1 on subnet 2
    Then these miners answered the customers of subnet 2
      | miner2 | 20 |

  Scenario: A miner that drops a request is left for the next one
    Given these miners work on subnet 2
      | miner1 | flaky        |
      | miner2 | undertrained |
    When customers make 20 requests to validator1 on subnet 2
    Then these miners answered the customers of subnet 2
      | miner1 | 7  |
      | miner2 | 13 |
