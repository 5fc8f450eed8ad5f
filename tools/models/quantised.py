"""Networks of integers: made from trained ones, run, committed to and written.

An independent writing of devnet/inference/COMMITMENTS.md: the root in a model's header is computed here and checked by
the Rust tests.
"""

import base64
import hashlib

import numpy as np

from network import Convolution, Dense, Embedding, Relu, Tanh, windows


def largest_power(values, limit=127):
    """The largest power of two that values can be multiplied with and stay in 8 bits."""
    return int(np.floor(np.log2(limit / max(np.abs(values).max(), 1e-9))))


def quantise(layers, sample, input_power, output_power):
    """Integer layers for trained ones.

    A value v of a vector stands for v / 2^power. Weights get the largest power that keeps them in 8 bits, activations one
    that keeps nearly all that `sample` gives in 8 bits, and the shift between them is what is left over.
    """
    integer, power, x = [], input_power, sample
    for at, layer in enumerate(layers):
        x = layer.forward(x)
        if isinstance(layer, Embedding):
            power = largest_power(layer.weights)
            rows = np.rint(layer.weights * 2.0**power).astype(int)
            integer.append({"kind": "embedding", "tokens": layer.tokens, "weights": rows})
        elif isinstance(layer, (Dense, Convolution)):
            weight_power = largest_power(layer.weights)
            sum_power = power + weight_power
            found = {
                "weights": np.rint(layer.weights * 2.0**weight_power).astype(int),
                "biases": np.rint(layer.biases * 2.0**sum_power).astype(int),
            }
            if isinstance(layer, Dense):
                integer.append({"kind": "dense", **found})
            else:
                names = ["channels", "height", "width", "filters", "kernel", "stride", "padding"]
                shape = dict(zip(names, layer.shape))
                kernel = shape.pop("kernel")
                shape["kernel_height"] = shape["kernel_width"] = kernel
                integer.append({"kind": "convolution", **shape, **found})
            last = at + 1 == len(layers)
            following = None if last else layers[at + 1]
            if last:
                power = output_power
            elif isinstance(following, Tanh):
                # Beyond 4 the hyperbolic tangent is 1 in 8 bits: 127 stands for 4.
                power = 5
            else:
                power = largest_power(np.quantile(np.maximum(x, 0), 0.9999))
            bits = sum_power - power
            if not 0 <= bits <= 31:
                raise SystemExit(f"layer {at} would need a shift by {bits} bits")
            integer.append({"kind": "shift", "size": x.shape[1], "bits": bits})
            if last and output_power < 8:
                integer.append({"kind": "clamp", "size": x.shape[1], "low": -128, "high": 127})
        elif isinstance(layer, Relu):
            integer.append({"kind": "clamp", "size": x.shape[1], "low": 0, "high": 127})
        elif isinstance(layer, Tanh):
            table = np.rint(np.tanh(np.arange(-128, 128) / 2.0**power) * 127).astype(int)
            # The next layer takes 128 for 1; nothing is lost by a part in 128.
            integer.append({"kind": "table", "size": x.shape[1], "weights": table[None, :]})
            power = 7
    return integer


def run(layers, x):
    """The answers to many inputs. 64-bit sums stand for 32-bit ones, which nothing here reaches."""
    x = x.astype(np.int64)
    for layer in layers:
        kind = layer["kind"]
        if kind == "dense":
            x = x @ layer["weights"].T + layer["biases"]
        elif kind == "convolution":
            shape = [layer[n] for n in ["channels", "height", "width", "filters", "kernel_height", "stride", "padding"]]
            padded = np.concatenate([x, np.zeros((len(x), 1), np.int64)], 1)
            y = padded[:, windows(*shape)] @ layer["weights"].T + layer["biases"]
            x = y.transpose(0, 2, 1).reshape(len(x), -1)
        elif kind == "embedding":
            x = layer["weights"][x].reshape(len(x), -1)
        elif kind == "shift":
            bits = layer["bits"]
            x = (x + ((1 << bits) >> 1)) >> bits
        elif kind == "clamp":
            x = np.clip(x, layer["low"], layer["high"])
        elif kind == "table":
            x = layer["weights"][0][np.clip(x, -128, 127) + 128]
        if np.abs(x).max() >= 1 << 31:
            raise SystemExit("a sum does not fit into 32 bits")
    return x


def blake2(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def compact(number):
    if number < 1 << 6:
        return (number << 2).to_bytes(1, "little")
    if number < 1 << 14:
        return (number << 2 | 1).to_bytes(2, "little")
    return (number << 2 | 2).to_bytes(4, "little")


def text(word):
    return compact(len(word)) + word.encode()


def merkle(hashes):
    if not hashes:
        return bytes(32)
    while len(hashes) > 1:
        pairs = [hashes[i : i + 2] for i in range(0, len(hashes), 2)]
        hashes = [blake2(pair[0] + pair[1]) if len(pair) == 2 else pair[0] for pair in pairs]
    return hashes[0]


FIELDS = {
    "dense": [("inputs", 2), ("outputs", 2)],
    "convolution": [
        ("channels", 2), ("height", 2), ("width", 2), ("filters", 2),
        ("kernel_height", 1), ("kernel_width", 1), ("stride", 1), ("padding", 1),
    ],
    "embedding": [("tokens", 2), ("vocabulary", 2), ("width", 2)],
    "shift": [("size", 2), ("bits", 1)],
    "clamp": [("size", 2), ("low", 1), ("high", 1)],
    "table": [("size", 2)],
}  # fmt: skip


def fields(layer):
    """A layer with all fields of its kind, as COMMITMENTS.md names them."""
    layer = dict(layer)
    if layer["kind"] == "dense":
        layer["outputs"], layer["inputs"] = layer["weights"].shape
    if layer["kind"] == "embedding":
        layer["vocabulary"], layer["width"] = layer["weights"].shape
    return layer


def root(layers):
    """The model's name in receipts."""
    shapes, rows = b"", []
    for number, (kind, names) in enumerate(FIELDS.items()):
        assert list(FIELDS)[number] == kind
    for layer in map(fields, layers):
        shapes += bytes([list(FIELDS).index(layer["kind"])])
        for name, size in FIELDS[layer["kind"]]:
            shapes += int(layer[name]).to_bytes(size, "little", signed=layer[name] < 0)
        weights = layer.get("weights", np.zeros((0, 0)))
        biases = layer.get("biases", np.zeros(len(weights), int))
        for weight, bias in zip(weights, biases):
            encoded = compact(len(weight)) + weight.astype(np.int8).tobytes() + int(bias).to_bytes(4, "little", signed=True)
            rows.append(blake2(text("assay/row/1") + len(rows).to_bytes(4, "little") + encoded))
    named = blake2(text("assay/layers/1") + compact(len(layers)) + shapes)
    return "0x" + blake2(named + merkle(rows)).hex()


def as_json(layers):
    """Layers for a file: weights row after row in base64, a byte each."""
    found = []
    for layer in map(fields, layers):
        plain = {"kind": layer["kind"]} | {name: int(layer[name]) for name, _ in FIELDS[layer["kind"]]}
        if "weights" in layer:
            assert np.abs(layer["weights"] + 0.5).max() <= 127.5, "weights do not fit into 8 bits"
            plain["weights"] = base64.b64encode(layer["weights"].astype(np.int8).tobytes()).decode()
        if "biases" in layer:
            plain["biases"] = [int(bias) for bias in layer["biases"]]
        found.append(plain)
    return found
