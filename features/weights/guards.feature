Feature: What the transaction pool refuses
  The calls about weights are free. So that nobody can fill blocks with them, those that cannot succeed because of
  the stake threshold, the rate limit or a commit are refused before they are in a block, and leave no trace: no
  fee, and the same nonce can be used again. The pool knows a few codes only, with names of their own (section 10,
  2.2). In a batch the same checks are made as each call is dispatched, and fail with the pallet's errors (section
  10, 2).

    NotEnoughStakeToSetWeights                        StakeAmountTooLow
    SettingWeightsTooFast, CommittingWeightsTooFast   RateLimitExceeded
    InvalidRevealRound                                InvalidRevealRound
    NoWeightsCommitFound                              CommitNotFound
    RevealTooEarly                                    CommitBlockNotInRevealRange
    InputLengthsUnequal                               InputLengthsUnequal

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob registers validator1 on subnet 2
    And validator1 owns 10 TAO
    And SubtensorModule.ValidatorPermit(2) is [false, true]

  Scenario: What the pool refuses leaves no trace
    Given SubtensorModule.CommitRevealWeightsEnabled(2) is false
    When validator1 sets weights on subnet 2
      | alice_hot | 1 |
    Then the call is refused with RateLimitExceeded
    And nothing changed
    And validator1 has 10 TAO
    And System.Account(validator1).nonce is 0

  Scenario: What fails in its block has used its nonce
    Given SubtensorModule.WeightsSetRateLimit(2) is 0
    When validator1 sets weights on subnet 2
      | alice_hot | 1 |
    Then the call is refused with CommitRevealEnabled
    And nothing changed
    And validator1 has 10 TAO
    And System.Account(validator1).nonce is 1

  Scenario Outline: By itself the pool refuses the call with <code>, in a batch it fails with <error>
    Given these values are stored
      | SubtensorModule.CommitRevealWeightsEnabled(2) | <commit reveal> |
      | SubtensorModule.WeightsSetRateLimit(2)        | <limit>         |
      | SubtensorModule.StakeThreshold                | <threshold>     |
      | Drand.LastStoredRound                         | 1,000           |
    When these calls are made in one block
      | validator1 | <call> |
    Then the call is refused with <code>
    And nothing changed
    When validator1 calls Utility.batch_all
      | calls | [<call>] |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | code                | error                      | commit reveal | limit | threshold | call                                                                                                                       |
      | StakeAmountTooLow   | NotEnoughStakeToSetWeights | false         | 0     | 1         | SubtensorModule.set_weights(netuid: 2, dests: [0], weights: [1], version_key: 0)                                           |
      | RateLimitExceeded   | SettingWeightsTooFast      | false         | 100   | 0         | SubtensorModule.set_weights(netuid: 2, dests: [0], weights: [1], version_key: 0)                                           |
      | RateLimitExceeded   | CommittingWeightsTooFast   | true          | 100   | 0         | SubtensorModule.commit_weights(netuid: 2, commit_hash: 0x0000000000000000000000000000000000000000000000000000000000000001) |
      | CommitNotFound      | NoWeightsCommitFound       | true          | 0     | 0         | SubtensorModule.reveal_weights(netuid: 2, uids: [0], values: [1], salt: [1], version_key: 0)                               |
      | InvalidRevealRound  | InvalidRevealRound         | true          | 0     | 0         | SubtensorModule.commit_timelocked_weights(netuid: 2, commit: 0x01, reveal_round: 999, commit_reveal_version: 4)            |
      | InputLengthsUnequal | InputLengthsUnequal        | true          | 0     | 0         | SubtensorModule.batch_commit_weights(netuids: [2], commit_hashes: [])                                                      |

  Scenario: A commit that cannot be revealed yet, by itself and in a batch
    Given SubtensorModule.WeightsSetRateLimit(2) is 0
    # The weight 1 for neuron 0 with the salt 1
    And validator1 calls SubtensorModule.commit_weights
      | netuid      | 2                                                                  |
      | commit_hash | 0xed6f81cb557248d92e1cdd3182d58bb9ccd91ea11424bf6c5fb688fa8997d33a |
    When validator1 calls SubtensorModule.reveal_weights
      | netuid      | 2   |
      | uids        | [0] |
      | values      | [1] |
      | salt        | [1] |
      | version_key | 0   |
    Then the call is refused with CommitBlockNotInRevealRange
    And nothing changed
    When validator1 calls Utility.batch_all
      | calls | [SubtensorModule.reveal_weights(netuid: 2, uids: [0], values: [1], salt: [1], version_key: 0)] |
    Then the call is refused with RevealTooEarly
    And nothing changed
