Feature: Transfers of TAO
  TAO moves between accounts. Who sends pays the transaction fee on top of what is sent.

  Background:
    Given a dev chain

  Scenario: What one sends the other gets
    When Alice transfers 3 TAO to Bob
    Then the call succeeds
    And Bob has 1,000,003 TAO
    And Alice has 999,997 TAO less fees
    And event Balances.Transfer is emitted
      | from   | Alice |
      | to     | Bob   |
      | amount | 3 TAO |

  Scenario: More than one has cannot be sent
    Given Bob owns 2 TAO
    When Bob transfers 3 TAO to Alice
    Then the call is refused with Token.FundsUnavailable
    And nothing changed
    And Alice has 1,000,000 TAO
    And Bob has 2 TAO less fees

  Scenario: Less than the existential deposit makes no account
    When Alice transfers 499 rao to nobody
    Then the call is refused with Token.BelowMinimum
    When Alice transfers 500 rao to nobody
    Then the call succeeds
    And nobody has 500 rao

  Scenario: Calls of one block are made in their order
    Given Bob owns 5 TAO
    When these calls are made in one block
      | Bob   | Balances.transfer_keep_alive(dest: Dave, value: 8 TAO)  |
      | Alice | Balances.transfer_keep_alive(dest: Bob, value: 10 TAO)  |
      | Bob   | Balances.transfer_keep_alive(dest: Dave, value: 8 TAO)  |
    Then call 1 is refused with FundsUnavailable
    And call 2 succeeds
    And call 3 succeeds
    And Dave has 2,008 TAO
    And event Balances.Transfer is emitted 2 times

  Scenario: One can send everything one has
    Given Bob owns 5 TAO
    When Bob calls Balances.transfer_all
      | dest       | Dave  |
      | keep_alive | false |
    Then the call succeeds
    And Bob has 0 TAO
    # the fee of this call is 0.000404056 TAO
    And Dave has 2,004.999595944 TAO
