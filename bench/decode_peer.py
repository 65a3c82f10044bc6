"""The peers of bench/decode.sh: Pillow and torchvision, on files that lie in memory already.

Reads commands from standard input, such as "pillow decode", and answers each with the milliseconds a picture took. Both
give RGB; "resize" is to SIDE pixels each way, antialiased, after what the decoder itself can reduce (Pillow's draft).
"""

import io
import pathlib
import sys
import time

import numpy
import PIL
import torch
import torchvision
from PIL import Image, features
from torchvision.io import ImageReadMode, decode_image
from torchvision.transforms.v2 import functional as F

SIDE = 64


def pillow_decode(file):
    return Image.open(io.BytesIO(file)).convert("RGB")


def pillow_resize(file):
    picture = Image.open(io.BytesIO(file))
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))
    return picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def torchvision_decode(file):
    return decode_image(torch.frombuffer(file, dtype=torch.uint8), ImageReadMode.RGB)


def torchvision_resize(file):
    return F.resize_image(torchvision_decode(file), [SIDE, SIDE], F.InterpolationMode.BICUBIC, antialias=True)


def main():
    torch.set_num_threads(1)
    torchvision.disable_beta_transforms_warning()
    files = [bytearray(pathlib.Path(line).read_bytes()) for line in pathlib.Path(sys.argv[1]).read_text().splitlines()]
    versions = f"Python {sys.version.split()[0]}, Pillow {PIL.__version__} (libjpeg-turbo {features.version('libjpeg_turbo')}, "
    versions += f"zlib {features.version('zlib')}), torchvision {torchvision.__version__}, torch {torch.__version__}, numpy {numpy.__version__}"
    print(versions, flush=True)
    for command in sys.stdin:
        decode = globals()[command.strip().replace(" ", "_")]
        start = time.perf_counter()
        for file in files:
            decode(file)
        print(1e3 * (time.perf_counter() - start) / len(files), flush=True)


if __name__ == "__main__":
    main()
