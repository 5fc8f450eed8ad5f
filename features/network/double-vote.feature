@network @only-devnet
Feature: Votes that contradict each other
  Who votes for two blocks in one round of finality breaks the promise that finality is made of. The nodes that see both
  votes report them by themselves, and the stake that answers for the authority is cut (document SLASHING). Nodes that
  keep the rules are never reported, whatever happens to them.

  On the network `slashing` validator1 answers for every authority, with 1,000 TAO of Bob on root.

  Scenario: Two nodes vote with the keys of one authority
    Given the network slashing
    And 2 more blocks are final
    When a second node has the keys of Four
    # Among four authorities (3 / 4)^2 of the stake, floor(65,535 * 9 / 16) = 36,863 parts of 65,535, all of it burned.
    Then event Slashed becomes final
      | netuid   | 0                 |
      | hotkey   | validator1        |
      | offence  | DoubleVote        |
      | slashed  | 562.493324177 TAO |
      | rewarded | 0 TAO             |
      | burned   | 562.493324177 TAO |
      | reporter | none              |
      | strikes  | 1                 |
    And finality moves on
    When everything is repaired
    Then finality moves on
    And the nodes agree

  Scenario: Nodes that were parted are not reported
    Given the network slashing
    And 2 more blocks are final
    When the network is split into One, Two | Three, Four
    Then finality stands still for 2s
    When everything is repaired
    Then finality moves on
    And the nodes agree
    And no node reports an equivocation
    And event Slashed is not emitted
    And the stake of Bob on validator1 in subnet 0 is 1,000 TAO

  Scenario: A node that crashed is not reported
    Given the network slashing
    And 2 more blocks are final
    When Four crashes
    Then finality moves on
    When everything is repaired
    Then Four catches up
    And finality moves on
    And the nodes agree
    And no node reports an equivocation
    And event Slashed is not emitted
    And the stake of Bob on validator1 in subnet 0 is 1,000 TAO
