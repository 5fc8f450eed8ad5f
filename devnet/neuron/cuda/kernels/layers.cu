// One kernel for each kind of layer, over a batch of inputs. `layers.ptx` beside this file is made from it by
// tools/models/ptx.py and is what ships: loading PTX needs the driver alone.
//
// Activations are 32-bit, one input's vector after another. A thread computes one value of one input; sums are 32-bit
// and wrap around, as devnet/inference defines them, so that every bit agrees with the processor's.

// Values of the whole batch that this thread is beyond.
#define PLACE(size)                                             \
    unsigned at = blockIdx.x * blockDim.x + threadIdx.x;        \
    if (at >= (size)) return;

// Four weights and four 8-bit activations at a time; rows are padded with zeros to a multiple of four.
extern "C" __global__ void dense8(const int *packed, const int *weights, const int *biases, int *out,
                                  unsigned words, unsigned outputs, unsigned total) {
    PLACE(total)
    unsigned row = at % outputs;
    const int *x = packed + (at / outputs) * words;
    const int *w = weights + row * words;
    int sum = biases[row];
    for (unsigned i = 0; i < words; i++) sum = __dp4a(x[i], w[i], sum);
    out[at] = sum;
}

// Packs 8-bit activations four to a word, zeros at the end of each vector.
extern "C" __global__ void pack(const int *in, int *packed, unsigned inputs, unsigned words, unsigned total) {
    PLACE(total)
    unsigned first = (at % words) * 4;
    const int *x = in + (at / words) * inputs;
    unsigned word = 0;
    for (unsigned i = 0; i < 4; i++)
        if (first + i < inputs) word |= (unsigned)(x[first + i] & 255) << (8 * i);
    packed[at] = (int)word;
}

// Any 32-bit activations.
extern "C" __global__ void dense32(const int *in, const signed char *weights, const int *biases, int *out,
                                   unsigned inputs, unsigned outputs, unsigned total) {
    PLACE(total)
    unsigned row = at % outputs;
    const int *x = in + (at / outputs) * inputs;
    const signed char *w = weights + row * inputs;
    unsigned sum = (unsigned)biases[row];
    for (unsigned i = 0; i < inputs; i++) sum += (unsigned)x[i] * (unsigned)(int)w[i];
    out[at] = (int)sum;
}

extern "C" __global__ void convolution(const int *in, const signed char *weights, const int *biases, int *out,
                                       unsigned channels, unsigned height, unsigned width, unsigned filters,
                                       unsigned kernel_height, unsigned kernel_width, unsigned stride,
                                       unsigned padding, unsigned lines, unsigned columns, unsigned total) {
    PLACE(total)
    unsigned column = at % columns;
    unsigned line = at / columns % lines;
    unsigned filter = at / (columns * lines) % filters;
    const int *x = in + at / (columns * lines * filters) * (channels * height * width);
    const signed char *w = weights + filter * channels * kernel_height * kernel_width;
    unsigned sum = (unsigned)biases[filter];
    for (unsigned c = 0; c < channels; c++)
        for (unsigned i = 0; i < kernel_height; i++)
            for (unsigned j = 0; j < kernel_width; j++, w++) {
                // Left of and above the picture these wrap around to large numbers, which are outside as well.
                unsigned y = line * stride + i - padding, z = column * stride + j - padding;
                if (y < height && z < width)
                    sum += (unsigned)x[(c * height + y) * width + z] * (unsigned)(int)*w;
            }
    out[at] = (int)sum;
}

extern "C" __global__ void embedding(const int *in, const signed char *weights, int *out,
                                     unsigned vocabulary, unsigned width, unsigned total) {
    PLACE(total)
    int token = in[at / width];
    int last = (int)vocabulary - 1;
    token = token < 0 ? 0 : token > last ? last : token;
    out[at] = weights[(unsigned)token * width + at % width];
}

extern "C" __global__ void shift(const int *in, int *out, unsigned bits, unsigned total) {
    PLACE(total)
    int value = in[at];
    // The bit below the cut is what rounding adds.
    out[at] = bits == 0 ? value : (value >> bits) + (value >> (bits - 1) & 1);
}

extern "C" __global__ void clamp(const int *in, int *out, int low, int high, unsigned total) {
    PLACE(total)
    int value = in[at];
    out[at] = value < low ? low : value > high ? high : value;
}

extern "C" __global__ void table(const int *in, const signed char *entries, int *out, unsigned total) {
    PLACE(total)
    int value = in[at];
    out[at] = entries[(value < -128 ? -128 : value > 127 ? 127 : value) + 128];
}
