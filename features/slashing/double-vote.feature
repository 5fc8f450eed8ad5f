Feature: Slashing, third meaning: a double vote
  A finality voter that votes for two blocks in one round of GRANDPA breaks the promise that finality is made of. The two
  votes, both signed, are the evidence. A hotkey answers for an authority with its root stake: linked at genesis, or by a
  link that both keys sign, for good. Among n authorities the fraction is min(1, (3 / n)^2): one alone among many does
  little harm, a third of them together can finalise two chains. What is burned is TAO: it leaves the issuance.

  A node that sees two votes reports them by itself, unsigned and without a reward. Anybody else who has them can report
  them too, and is rewarded as for the other offences (document SLASHING).

  validator1 of Bob has 600 TAO of Bob, 300 of Charlie and 100 of Dave on root; Eve has no stake.

  Scenario: With three authorities a double vote costs everything
    Given a dev chain
    And Bob registers validator1 on the root network
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |
    And Bob stakes 600 TAO to validator1 on subnet 0
    And Charlie stakes 300 TAO to validator1 on subnet 0
    And Dave stakes 100 TAO to validator1 on subnet 0
    And slashing is enabled on subnet 0
    And Bob links authority One to validator1
    When Eve reports a double vote of authority One for eve_hot
    Then the call succeeds
    # 1,000 * 6,554 / 65,535 for the reporter
    And event Slashed is emitted
      | netuid   | 0                |
      | hotkey   | validator1       |
      | offence  | DoubleVote       |
      | slashed  | 1,000 TAO        |
      | rewarded | 100.00762951 TAO |
      | burned   | 899.99237049 TAO |
      | reporter | Eve              |
      | strikes  | 1                |
    And the stake of Bob on validator1 in subnet 0 is 0 TAO
    And the stake of Charlie on validator1 in subnet 0 is 0 TAO
    And the stake of Dave on validator1 in subnet 0 is 0 TAO
    And the stake of Eve on eve_hot in subnet 0 is 100.00762951 TAO
    And these values hold
      | SubtensorModule.SubnetTAO(0)      | 100.00762951 TAO |
      | SubtensorModule.SubnetAlphaOut(0) | 100.00762951 TAO |
    And subnet_account_0 has 100.00762951 TAO
    And Balances.TotalIssuance has fallen by 899.99237049 TAO
    And SubtensorModule.TotalIssuance has fallen by 899.99237049 TAO

  @only-memory
  Scenario: With six authorities it costs a quarter
    Given a six chain
    And Bob registers validator1 on the root network
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |
    And Bob stakes 600 TAO to validator1 on subnet 0
    And Charlie stakes 300 TAO to validator1 on subnet 0
    And Dave stakes 100 TAO to validator1 on subnet 0
    And slashing is enabled on subnet 0
    And Bob links authority Five to validator1
    When Eve reports a double vote of authority Five for eve_hot
      | stage | precommit |
    Then the call succeeds
    # floor(65,535 * 9 / 36) = 16,383 parts of 65,535
    And event Slashed is emitted
      | slashed  | 249.988555733 TAO |
      | rewarded | 25.000762863 TAO  |
      | burned   | 224.98779287 TAO  |
    And the stake of Bob on validator1 in subnet 0 is 450.00686656 TAO
    And the stake of Charlie on validator1 in subnet 0 is 225.00343328 TAO
    And the stake of Dave on validator1 in subnet 0 is 75.001144426 TAO
    # Another round is another offence, and the fraction has doubled.
    When Eve reports a double vote of authority Five for eve_hot
      | round | 2 |
    Then event Slashed is emitted
      | slashed | 374.988555471 TAO |
      | strikes | 2                 |
    When Eve reports a double vote of authority Five for eve_hot
      | round | 2         |
      | stage | precommit |
    Then the call is refused with AlreadyReported
    And nothing changed

  @only-memory
  Scenario: What can be claimed of root dividends stays in proportion to the stake
    # validator1 earned 0.5 alpha of subnet 2 for each TAO on root, and Bob has claimed 200 of 300 alpha.
    Given a six chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob registers validator1 on the root network
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |
    And Bob stakes 600 TAO to validator1 on subnet 0
    And slashing is enabled on subnet 0
    # Nobody is claimed for in the meantime.
    And these values are stored
      | SubtensorModule.RootClaimable(validator1)       | [(2, 0.5)]      |
      | SubtensorModule.RootClaimed(2, validator1, Bob) | 200,000,000,000 |
      | SubtensorModule.SubnetAlphaOut(2)               | 1,000 alpha     |
      | SubtensorModule.NumRootClaim                    | 0               |
    And Bob links authority Five to validator1
    When Eve reports a double vote of authority Five for eve_hot
    Then the stake of Bob on validator1 in subnet 0 is 450.00686656 TAO
    # He still may claim 100 alpha: 450.00686656 * 0.5 - 125.00343328
    And SubtensorModule.RootClaimed(2, validator1, Bob) is 125,003,433,280

  Scenario Outline: What is no double vote
    Given a dev chain
    And Bob registers validator1 on the root network
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |
    And Bob stakes 600 TAO to validator1 on subnet 0
    And slashing is enabled on subnet 0
    And Bob links authority One to validator1
    When Eve reports a double vote of authority <authority> for eve_hot
      | <what> | <how> |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | authority | what   | how     | error               |
      | One       | second | a block | NoDoubleVote        |
      | One       | signer | Two     | NoDoubleVote        |
      | One       | set    | 1       | NotCurrentAuthority |
      | Nobody    | round  | 1       | NotCurrentAuthority |
      | Two       | round  | 1       | AuthorityNotLinked  |

  Scenario: Where slashing is off on root a double vote costs nothing
    Given a dev chain
    And Bob registers validator1 on the root network
    And Bob links authority One to validator1
    When Eve reports a double vote of authority One for validator1
    Then the call is refused with NotEnabled
    And nothing changed

  Scenario Outline: A link needs both signatures
    Given a dev chain
    And Bob registers validator1 on the root network
    When Bob links authority One to validator1
      | <whose> | <who> |
    Then the call is refused with BadSignature
    And nothing changed

    Examples:
      | whose            | who |
      | authority signer | Two |
      | hotkey signer    | Bob |

  Scenario: A link is for good
    Given a dev chain
    And Bob links authority One to validator1
    When Charlie links authority One to validator2
    Then the call is refused with AuthorityAlreadyLinked
    And nothing changed
