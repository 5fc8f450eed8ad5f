"""What a user of the Bittensor SDK does first, on a chain that `assay node` serves.

    smoke.py ws://127.0.0.1:9944

Ends with 0 if every step does what the SDK says it does; the first that does not is named.
"""

import sys
import tempfile

import bittensor
from bittensor import Balance
from bittensor_wallet import Keypair, Wallet


def wallet(folder, uri):
    """A wallet without passwords whose coldkey is `uri` and whose hotkey is `uri//hot`."""
    made = Wallet(name=uri.strip("/").lower(), hotkey="default", path=folder)
    made.set_coldkey(Keypair.create_from_uri(uri), encrypt=False, overwrite=True)
    made.set_coldkeypub(Keypair.create_from_uri(uri), encrypt=False, overwrite=True)
    made.set_hotkey(Keypair.create_from_uri(uri + "//hot"), encrypt=False, overwrite=True)
    return made


def did(step, response):
    """Stops unless an extrinsic did what it should."""
    if not response.success:
        sys.exit(f"{step}: {response.message}")
    fee = response.extrinsic_fee
    print(f"{step}: done, fee {fee.rao if fee is not None else '?'} rao", flush=True)
    return response


def holds(step, condition, found):
    """Stops unless something is so."""
    if not condition:
        sys.exit(f"{step}: found {found}")
    print(f"{step}: {found}", flush=True)


def main(endpoint):
    """Connects, transfers, registers a subnet and a neuron, stakes, unstakes and reads a metagraph."""
    subtensor = bittensor.Subtensor(network=endpoint)
    with tempfile.TemporaryDirectory() as folder:
        alice, bob = wallet(folder, "//Alice"), wallet(folder, "//Bob")
        run(subtensor, alice, bob)
    subtensor.close()


def run(subtensor, alice, bob):
    """The steps, with Alice as the owner of the subnet and Bob as its first neuron."""
    holds("connect", subtensor.get_current_block() >= 0, f"block {subtensor.get_current_block()}")

    before = subtensor.get_balance(alice.coldkeypub.ss58_address)
    stranger = Keypair.create_from_uri("//Stranger").ss58_address
    sent = did(
        "transfer",
        subtensor.transfer(alice, stranger, Balance.from_tao(2), wait_for_finalization=True),
    )
    after = subtensor.get_balance(alice.coldkeypub.ss58_address)
    holds("fee to the rao", before - after == Balance.from_tao(2) + sent.extrinsic_fee, before - after)
    holds("received", subtensor.get_balance(stranger) >= Balance.from_tao(2), subtensor.get_balance(stranger))

    netuid = subtensor.get_total_subnets()
    did("register_subnet", subtensor.register_subnet(alice))
    holds("subnet", subtensor.subnet_exists(netuid), f"netuid {netuid}")
    did("start_call", subtensor.start_call(alice, netuid, wait_for_finalization=True))
    holds("started", subtensor.is_subnet_active(netuid), f"netuid {netuid} is active")
    did("burned_register", subtensor.burned_register(bob, netuid))

    hotkey = bob.hotkey.ss58_address
    stake = lambda: subtensor.get_stake(bob.coldkeypub.ss58_address, hotkey, netuid)
    start = stake()
    did("add_stake", subtensor.add_stake(bob, netuid, hotkey, Balance.from_tao(10)))
    staked = stake()
    holds("staked", staked > start, staked)
    half = Balance.from_rao(staked.rao // 2, netuid)
    did("unstake", subtensor.unstake(bob, netuid, hotkey, half))
    holds("unstaked", stake() < staked, stake())

    metagraph = subtensor.metagraph(netuid, lite=False)
    holds("metagraph", hotkey in metagraph.hotkeys, f"{len(metagraph.hotkeys)} neurons")
    holds("dynamic info", subtensor.subnet(netuid).netuid == netuid, subtensor.subnet(netuid).price)
    holds("all subnets", len(subtensor.all_subnets()) == netuid + 1, f"{netuid + 1} networks")


if __name__ == "__main__":
    main(sys.argv[1])
