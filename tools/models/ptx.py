"""Makes devnet/neuron/cuda/kernels/layers.ptx from layers.cu with NVRTC, which needs no GPU and no CUDA toolkit."""

import ctypes
import importlib.util
import pathlib

KERNELS = pathlib.Path(__file__).resolve().parents[2] / "devnet" / "neuron" / "cuda" / "kernels"
# The oldest cards with the 8-bit dot product; the driver compiles for the card that is there.
OPTIONS = [b"--gpu-architecture=compute_61", b"--std=c++17"]


def main():
    found = importlib.util.find_spec("nvidia.cuda_nvrtc")
    if found is None:
        raise SystemExit("NVRTC is missing: pip install nvidia-cuda-nvrtc-cu12==12.1.105")
    folder = pathlib.Path(next(iter(found.submodule_search_locations))) / "lib"
    ctypes.CDLL(str(next(folder.glob("libnvrtc-builtins.so*"))), ctypes.RTLD_GLOBAL)
    nvrtc = ctypes.CDLL(str(folder / "libnvrtc.so.12"))

    program = ctypes.c_void_p()
    source = (KERNELS / "layers.cu").read_bytes()
    check(nvrtc, nvrtc.nvrtcCreateProgram(ctypes.byref(program), source, b"layers.cu", 0, None, None))
    options = (ctypes.c_char_p * len(OPTIONS))(*OPTIONS)
    result = nvrtc.nvrtcCompileProgram(program, len(OPTIONS), options)
    if result != 0:
        raise SystemExit(text(nvrtc.nvrtcGetProgramLogSize, nvrtc.nvrtcGetProgramLog, program))
    ptx = text(nvrtc.nvrtcGetPTXSize, nvrtc.nvrtcGetPTX, program)
    (KERNELS / "layers.ptx").write_text(ptx)
    print(f"{KERNELS / 'layers.ptx'}: {len(ptx):,} bytes")


def check(nvrtc, result):
    if result != 0:
        nvrtc.nvrtcGetErrorString.restype = ctypes.c_char_p
        raise SystemExit(nvrtc.nvrtcGetErrorString(result).decode())


def text(size_of, read, program):
    size = ctypes.c_size_t()
    size_of(program, ctypes.byref(size))
    buffer = ctypes.create_string_buffer(size.value)
    read(program, buffer)
    return buffer.value.decode()


if __name__ == "__main__":
    main()
