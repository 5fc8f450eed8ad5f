Feature: Stake at risk: the terms of a subnet
  Slashing is off on every subnet until its owner, or root, says otherwise. A change takes effect after one window, the one
  in force: evidence older than that does not count any more then, so nobody is judged by terms that were announced after
  the receipt (document SLASHING).

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob registers miner1 on subnet 2
    And Swap.FeeRate(2) is 0
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Bob stakes 1,000 TAO to miner1 on subnet 2
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |

  Scenario: On a chain where nobody says anything slashing is off
    When 1 block passes
    Then Slashing.TermsOf(2) is {now: {enabled: false, window: 360, contradiction: 6554, wrong_result: 13107, reporter_share: 6554, max_strikes: 3, ban: 7200}, next: none}
    And nothing is stored at Slashing.TermsOf(2)

  Scenario: The owner switches it on, and a window later it is on
    # Block 8: on from block 368
    When Alice calls Slashing.set_terms
      | netuid | 2                                                                                                                                     |
      | terms  | {enabled: true, window: 360, contradiction: 6554, wrong_result: 13107, reporter_share: 6554, max_strikes: 3, ban: 7200} |
    Then the call succeeds
    And event TermsChanged is emitted
      | netuid | 2   |
      | from   | 368 |
    When block 366 is reached
    And Bob bonds 1 alpha on miner1 in subnet 2
    Then the call is refused with NotEnabled
    And the last block is 367
    When Bob bonds 1 alpha on miner1 in subnet 2
    Then the call succeeds

  Scenario: Until then offences are judged by the old terms
    Given slashing is enabled on subnet 2
      | window | 5 |
    # Block 9: in force from block 14
    And Alice calls Slashing.set_terms
      | netuid | 2                                                                                                                  |
      | terms  | {enabled: true, window: 5, contradiction: 65535, wrong_result: 13107, reporter_share: 0, max_strikes: 3, ban: 7200} |
    And block 12 is reached
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | first |
    # Block 13: a tenth of 1,000
    Then event Slashed is emitted
      | slashed  | 100.00762951 alpha |
      | rewarded | 10.00152596 alpha |
    # Block 14: all of what is left, and nothing for the reporter
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
      | job | second |
    Then event Slashed is emitted
      | slashed  | 899.99237049 alpha |
      | rewarded | 0 alpha            |

  Scenario: A change that waits is replaced by the next, which waits a window of its own
    Given slashing is enabled on subnet 2
      | window | 5 |
    And Alice calls Slashing.set_terms
      | netuid | 2                                                                                                                   |
      | terms  | {enabled: false, window: 5, contradiction: 6554, wrong_result: 13107, reporter_share: 6554, max_strikes: 3, ban: 10} |
    # Block 10
    When Alice calls Slashing.set_terms
      | netuid | 2                                                                                                                  |
      | terms  | {enabled: true, window: 9, contradiction: 6554, wrong_result: 13107, reporter_share: 6554, max_strikes: 3, ban: 10} |
    Then event TermsChanged is emitted
      | from | 15 |
    When block 20 is reached
    And Bob bonds 1 alpha on miner1 in subnet 2
    Then the call succeeds

  Scenario: What was bonded leaves after slashing was switched off
    Given slashing is enabled on subnet 2
      | window | 5 |
    And Bob bonds 700 alpha on miner1 in subnet 2
    And slashing is enabled on subnet 2
      | enabled | false |
      | window  | 5     |
    When Bob unstakes 301 alpha from miner1 on subnet 2
    Then the call is refused with StakeUnavailable
    When Bob unbonds 700 alpha on miner1 in subnet 2
    Then the call succeeds
    When 5 blocks pass
    And Bob unstakes 301 alpha from miner1 on subnet 2
    Then the call succeeds

  Scenario: Root sets the terms of any subnet, and alone those of root
    When Alice calls Slashing.set_terms as root
      | netuid | 0                                                                                                                       |
      | terms  | {enabled: true, window: 360, contradiction: 6554, wrong_result: 13107, reporter_share: 6554, max_strikes: 3, ban: 7200} |
    Then the call succeeds
    When Alice calls Slashing.set_terms
      | netuid | 0                                                                                                                       |
      | terms  | {enabled: true, window: 360, contradiction: 6554, wrong_result: 13107, reporter_share: 6554, max_strikes: 3, ban: 7200} |
    Then the call is refused with NotSubnetOwner
    And nothing changed

  Scenario Outline: Who may not, and what may not be set
    When <who> calls Slashing.set_terms
      | netuid | <netuid>                                                                                                                                   |
      | terms  | {enabled: true, window: <window>, contradiction: 6554, wrong_result: 13107, reporter_share: 6554, max_strikes: <strikes>, ban: <ban>} |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | who   | netuid | window    | strikes | ban       | error           |
      | Bob   | 2      | 360       | 3       | 7200      | NotSubnetOwner  |
      | Alice | 9      | 360       | 3       | 7200      | NotSubnetOwner  |
      | Alice | 2      | 0         | 3       | 7200      | TermsOutOfRange |
      | Alice | 2      | 2,628,001 | 3       | 7200      | TermsOutOfRange |
      | Alice | 2      | 360       | 0       | 7200      | TermsOutOfRange |
      | Alice | 2      | 360       | 3       | 2,628,001 | TermsOutOfRange |

  Scenario: Root is told of a subnet that does not exist
    When Alice calls Slashing.set_terms as root
      | netuid | 9                                                                                                                       |
      | terms  | {enabled: true, window: 360, contradiction: 6554, wrong_result: 13107, reporter_share: 6554, max_strikes: 3, ban: 7200} |
    Then the call is refused with SubnetNotExists
    And nothing changed
