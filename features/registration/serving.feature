Feature: Announcing where a neuron answers
  A neuron announces its address on the chain, so that others find it (section 03, 7). The hotkey signs itself, and
  the call is free, so it needs no TAO. What is wrong is refused by the transaction pool already, and never gets into
  a block; a pool without a word of its own for an error says BadRequest (section 10, 2.2). Within a batch the same
  errors are ordinary ones.

  Addresses are written as numbers: 3232235777 is 192.168.1.1, that is ((192 x 256 + 168) x 256 + 1) x 256 + 1;
  2130706433 is 127.0.0.1.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob registers miner1 on subnet 2

  Scenario: A neuron announces its address, free of charge
    When miner1 calls SubtensorModule.serve_axon
      | netuid       | 2          |
      | version      | 1          |
      | ip           | 3232235777 |
      | port         | 8,091      |
      | ip_type      | 4          |
      | protocol     | 4          |
      | placeholder1 | 0          |
      | placeholder2 | 0          |
    Then the call succeeds
    And miner1 has 0 TAO
    And these values hold
      | SubtensorModule.Axons(2, miner1).block   | 4          |
      | SubtensorModule.Axons(2, miner1).version | 1          |
      | SubtensorModule.Axons(2, miner1).ip      | 3232235777 |
      | SubtensorModule.Axons(2, miner1).port    | 8,091      |
      | SubtensorModule.Axons(2, miner1).ip_type | 4          |
    And event AxonServed is emitted
      | 0 | 2      |
      | 1 | miner1 |

  Scenario: An address may be 0, for nobody is to come
    When miner1 calls SubtensorModule.serve_axon
      | netuid       | 2     |
      | version      | 1     |
      | ip           | 0     |
      | port         | 8,091 |
      | ip_type      | 4     |
      | protocol     | 4     |
      | placeholder1 | 0     |
      | placeholder2 | 0     |
    Then the call succeeds
    And SubtensorModule.Axons(2, miner1).ip is 0

  Scenario Outline: The pool refuses an address of type <type>, number <ip>, port <port>: <error>
    When miner1 calls SubtensorModule.serve_axon
      | netuid       | 2      |
      | version      | 1      |
      | ip           | <ip>   |
      | port         | <port> |
      | ip_type      | <type> |
      | protocol     | 4      |
      | placeholder1 | 0      |
      | placeholder2 | 0      |
    Then the call is refused with <error>
    And nothing changed

    # The last address of version 4, 2^32 - 1, its loopback, beyond its last; the same of version 6.
    Examples:
      | type | ip                                      | port  | error            |
      | 5    | 3232235777                              | 8,091 | BadRequest       |
      | 4    | 4294967295                              | 8,091 | InvalidIpAddress |
      | 4    | 2130706433                              | 8,091 | InvalidIpAddress |
      | 4    | 4294967296                              | 8,091 | InvalidIpAddress |
      | 6    | 340282366920938463463374607431768211455 | 8,091 | InvalidIpAddress |
      | 6    | 1                                       | 8,091 | InvalidIpAddress |
      | 4    | 3232235777                              | 0     | InvalidPort      |

  Scenario Outline: The pool refuses <who>, who has no neuron on subnet <netuid>
    When <who> calls SubtensorModule.serve_axon
      | netuid       | <netuid>   |
      | version      | 1          |
      | ip           | 3232235777 |
      | port         | 8,091      |
      | ip_type      | 4          |
      | protocol     | 4          |
      | placeholder1 | 0          |
      | placeholder2 | 0          |
    Then the call is refused with HotKeyNotRegisteredInNetwork
    And nothing changed

    # Bob owns the neuron, but it is the hotkey that signs.
    Examples:
      | who    | netuid |
      | miner2 | 2      |
      | Bob    | 2      |
      | miner1 | 1      |
      | miner1 | 7      |

  Scenario: Within a batch the same error is an ordinary one
    When miner1 calls Utility.batch_all
      | calls | [SubtensorModule.serve_axon(netuid: 2, version: 1, ip: 3232235777, port: 8091, ip_type: 5, protocol: 4, placeholder1: 0, placeholder2: 0)] |
    Then the call is refused with SubtensorModule.InvalidIpType
    And nothing changed

  Scenario: An address is changed once in 50 blocks at most
    # Announced in block 4, so the next time may be in block 54.
    Given miner1 calls SubtensorModule.serve_axon
      | netuid       | 2          |
      | version      | 1          |
      | ip           | 3232235777 |
      | port         | 8,091      |
      | ip_type      | 4          |
      | protocol     | 4          |
      | placeholder1 | 0          |
      | placeholder2 | 0          |
    And block 52 is reached
    When miner1 calls SubtensorModule.serve_axon
      | netuid       | 2          |
      | version      | 1          |
      | ip           | 3232235777 |
      | port         | 8,092      |
      | ip_type      | 4          |
      | protocol     | 4          |
      | placeholder1 | 0          |
      | placeholder2 | 0          |
    Then the call is refused with ServingRateLimitExceeded
    And nothing changed
    When 1 block passes
    And miner1 calls SubtensorModule.serve_axon
      | netuid       | 2          |
      | version      | 1          |
      | ip           | 3232235777 |
      | port         | 8,092      |
      | ip_type      | 4          |
      | protocol     | 4          |
      | placeholder1 | 0          |
      | placeholder2 | 0          |
    Then the call succeeds
    And SubtensorModule.Axons(2, miner1).port is 8,092
    And SubtensorModule.Axons(2, miner1).block is 54

  Scenario: A certificate is kept with the address
    # The first byte is the algorithm, the rest the public key.
    When miner1 calls SubtensorModule.serve_axon_tls
      | netuid       | 2          |
      | version      | 1          |
      | ip           | 3232235777 |
      | port         | 8,091      |
      | ip_type      | 4          |
      | protocol     | 4          |
      | placeholder1 | 0          |
      | placeholder2 | 0          |
      | certificate  | 0x01a1a2a3 |
    Then the call succeeds
    And SubtensorModule.Axons(2, miner1).port is 8,091
    And SubtensorModule.NeuronCertificates(2, miner1) is {public_key: 0xa1a2a3, algorithm: 1}

  Scenario: A certificate of no bytes is left aside, the address is kept
    When miner1 calls SubtensorModule.serve_axon_tls
      | netuid       | 2          |
      | version      | 1          |
      | ip           | 3232235777 |
      | port         | 8,091      |
      | ip_type      | 4          |
      | protocol     | 4          |
      | placeholder1 | 0          |
      | placeholder2 | 0          |
      | certificate  | 0x         |
    Then the call succeeds
    And SubtensorModule.Axons(2, miner1).port is 8,091
    And SubtensorModule.NeuronCertificates(2, miner1) is none

  Scenario: A neuron announces where its measurements are
    When miner1 calls SubtensorModule.serve_prometheus
      | netuid  | 2          |
      | version | 1          |
      | ip      | 3232235777 |
      | port    | 7,091      |
      | ip_type | 4          |
    Then the call succeeds
    And SubtensorModule.Prometheus(2, miner1) is {block: 4, version: 1, ip: 3232235777, port: 7,091, ip_type: 4}
    And event PrometheusServed is emitted
      | 0 | 2      |
      | 1 | miner1 |

  Scenario: There the address may not be 0
    When miner1 calls SubtensorModule.serve_prometheus
      | netuid  | 2     |
      | version | 1     |
      | ip      | 0     |
      | port    | 7,091 |
      | ip_type | 4     |
    Then the call is refused with InvalidIpAddress
    And nothing changed

  Scenario: The address of a neuron that is pushed out is forgotten
    Given miner1 calls SubtensorModule.serve_axon
      | netuid       | 2          |
      | version      | 1          |
      | ip           | 3232235777 |
      | port         | 8,091      |
      | ip_type      | 4          |
      | protocol     | 4          |
      | placeholder1 | 0          |
      | placeholder2 | 0          |
    And SubtensorModule.MaxAllowedUids(2) is 2
    When Charlie registers miner2 on subnet 2
    Then miner2 is neuron 1 of subnet 2
    And SubtensorModule.Axons(2, miner1) is none
