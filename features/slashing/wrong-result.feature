Feature: Slashing, third meaning: a wrong result
  The owner of a subnet registers models: the layers, and a Merkle root over their rows of weights. A receipt signs Merkle
  roots over the request and over the outputs of all layers. If one value of one layer is not what that layer gives, anybody
  can prove it with that one step: the layer's input, its claimed output and one row of weights, each with its branch. The
  chain computes the one value again, with the code that miners run, and slashes a fifth: f = 13,107 parts of 65,535
  (document SLASHING; devnet/inference/COMMITMENTS.md has the bytes).

  The example network has a dense layer of 4 inputs and 3 outputs, a rounding shift, a clamp and a dense layer of 2 outputs.
  miner1 of Bob has 1,000 alpha of Bob, 400 of Charlie and 200 of Dave; Eve has no stake.

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And Bob registers miner1 on subnet 2
    And Swap.FeeRate(2) is 0
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Bob stakes 1,000 TAO to miner1 on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Charlie stakes 250 TAO to miner1 on subnet 2
    And a pool of 900 TAO and 2,000 alpha on subnet 2
    And Dave stakes 100 TAO to miner1 on subnet 2
    And Eve calls SubtensorModule.try_associate_hotkey
      | hotkey | eve_hot |
    And slashing is enabled on subnet 2

  Scenario Outline: One wrong value in any layer costs a fifth of the stake
    Given Alice registers the example network on subnet 2
    When Eve reports a wrong result of miner1 on subnet 2 for eve_hot
      | layer   | <layer>   |
      | element | <element> |
    Then the call succeeds
    And event Slashed is emitted
      | netuid   | 2                   |
      | hotkey   | miner1              |
      | offence  | WrongResult         |
      | slashed  | 320 alpha           |
      | rewarded | 32.002441443 alpha  |
      | burned   | 287.997558557 alpha |
      | reporter | Eve                 |
      | strikes  | 1                   |
    And the stake of Bob on miner1 in subnet 2 is 800 alpha
    And the stake of Charlie on miner1 in subnet 2 is 320 alpha
    And the stake of Dave on miner1 in subnet 2 is 160 alpha
    And the stake of Eve on eve_hot in subnet 2 is 32.002441443 alpha
    And AlphaAssets.AlphaRecycled(2) is 287.997558557 alpha

    Examples:
      | layer | element |
      | 0     | 0       |
      | 0     | 2       |
      | 1     | 1       |
      | 2     | 2       |
      | 3     | 1       |

  Scenario: Strikes of all offences count together
    Given Alice registers the example network on subnet 2
    And Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    # 1,439.987792783 * 2 * 13,107 / 65,535
    When Eve reports a wrong result of miner1 on subnet 2 for eve_hot
    Then event Slashed is emitted
      | slashed | 575.995117113 alpha |
      | strikes | 2                   |

  Scenario: One job can be punished once for each offence
    Given Alice registers the example network on subnet 2
    And Eve reports a wrong result of miner1 on subnet 2 for eve_hot
    When Eve reports a wrong result of miner1 on subnet 2 for eve_hot
      | element | 1 |
    Then the call is refused with AlreadyReported
    And nothing changed
    When Eve reports a contradiction of miner1 on subnet 2 for eve_hot
    Then the call succeeds

  Scenario: An honest answer cannot be proved wrong
    Given Alice registers the example network on subnet 2
    When Eve reports a wrong result of miner1 on subnet 2 for eve_hot
      | claimed | right |
    Then the call is refused with ProofAgrees
    And nothing changed

  Scenario Outline: What is no proof
    Given Alice registers the example network on subnet 2
    When Eve reports a wrong result of miner1 on subnet 2 for eve_hot
      | proof | <fault> |
    Then the call is refused with ProofDoesNotFit
    And nothing changed

    # `response` is a right proof against another answer than the one signed.
    Examples:
      | fault    |
      | branch   |
      | row      |
      | input    |
      | layer    |
      | element  |
      | response |

  Scenario Outline: What is no receipt
    Given Alice registers the example network on subnet 2
    When Eve reports a wrong result of miner1 on subnet 2 for eve_hot
      | <what> | <how> |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | what    | how           | error               |
      | signer  | eve_hot       | BadSignature        |
      | block   | 1,000         | ReceiptFromFuture   |
      | block   | 2             | NotRegistered       |
      | netuid  | 1             | NotEnabled          |
      | model   | another model | ModelNotRegistered  |
      | request | another       | ProofDoesNotFit     |
      | genesis | another chain | ReceiptOfOtherChain |

  Scenario: A receipt for a model that is not registered cannot be used
    When Eve reports a wrong result of miner1 on subnet 2 for eve_hot
    Then the call is refused with ModelNotRegistered
    And nothing changed

  Scenario: Only the owner registers a model, and once
    When Bob registers the example network on subnet 2
    Then the call is refused with NotSubnetOwner
    And nothing changed
    When Alice registers the example network on subnet 2
    Then the call succeeds
    And event ModelRegistered is emitted
      | netuid | 2 |
    When Alice registers the example network on subnet 2
    Then the call is refused with ModelAlreadyRegistered
    And nothing changed

  Scenario: A model of another subnet does not count
    Given subnet 3 of Alice with hotkey alice_hot2
    And Alice registers the example network on subnet 3
    When Eve reports a wrong result of miner1 on subnet 2 for eve_hot
    Then the call is refused with ModelNotRegistered
    And nothing changed
