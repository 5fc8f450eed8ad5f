"""Small networks in floating point, trained with Adam. Nothing here is needed to run a model."""

import numpy as np


class Dense:
    def __init__(self, random, inputs, outputs):
        self.weights = random.normal(0, np.sqrt(2 / inputs), (outputs, inputs))
        self.biases = np.zeros(outputs)

    def forward(self, x):
        self.x = x
        return x @ self.weights.T + self.biases

    def backward(self, gradient):
        self.gradients = [gradient.T @ self.x, gradient.sum(0)]
        return gradient @ self.weights

    def parameters(self):
        return [self.weights, self.biases]


class Convolution:
    """A picture is a vector: channel after channel, line after line."""

    def __init__(self, random, channels, height, width, filters, kernel, stride, padding):
        self.shape = (channels, height, width, filters, kernel, stride, padding)
        fan_in = channels * kernel * kernel
        self.weights = random.normal(0, np.sqrt(2 / fan_in), (filters, fan_in))
        self.biases = np.zeros(filters)
        self.places = windows(*self.shape)

    def forward(self, x):
        # One place more holds the zero that padding reads.
        padded = np.concatenate([x, np.zeros((len(x), 1))], 1)
        self.seen = padded[:, self.places]
        y = self.seen @ self.weights.T + self.biases
        return y.transpose(0, 2, 1).reshape(len(x), -1)

    def backward(self, gradient):
        filters = len(self.weights)
        gradient = gradient.reshape(len(gradient), filters, -1).transpose(0, 2, 1)
        flat = gradient.reshape(-1, filters)
        self.gradients = [flat.T @ self.seen.reshape(len(flat), -1), flat.sum(0)]
        channels, height, width = self.shape[:3]
        x = np.zeros((len(gradient), channels * height * width + 1))
        back = gradient @ self.weights
        for place in range(len(self.places)):
            # A window never sees a place twice but the padding, which is thrown away.
            x[:, self.places[place]] += back[:, place]
        return x[:, :-1]

    def parameters(self):
        return [self.weights, self.biases]


def windows(channels, height, width, filters, kernel, stride, padding):
    """For each output place, which values of the picture its window sees; the number past the end is the padding."""
    outside = channels * height * width
    lines = (height + 2 * padding - kernel) // stride + 1
    columns = (width + 2 * padding - kernel) // stride + 1
    places = np.full((lines * columns, channels * kernel * kernel), outside)
    for line in range(lines):
        for column in range(columns):
            for channel in range(channels):
                for i in range(kernel):
                    for j in range(kernel):
                        y, x = line * stride + i - padding, column * stride + j - padding
                        if 0 <= y < height and 0 <= x < width:
                            weight = (channel * kernel + i) * kernel + j
                            places[line * columns + column, weight] = (channel * height + y) * width + x
    return places


class Embedding:
    def __init__(self, random, tokens, vocabulary, width):
        self.tokens = tokens
        self.weights = random.normal(0, 0.5, (vocabulary, width))

    def forward(self, x):
        self.x = x
        return self.weights[x].reshape(len(x), -1)

    def backward(self, gradient):
        rows = np.zeros_like(self.weights)
        np.add.at(rows, self.x.ravel(), gradient.reshape(-1, self.weights.shape[1]))
        self.gradients = [rows]

    def parameters(self):
        return [self.weights]


class Relu:
    gradients = []

    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, gradient):
        return gradient * self.mask

    def parameters(self):
        return []


class Tanh:
    gradients = []

    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, gradient):
        return gradient * (1 - self.y * self.y)

    def parameters(self):
        return []


def forward(layers, x):
    for layer in layers:
        x = layer.forward(x)
    return x


def train(layers, x, labels, loss, random, epochs, batch=64, rate=2e-3, decay=1e-4):
    """Adam with a rate that falls linearly to zero. `loss(output, labels)` gives the loss and its gradient."""
    parameters = [p for layer in layers for p in layer.parameters()]
    means = [np.zeros_like(p) for p in parameters]
    squares = [np.zeros_like(p) for p in parameters]
    steps = epochs * -(-len(x) // batch)
    step = 0
    for epoch in range(epochs):
        order, total = random.permutation(len(x)), 0.0
        for start in range(0, len(x), batch):
            chosen = order[start : start + batch]
            value, gradient = loss(forward(layers, x[chosen]), labels[chosen])
            total += value * len(chosen)
            for layer in reversed(layers):
                gradient = layer.backward(gradient)
            gradients = [g for layer in layers for g in layer.gradients]
            now = rate * (1 - step / steps)
            step += 1
            for p, g, m, s in zip(parameters, gradients, means, squares):
                m += 0.1 * (g - m)
                s += 0.001 * (g * g - s)
                p -= now * (m / (1 - 0.9**step) / (np.sqrt(s / (1 - 0.999**step)) + 1e-8) + decay * p)
        print(f"    epoch {epoch + 1} of {epochs}: loss {total / len(x):.4f}", flush=True)


def cross_entropy(output, labels):
    """In bits: an output of 1 more doubles the odds."""
    powers = np.exp2(output - output.max(1, keepdims=True))
    odds = powers / powers.sum(1, keepdims=True)
    at = np.arange(len(labels))
    gradient = odds.copy()
    gradient[at, labels] -= 1
    return -np.log2(odds[at, labels] + 1e-12).mean(), gradient / len(labels)


def squared_error(output, labels):
    difference = output[:, 0] - labels
    return (difference**2).mean(), 2 * difference[:, None] / len(labels)
