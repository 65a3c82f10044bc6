"""Makes the file of features that perceptual losses and the LPIPS-like distance use, from a VGG19 in 8 bits.

    python features.py VGG19-FOLDER LPIPS-JSON OUT.safetensors

VGG19-FOLDER holds weights.json and weights.u8: Keras's VGG19 without its dense layers, each tensor quantised to bytes,
value = byte * scale + min, kernels as height, width, in, out. It sees blue, green and red in 0..255 less a mean; here the
first kernel is turned to red, green and blue, and the mean and the scale are told in the metadata, for pictures in 0..1.
LPIPS-JSON holds the linear layers of LPIPS 0.1 for VGG (Zhang et al., 2018). Needs numpy and safetensors.
"""

import json
import pathlib
import sys

import numpy as np
from safetensors.numpy import save_file

BLOCKS = (2, 2, 4, 4, 4)
MEAN_OF_RED_GREEN_BLUE = (123.68, 116.779, 103.939)


def quantised(folder):
    described = json.loads((folder / "weights.json").read_text())["tensors"]
    values = np.fromfile(folder / "weights.u8", np.uint8)
    tensors = {}
    for tensor in described:
        begin, count = tensor["offset"], int(np.prod(tensor["shape"]))
        floats = values[begin : begin + count].astype(np.float64) * tensor["scale"] + tensor["min"]
        tensors[tensor["name"]] = floats.reshape(tensor["shape"]).astype(np.float32)
    return tensors


def features(tensors):
    """By torchvision's names: its list counts each convolution, ReLU and pool."""
    named, place = {}, 0
    for block, convs in enumerate(BLOCKS, 1):
        for conv in range(1, convs + 1):
            kernel = tensors[f"block{block}_conv{conv}/kernel"].transpose(3, 2, 0, 1)
            if place == 0:
                kernel = kernel[:, ::-1]
            named[f"features.{place}.weight"] = np.ascontiguousarray(kernel)
            named[f"features.{place}.bias"] = tensors[f"block{block}_conv{conv}/bias"]
            place += 2
        place += 1
    return named


def linear(file):
    layers = json.loads(file.read_text())["v0.1/vgg"]
    return {
        name.replace(".model.1", ""): np.array(layer["values"], np.float32).reshape(layer["shape"])
        for name, layer in layers.items()
    }


def main():
    folder, lpips, out = map(pathlib.Path, sys.argv[1:])
    metadata = {
        "mean": ",".join(f"{mean / 255:.11f}" for mean in MEAN_OF_RED_GREEN_BLUE),
        "std": ",".join([f"{1 / 255:.15f}"] * 3),
    }
    save_file(features(quantised(folder)) | linear(lpips), out, metadata)
    print(f"{out}: {out.stat().st_size:,} bytes, {metadata}")


if __name__ == "__main__":
    main()
