Feature: Identities
  The owner of a subnet may describe it, and a coldkey with a neuron somewhere may describe itself (section 02, 8).
  Each field has a greatest length in bytes. The identity of a subnet goes with the subnet.

  Background:
    Given a dev chain
    And Alice registers a subnet with hotkey alice_hot

  Scenario: The owner describes the subnet
    When Alice calls SubtensorModule.set_subnet_identity
      | netuid         | 2                           |
      | subnet_name    | "digits"                    |
      | github_repo    | "https://example.org/repo"  |
      | subnet_contact | "owner@example.org"         |
      | subnet_url     | "https://example.org"       |
      | discord        | "digits"                    |
      | description    | "Handwritten digits, read." |
      | logo_url       | "https://example.org/logo"  |
      | additional     | ""                          |
    Then event SubnetIdentitySet is emitted
      | 0 | 2 |
    And these values hold
      | SubtensorModule.SubnetIdentitiesV3(2).subnet_name | "digits"                    |
      | SubtensorModule.SubnetIdentitiesV3(2).description | "Handwritten digits, read." |
      | SubtensorModule.SubnetIdentitiesV3(2).logo_url    | "https://example.org/logo"  |

  Scenario: Nobody else describes it
    When Bob calls SubtensorModule.set_subnet_identity
      | netuid         | 2        |
      | subnet_name    | "digits" |
      | github_repo    | ""       |
      | subnet_contact | ""       |
      | subnet_url     | ""       |
      | discord        | ""       |
      | description    | ""       |
      | logo_url       | ""       |
      | additional     | ""       |
    Then the call is refused with NotSubnetOwner
    And nothing changed

  Scenario: A name of 256 bytes is the longest
    When Alice calls SubtensorModule.set_subnet_identity
      | netuid         | 2  |
      | subnet_name    | "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" |
      | github_repo    | "" |
      | subnet_contact | "" |
      | subnet_url     | "" |
      | discord        | "" |
      | description    | "" |
      | logo_url       | "" |
      | additional     | "" |
    Then the call succeeds

  Scenario: A name of 257 bytes is too long
    When Alice calls SubtensorModule.set_subnet_identity
      | netuid         | 2  |
      | subnet_name    | "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" |
      | github_repo    | "" |
      | subnet_contact | "" |
      | subnet_url     | "" |
      | discord        | "" |
      | description    | "" |
      | logo_url       | "" |
      | additional     | "" |
    Then the call is refused with InvalidIdentity
    And nothing changed

  Scenario: A registration with an identity that is too long fails as a whole
    When Bob calls SubtensorModule.register_network_with_identity
      | hotkey   | bob_hot |
      | identity | {subnet_name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", github_repo: "", subnet_contact: "", subnet_url: "", discord: "", description: "", logo_url: "", additional: ""} |
    Then the call is refused with InvalidIdentity
    And nothing changed
    And SubtensorModule.NetworksAdded(3) is false

  Scenario: The identity of a subnet is forgotten with the subnet
    Given Bob calls SubtensorModule.register_network_with_identity
      | hotkey   | bob_hot |
      | identity | {subnet_name: "digits", github_repo: "", subnet_contact: "", subnet_url: "", discord: "", description: "", logo_url: "", additional: ""} |
    When Alice calls SubtensorModule.root_dissolve_network as root
      | netuid | 3 |
    Then SubtensorModule.SubnetIdentitiesV3(3) is none
    And event SubnetIdentityRemoved is emitted
      | 0 | 3 |

  Scenario: A coldkey with a neuron describes itself
    Given Bob registers miner1 on subnet 2
    When Bob calls SubtensorModule.set_identity
      | name        | "Bob's miners"        |
      | url         | "https://example.org" |
      | github_repo | ""                    |
      | image       | ""                    |
      | discord     | ""                    |
      | description | ""                    |
      | additional  | ""                    |
    Then SubtensorModule.IdentitiesV2(Bob).name is "Bob's miners"
    And event ChainIdentitySet is emitted
      | 0 | Bob |

  Scenario: A coldkey without any neuron does not
    When Bob calls SubtensorModule.set_identity
      | name        | "Bob" |
      | url         | ""    |
      | github_repo | ""    |
      | image       | ""    |
      | discord     | ""    |
      | description | ""    |
      | additional  | ""    |
    Then the call is refused with HotKeyNotRegisteredInNetwork
    And nothing changed

  Scenario: A hotkey that is registered nowhere is not enough
    Given Bob calls SubtensorModule.try_associate_hotkey
      | hotkey | bob_hot |
    When Bob calls SubtensorModule.set_identity
      | name        | "Bob" |
      | url         | ""    |
      | github_repo | ""    |
      | image       | ""    |
      | discord     | ""    |
      | description | ""    |
      | additional  | ""    |
    Then the call is refused with HotKeyNotRegisteredInNetwork
    And nothing changed

  Scenario: The name of a coldkey has 256 bytes at most
    Given Bob registers miner1 on subnet 2
    When Bob calls SubtensorModule.set_identity
      | name        | "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" |
      | url         | "" |
      | github_repo | "" |
      | image       | "" |
      | discord     | "" |
      | description | "" |
      | additional  | "" |
    Then the call is refused with InvalidIdentity
    And nothing changed
