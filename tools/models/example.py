"""Prints the worked example of devnet/inference/COMMITMENTS.md, computed without a line of the Rust code."""

import numpy as np

from quantised import blake2, compact, merkle, root, run, text

LAYERS = [
    {"kind": "embedding", "tokens": 2, "weights": np.array([[1, -2], [3, 4], [-5, 127]])},
    {"kind": "dense", "weights": np.array([[1, 2, 3, 4], [-128, 0, 0, 1], [5, 5, 5, 5]]), "biases": np.array([10, -1, 0])},
    {"kind": "shift", "size": 3, "bits": 2},
    {"kind": "clamp", "size": 3, "low": -128, "high": 127},
]
REQUEST = [2, 0]


def vector(values):
    return compact(len(values)) + b"".join(int(v).to_bytes(4, "little", signed=True) for v in values)


def activation(number, values):
    return blake2(text("assay/activation/1") + number.to_bytes(4, "little") + vector(values))


def main():
    trace = [run(LAYERS[: at + 1], np.array([REQUEST]))[0].tolist() for at in range(len(LAYERS))]
    print("model   ", root(LAYERS))
    print("request ", blake2(text("assay/request/1") + vector(REQUEST)).hex())
    print("trace   ", trace)
    print("response", merkle([activation(number, values) for number, values in enumerate(trace)]).hex())

    # The miner claims 255 where the second layer gives 254.
    wrong = [trace[0], [trace[1][0] + 1, *trace[1][1:]], *trace[2:]]
    leaves = [activation(number, values) for number, values in enumerate(wrong)]
    print("wrong   ", merkle(leaves).hex())
    rows = []
    for layer in LAYERS[:2]:
        for weights, bias in zip(layer["weights"], layer.get("biases", [0] * 3)):
            encoded = compact(len(weights)) + weights.astype(np.int8).tobytes() + int(bias).to_bytes(4, "little", signed=True)
            rows.append((encoded, blake2(text("assay/row/1") + len(rows).to_bytes(4, "little") + encoded)))
    hashes = [row[1] for row in rows]
    right = merkle(leaves[2:])
    proof = (1).to_bytes(2, "little") + (0).to_bytes(2, "little")
    proof += vector(wrong[0]) + compact(2) + leaves[1] + right
    proof += vector(wrong[1]) + compact(2) + leaves[0] + right
    # Row 3 of 6: beside it row 2, then rows 0 and 1, then rows 4 and 5.
    proof += b"\x01" + rows[3][0] + compact(3) + hashes[2] + merkle(hashes[:2]) + merkle(hashes[4:])
    print("proof   ", proof.hex())


if __name__ == "__main__":
    main()
