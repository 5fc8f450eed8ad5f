Feature: Credits for inference
  A customer pays for answers with credits. Credits are bought with TAO: the TAO buys alpha in the subnet's pool, as a
  stake would, and the alpha is burned, so that who works on the subnet earns by a higher price and nobody by a promise.
  "Burned" is the protocol's word (section 01, 4): the alpha stays outstanding and belongs to nobody.

    credits = floor(alpha bought, in rao x rate / 1,000,000,000)

  The rate is 1,000,000,000 credits for an alpha, one for each rao, until root sets another. Credits cannot be sold back.

  A customer signs vouchers for a gateway over what it owes it in all. The higher voucher holds the lower one, so that one
  signature pays for many requests and handing one in again takes nothing. All this is ours alone and off on every subnet
  until root enables it (document NEURONS, "Customers").

  Background:
    Given a dev chain
    And subnet 2 of Alice with hotkey alice_hot
    And these calls are made in one block
      | Bob | SubtensorModule.burned_register(netuid: 2, hotkey: gateway1) |
      | Bob | SubtensorModule.burned_register(netuid: 2, hotkey: gateway2) |
      | Bob | Balances.transfer_keep_alive(dest: gateway1, value: 1 TAO)   |
      | Bob | Balances.transfer_keep_alive(dest: gateway2, value: 1 TAO)   |
    And Swap.FeeRate(2) is 0
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And subnet 2 sells credits

  Scenario: TAO buys alpha, which is burned
    When Charlie buys credits for 250 TAO on subnet 2
    Then the call succeeds
    # 2,000 * (1 - 1,000 / 1,250) = 400
    And these values hold
      | Credits.Balances(2, Charlie)     | 400,000,000,000                                     |
      | Credits.Sold(2)                  | {burned: 400,000,000,000, credits: 400,000,000,000} |
      | AlphaAssets.AlphaBurned(2)       | 400 alpha                                           |
      | SubtensorModule.SubnetTAO(2)     | 1,250 TAO                                           |
      | SubtensorModule.SubnetAlphaIn(2) | 1,600 alpha                                         |
    And SubtensorModule.SubnetTaoFlow(2) has grown by 250 TAO
    And the price of subnet 2 is 0.78125 TAO
    And Charlie has 999,750 TAO less fees
    And event CreditsBought is emitted
      | netuid   | 2               |
      | customer | Charlie         |
      | tao      | 250 TAO         |
      | alpha    | 400 alpha       |
      | credits  | 400,000,000,000 |

  Scenario: What is burned stays outstanding, and is nobody's stake
    When Charlie buys credits for 250 TAO on subnet 2
    # 400 alpha, and the alpha that every block emits
    Then SubtensorModule.SubnetAlphaOut(2) has grown by 401 alpha
    And AlphaAssets.TotalAlphaIssuance(2) has grown by 1 alpha
    And SubtensorModule.StakingHotkeys(Charlie) is []

  Scenario: The fee of the pool is that of a stake
    Given Swap.FeeRate(2) is 655
    # The fee is 655 / 65,535 of 250 TAO, 2.498664835 TAO; the rest buys 2,000 * (1 - 1,000 / 1,247.501335165) alpha.
    When Charlie buys credits for 250 TAO on subnet 2
    Then Credits.Balances(2, Charlie) is 396,795,303,040

  Scenario: Root sets how many credits an alpha buys
    Given Alice calls Credits.set_rate as root
      | netuid | 2         |
      | rate   | 2,500,000 |
    When Charlie buys credits for 250 TAO on subnet 2
    # 400 alpha at 2,500,000 credits
    Then Credits.Balances(2, Charlie) is 1,000,000,000
    And AlphaAssets.AlphaBurned(2) is 400 alpha

  Scenario: A customer says the least that it wants
    When Charlie buys credits for 250 TAO on subnet 2
      | min_credits | 400,000,000,001 |
    Then the call is refused with TooFewCredits
    And nothing changed
    When Charlie buys credits for 250 TAO on subnet 2
      | min_credits | 400,000,000,000 |
    Then the call succeeds

  Scenario Outline: What a stake would be refused for
    When Charlie buys credits for <tao> on subnet 2
    Then the call is refused with <error>
    And nothing changed

    # A million is all that Charlie has.
    Examples:
      | tao           | error                   |
      | 0.001 TAO     | AmountTooLow            |
      | 1,000,000 TAO | NotEnoughBalanceToStake |

  Scenario: One signature pays for many requests
    Given Charlie buys credits for 250 TAO on subnet 2
    When gateway1 spends a voucher of Charlie for gateway1 over 1,500 credits on subnet 2
    Then the call succeeds
    And event CreditsSpent is emitted
      | netuid   | 2        |
      | customer | Charlie  |
      | gateway  | gateway1 |
      | credits  | 1,500    |
      | total    | 1,500    |
    When gateway1 spends a voucher of Charlie for gateway1 over 4,000 credits on subnet 2
    Then event CreditsSpent is emitted
      | credits | 2,500 |
      | total   | 4,000 |
    And Credits.Balances(2, Charlie) is 399,999,996,000
    And Credits.Spent(2, Charlie, gateway1) is 4,000

  Scenario Outline: A voucher that was handed in takes nothing again
    Given Charlie buys credits for 250 TAO on subnet 2
    And gateway1 spends a voucher of Charlie for gateway1 over 4,000 credits on subnet 2
    When gateway1 spends a voucher of Charlie for gateway1 over <total> credits on subnet 2
    Then the call is refused with AlreadySpent
    And nothing changed

    Examples:
      | total |
      | 4,000 |
      | 3,999 |
      | 0     |

  Scenario: The owner of the gateway's hotkey can hand it in
    Given Charlie buys credits for 250 TAO on subnet 2
    When Bob spends a voucher of Charlie for gateway1 over 4,000 credits on subnet 2
    Then the call succeeds
    And Credits.Spent(2, Charlie, gateway1) is 4,000

  Scenario: Nobody gets more than was bought, from all gateways together
    Given Charlie buys credits for 250 TAO on subnet 2
    And Bob spends a voucher of Charlie for gateway1 over 300,000,000,000 credits on subnet 2
    When Bob spends a voucher of Charlie for gateway2 over 100,000,000,001 credits on subnet 2
    Then the call is refused with NotEnoughCredits
    And nothing changed
    When Bob spends a voucher of Charlie for gateway2 over 100,000,000,000 credits on subnet 2
    Then the call succeeds
    And nothing is stored at Credits.Balances(2, Charlie)

  Scenario: Credits can be bought again, and the total goes on
    Given Charlie buys credits for 250 TAO on subnet 2
    And Bob spends a voucher of Charlie for gateway1 over 400,000,000,000 credits on subnet 2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 2
    And Charlie buys credits for 250 TAO on subnet 2
    When Bob spends a voucher of Charlie for gateway1 over 400,000,000,700 credits on subnet 2
    Then event CreditsSpent is emitted
      | credits | 700 |
    And Credits.Balances(2, Charlie) is 399,999,999,300

  Scenario Outline: What is no voucher
    Given Charlie buys credits for 250 TAO on subnet 2
    When gateway1 spends a voucher of Charlie for gateway1 over 4,000 credits on subnet 2
      | <what> | <how> |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | what    | how           | error                |
      | signer  | gateway1      | BadSignature         |
      | genesis | another chain | VoucherOfOtherChain  |
      | since   | 7             | VoucherOfOtherSubnet |

  Scenario: Only the gateway that a voucher names can spend it
    Given Charlie buys credits for 250 TAO on subnet 2
    When gateway2 spends a voucher of Charlie for gateway1 over 4,000 credits on subnet 2
    Then the call is refused with NotTheGateway
    And nothing changed

  Scenario: A gateway has a slot on the subnet
    Given Charlie buys credits for 250 TAO on subnet 2
    When Eve spends a voucher of Charlie for Eve over 4,000 credits on subnet 2
    Then the call is refused with GatewayNotRegistered
    And nothing changed

  Scenario: Credits are off on every subnet until root enables them
    Given subnet 3 of Alice with hotkey alice_hot2
    And a pool of 1,000 TAO and 2,000 alpha on subnet 3
    When Charlie buys credits for 250 TAO on subnet 3
    Then the call is refused with NotEnabled
    And nothing changed
    When Alice calls Credits.set_enabled
      | netuid  | 3    |
      | enabled | true |
    Then the call is refused with BadOrigin
    And nothing changed

  Scenario: Where credits are stopped, what was bought waits
    Given Charlie buys credits for 250 TAO on subnet 2
    And Alice calls Credits.set_enabled as root
      | netuid  | 2     |
      | enabled | false |
    When Bob spends a voucher of Charlie for gateway1 over 4,000 credits on subnet 2
    Then the call is refused with NotEnabled
    And nothing changed
    Given Alice calls Credits.set_enabled as root
      | netuid  | 2    |
      | enabled | true |
    When Bob spends a voucher of Charlie for gateway1 over 4,000 credits on subnet 2
    Then the call succeeds

  Scenario Outline: Terms that cannot be
    When Alice calls Credits.<call> as root
      | netuid     | <netuid> |
      | <argument> | <value>  |
    Then the call is refused with <error>
    And nothing changed

    Examples:
      | call        | netuid | argument | value | error            |
      | set_enabled | 0      | enabled  | true  | RootHasNoCredits |
      | set_enabled | 9      | enabled  | true  | SubnetNotExists  |
      | set_rate    | 2      | rate     | 0     | RateOutOfRange   |

  Scenario: Credits go with their subnet
    # A subnet that takes its number is another one, on which old vouchers are worth nothing.
    Given Charlie buys credits for 250 TAO on subnet 2
    And Bob spends a voucher of Charlie for gateway1 over 4,000 credits on subnet 2
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 2 |
    Then the call succeeds
    And nothing is stored at Credits.TermsOf(2)
    And nothing is stored at Credits.Sold(2)
    And nothing is stored at Credits.Balances(2, Charlie)
    And nothing is stored at Credits.Spent(2, Charlie, gateway1)
