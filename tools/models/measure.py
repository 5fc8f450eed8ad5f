"""How good answers are, in integers. The Rust code (`assay model eval`) measures the same way and must agree exactly.

An answer's measure is a number of points or of faults; a model's is their sum over the held-out inputs.
"""

import numpy as np

# 2^(-k/16) in parts of 2^30.
ROOTS = [round(2.0 ** (-k / 16) * 2**30) for k in range(16)]


def log2(value):
    """log2 in parts of 65,536, rounded down: the whole part, then a bit of the fraction for each squaring."""
    whole = value.bit_length() - 1
    mantissa = value << 31 >> whole if whole <= 31 else value >> whole - 31
    result = whole
    for _ in range(16):
        mantissa = mantissa * mantissa >> 31
        result = result << 1 | mantissa >> 32
        mantissa >>= mantissa >> 32
    return result


def correct(output, label):
    """vision: 1 if the first of the largest values is the label's."""
    return int(np.argmax(output) == label)


def distance(output, label):
    """series: how far off the prediction is, in 16ths of 1.5 sunspots. The label has the same unit."""
    return abs(int(output[0]) - int(label))


def surprise(output, label):
    """text: what the character that came costs, in 65,536ths of a bit; 16 more in an output double its odds."""
    top = int(output.max())
    total = sum(ROOTS[(top - int(v)) % 16] >> (top - int(v)) // 16 for v in output)
    return log2(total) - (30 << 16) + (top - int(output[label])) * 4096
