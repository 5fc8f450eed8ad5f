Feature: Timelocked commitments
  A neuron can publish data on its subnet, three fields at most, and seal a field until a round of the drand beacon. At the
  beginning of every block the chain tries the fields whose pulse is there: what opens moves to the revealed commitments
  of the neuron, which are its last ten, with the block of its opening; what does not open is dropped (section 10, 6).
  Here a pulse is in block n if its round is at most 4n, and opens what it opens at the beginning of block n + 1.

  Background:
    Given a beacon chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob     | SubtensorModule.burned_register(netuid: 2, hotkey: miner1) |
      | Charlie | SubtensorModule.burned_register(netuid: 2, hotkey: miner2) |
    And the beacon runs

  Scenario: A sealed text is opened in the block after its round
    When miner1 commits the text "hello" on subnet 2 until round 40
    Then the call succeeds
    And event TimelockCommitment is emitted
      | netuid       | 2      |
      | who          | miner1 |
      | reveal_round | 40     |
    When block 10 is reached
    Then Drand.LastStoredRound is 40
    And nothing is stored at Commitments.RevealedCommitments(2, miner1)
    When 1 block passes
    Then event CommitmentRevealed is emitted
      | netuid | 2      |
      | who    | miner1 |
    And miner1 has revealed the text "hello" on subnet 2 in block 11
    # Nothing is left of it.
    And nothing is stored at Commitments.CommitmentOf(2, miner1)
    And Commitments.TimelockedIndex is []

  Scenario: A sealed text waits for a beacon that is late
    Given miner1 commits the text "hello" on subnet 2 until round 40
    # Round 40 comes with block (40 + 8) / 4 = 12.
    And the beacon is late by 8 rounds
    When block 12 is reached
    Then event CommitmentRevealed is not emitted
    When 1 block passes
    Then miner1 has revealed the text "hello" on subnet 2 in block 13

  Scenario: A text for a round that the beacon skips stays sealed, and holds up nobody else
    Given miner1 commits the text "never" on subnet 2 until round 39
    And miner2 commits the text "now" on subnet 2 until round 40
    And the beacon skips round 39
    When block 30 is reached
    Then event CommitmentRevealed is emitted 1 time
    And miner2 has revealed the text "now" on subnet 2 in block 11
    And nothing is stored at Commitments.RevealedCommitments(2, miner1)
    And Commitments.TimelockedIndex is [(2, miner1)]

  Scenario: A round that the beacon repeats reveals nothing twice
    Given miner1 commits the text "hello" on subnet 2 until round 40
    And block 11 is reached
    When the beacon publishes round 40
    Then the call is refused with InvalidRoundNumber
    When 1 block passes
    Then event CommitmentRevealed is not emitted
    And miner1 has revealed the text "hello" on subnet 2 in block 11

  # Unlike weights, a text may be sealed until a round that is over.
  Scenario: A text for a round that is over is opened in the next block
    Given block 10 is reached
    When miner1 commits the text "late" on subnet 2 until round 40
    And 1 block passes
    Then miner1 has revealed the text "late" on subnet 2 in block 12

  Scenario: Bytes that no pulse opens are dropped with their pulse, and what stands beside them stays
    Given miner1 calls Commitments.set_commitment
      | netuid | 2                                                                                        |
      | info   | {fields: [TimelockEncrypted{encrypted: 0x010203, reveal_round: 40}, Sha256(0x0202020202020202020202020202020202020202020202020202020202020202)]} |
    When block 11 is reached
    Then event CommitmentRevealed is not emitted
    And these values hold
      | Commitments.CommitmentOf(2, miner1).info.fields | [Sha256(0x0202020202020202020202020202020202020202020202020202020202020202)] |
      | Commitments.TimelockedIndex                     | []                                                                           |
    And nothing is stored at Commitments.RevealedCommitments(2, miner1)

  Scenario: A new commitment takes the place of a sealed one, which is never opened
    Given miner1 commits the text "old" on subnet 2 until round 40
    And miner1 commits the text "new" on subnet 2 until round 44
    When block 11 is reached
    Then event CommitmentRevealed is not emitted
    When 1 block passes
    Then miner1 has revealed the text "new" on subnet 2 in block 12
    And Commitments.RevealedCommitments(2, miner1) is [(0x0c6e6577, 12)]

  Scenario: Texts of several neurons and rounds are opened each in its time
    Given miner1 commits the text "first" on subnet 2 until round 40
    And miner2 commits the text "second" on subnet 2 until round 48
    When block 11 is reached
    Then miner1 has revealed the text "first" on subnet 2 in block 11
    And nothing is stored at Commitments.RevealedCommitments(2, miner2)
    When block 13 is reached
    Then miner2 has revealed the text "second" on subnet 2 in block 13
    # What was revealed stays, and the next one is added to it.
    When miner1 commits the text "third" on subnet 2 until round 60
    And block 16 is reached
    Then miner1 has revealed the text "third" on subnet 2 in block 16
    And Commitments.RevealedCommitments(2, miner1) is [(0x146669727374, 11), (0x147468697264, 16)]
