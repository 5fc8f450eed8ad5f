Feature: Pulses of the beacon
  The chain knows a randomness beacon in the manner of drand's quicknet: every 3 seconds it signs the number of a round,
  and nobody can know the signature, the pulse, before. Anyone may bring pulses to the chain, unsigned and free; the
  chain takes them if the beacon with the key it knows has signed them, and only in growing order. On a `beacon` chain
  this is a local beacon that goes by the blocks: 12 seconds of a block are 4 rounds, and block n brings the rounds up to
  4n (section 10, 7).

  Background:
    Given a beacon chain

  Scenario: A block brings four rounds
    Given the beacon runs
    When 1 block passes
    Then event Drand.NewPulse is emitted
      | rounds | [1, 2, 3, 4] |
    And Drand.LastStoredRound is 4
    When block 10 is reached
    Then these values hold
      | Drand.OldestStoredRound | 1  |
      | Drand.LastStoredRound   | 40 |
    And event Drand.NewPulse is emitted 9 times

  Scenario: A chain that knew no pulse begins with those of the block
    When block 9 is reached
    Then Drand.LastStoredRound is 0
    When the beacon runs
    And 1 block passes
    Then event Drand.NewPulse is emitted
      | rounds | [37, 38, 39, 40] |
    And Drand.OldestStoredRound is 37

  Scenario: A pulse is the signature of its round, and randomness its hash
    Given the beacon runs
    When 1 block passes
    # `assay beacon --round 1`
    Then Drand.Pulses(1).signature is 0x927d08294c365127799f1afa45920aad7c3e526ee3ae6cd238292ca689fc6e7177be51bbc0dbc37861ff5751c44e2f3a
    And Drand.Pulses(1).randomness is 0x2bba7dbf6d3767c7d050aae057953f5fe80ad210c8450e798cf21868a8ac6a5d

  Scenario: A late beacon lies behind, and catches up when it is on time again
    Given the beacon is late by 6 rounds
    When 1 block passes
    Then Drand.LastStoredRound is 0
    When block 10 is reached
    Then Drand.LastStoredRound is 34
    When the beacon runs
    And 1 block passes
    Then event Drand.NewPulse is emitted
      | rounds | [35, 36, 37, 38, 39, 40, 41, 42, 43, 44] |

  Scenario: What was missed for long comes fifty pulses at a time
    Given the beacon runs
    And 1 block passes
    And the beacon stops
    And block 20 is reached
    When the beacon runs
    And 1 block passes
    # 5 to 54 of the 80 that were missed
    Then Drand.LastStoredRound is 54
    When 1 block passes
    Then Drand.LastStoredRound is 88

  Scenario: A round that the beacon skips is never stored
    Given the beacon skips round 6
    When block 2 is reached
    Then event Drand.NewPulse is emitted
      | rounds | [5, 7, 8] |
    And Drand.Pulses(6) is none
    When block 10 is reached
    Then Drand.Pulses(6) is none
    And Drand.LastStoredRound is 40

  Scenario: A round that the beacon repeats is refused, and the next block brings what was due
    Given the beacon runs
    And block 2 is reached
    When the beacon publishes round 8
    Then the call is refused with InvalidRoundNumber
    And nothing changed
    And Drand.LastStoredRound is 8
    When 1 block passes
    Then event Drand.NewPulse is emitted
      | rounds | [9, 10, 11, 12, 13, 14, 15, 16] |

  Scenario: Rounds may be left out, and cannot be made up for
    Given the beacon publishes round 8
    When the beacon publishes round 7
    Then the call is refused with InvalidRoundNumber
    And Drand.Pulses(7) is none
    # Who brings pulses is trusted with nothing, so one from the future is one all the same.
    When the beacon publishes round 1,000
    Then the call succeeds
    And Drand.LastStoredRound is 1,000

  Scenario: The signature of another round is no pulse
    When the beacon publishes round 4 signed as round 5
    Then the call is refused with UnverifiedPulse
    And Drand.LastStoredRound is 0

  Scenario: What another beacon signs is no pulse
    When another beacon publishes round 4
    Then the call is refused with UnverifiedPulse
    And Drand.LastStoredRound is 0
