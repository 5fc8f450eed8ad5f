Feature: What any running chain does
  These scenarios begin with the chain as they find it, so they can be run on one that others use:
  `assay verify --target ws://127.0.0.1:9944 --name '^running/'`. They say nothing of what was there before, and of
  what they change only what the chain's own events tell. The invariants hold after each of their blocks.

  Background:
    Given the running chain

  Scenario: TAO is transferred
    When Alice transfers 1.5 TAO to Bob
    Then the call succeeds
    And event Balances.Transfer is emitted
      | from   | Alice   |
      | to     | Bob     |
      | amount | 1.5 TAO |
    And event TransactionPayment.TransactionFeePaid is emitted
      | who | Alice |

  Scenario: What the chain cannot do it refuses by name
    When Alice transfers 2,000,000 TAO to Bob
    Then the call is refused with Token.FundsUnavailable

  Scenario: Blocks pass
    When 3 blocks pass
    Then event System.ExtrinsicSuccess is emitted
