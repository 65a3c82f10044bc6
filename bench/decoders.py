"""Holds Gander's decoders against Pillow's, over folders of picture files.

    python bench/decoders.py FOLDER... [--all] [--json FILE]     (with Pillow and numpy; ./gander must have been built)

Pillow's result is brought under Gander's rules first: the first frame, upright, numbers of more than 8 bits cut to their
highest 8, transparency over black. A file differs if its size does, if any pixel or any transparency is more than 2 levels
away, or if only one of the two reads it. Each such file is a line; a summary follows. Files of formats that Gander does not
claim to read are counted only. --all lists the others too. Each file has 20 seconds and the JVM 512 MB.

The suites that results/decoders.md was made from lie on GitHub: Tests/images of python-pillow/Pillow, haraldk/TwelveMonkeys,
image-rs/image, lunapaint/pngsuite and recurser/exif-orientation-examples.
"""

import argparse
import collections
import json
import pathlib
import selectors
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import PIL
from PIL import Image, ImageOps

HOME = pathlib.Path(__file__).resolve().parents[1]
ENDINGS = {".png", ".apng", ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".gif", ".bmp", ".tif", ".tiff", ".webp"}
MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM", b"RIFF")
SECONDS = 20


class Gander:
    """A JVM that decodes; a new one after a crash or when a file takes too long."""

    def __init__(self, out):
        self.out = out
        self.process = None

    def decode(self, path):
        """(pixels [h, w, 3], alpha [h, w]) or why not, as text."""
        if self.process is None:
            source = HOME / "bench/src/main/java/io/gander/bench/Pixels.java"
            command = ["java", "-Xmx512m", "-XX:+UseSerialGC", "-cp", f"{HOME}/app/target/gander/lib/*", source, self.out]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.process.stdin.write(f"{path}\n".encode())
        self.process.stdin.flush()
        with selectors.DefaultSelector() as ready:
            ready.register(self.process.stdout, selectors.EVENT_READ)
            answer = self.process.stdout.readline().decode().strip() if ready.select(SECONDS) else "failed: hangs"
        if not answer or answer == "failed: hangs":
            self.close()
            return answer or "failed: the JVM crashed"
        if not answer.startswith("read"):
            return answer
        width, height, channels, _ = map(int, answer.split()[1:])
        data = np.fromfile(self.out, np.uint8)
        size = width * height * channels
        pixels = data[:size].reshape(height, width, channels)
        alpha = data[size:].reshape(height, width) if len(data) > size else np.full((height, width), 255, np.uint8)
        return np.broadcast_to(pixels, (height, width, 3)), alpha

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


def pillow(path):
    """The same by Pillow; for numbers that stand for no brightness a text that begins with "no rule"."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(path)
            form = picture.format
            picture.load()
            picture = ImageOps.exif_transpose(picture)
            return form, under_our_rules(picture, getattr(picture, "tag_v2", {}))
    except Exception as error:  # whatever Pillow throws means that it cannot read the file
        return None, f"refused {type(error).__name__}: {error}"


def under_our_rules(picture, tags):
    if picture.mode == "F" or (picture.mode == "I" and 2 in tuple(tags.get(339, (1,)))):
        return f"no rule: {picture.mode}"
    if picture.mode.startswith("I"):
        return deep(picture, 32 if picture.mode == "I" and picture.format == "TIFF" else tags.get(258, (16,))[0])
    if picture.has_transparency_data or picture.mode in ("La", "RGBa"):
        picture = picture.convert("RGBA")
        pixels = np.asarray(picture).astype(np.uint32)
        alpha = pixels[..., 3]
        return ((pixels[..., :3] * alpha[..., None] + 127) // 255).astype(np.uint8), alpha.astype(np.uint8)
    pixels = np.asarray(picture.convert("RGB"))
    return pixels, np.full(pixels.shape[:2], 255, np.uint8)


def deep(picture, bits):
    """Grey of more than 8 bits; one number may stand for transparency."""
    numbers = np.asarray(picture).astype(np.int64) & (2**bits - 1)
    alpha = np.where(numbers == picture.info.get("transparency", -1), 0, 255).astype(np.uint8)
    grey = np.where(alpha == 0, 0, numbers >> (bits - 8)).astype(np.uint8)
    return np.repeat(grey[..., None], 3, -1), alpha


def compared(ours, theirs):
    """What differs, or "same"."""
    if isinstance(theirs, str) and isinstance(ours, str):
        return "both refuse" if ours.startswith("refused") else ours
    if isinstance(ours, str):
        return f"only Pillow reads: {ours}" if ours.startswith("refused") else ours
    if isinstance(theirs, str):
        return theirs if theirs.startswith("no rule") else f"only Gander reads: {theirs}"
    if ours[0].shape != theirs[0].shape:
        return f"size: {ours[0].shape[1::-1]} for {theirs[0].shape[1::-1]}"
    apart = [np.abs(one.astype(int) - other.astype(int)) for one, other in zip(ours, theirs)]
    wrong = [f"{what} by {d.max()} at {np.mean(d > 2):.2%}" for what, d in zip(("pixels", "alpha"), apart) if d.max(initial=0) > 2]
    return ", ".join(wrong) or "same"


def ours_to_read(path):
    """Whether its ending or its beginning says that it is one of Gander's formats."""
    if path.suffix.lower() in ENDINGS:
        return True
    with open(path, "rb") as file:
        return file.read(8).startswith(MAGIC) and path.suffix.lower() not in (".ani", ".wav", ".avi")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folders", nargs="+", type=pathlib.Path)
    arguments.add_argument("--all", action="store_true")
    arguments.add_argument("--json", type=pathlib.Path)
    options = arguments.parse_args()
    Image.MAX_IMAGE_PIXELS = 50_000_000  # Pillow refuses twice as many, as Gander does
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        gander = Gander(pathlib.Path(scratch) / "pixels")
        for folder in options.folders:
            for path in sorted(p for p in folder.resolve().rglob("*") if p.is_file() and ours_to_read(p)):
                form, theirs = pillow(path)
                ours = gander.decode(path)
                result = compared(ours, theirs)
                found.append((str(path), form or path.suffix.lower(), result, ours if isinstance(ours, str) else ""))
                if options.all or result not in ("same", "both refuse"):
                    print(f"{path.relative_to(folder.resolve().parent)} [{form}]: {result}", flush=True)
        gander.close()
    counts = collections.Counter((form, result.split(":")[0].split(" by ")[0]) for _, form, result, _ in found)
    print(f"\n{len(found)} files, Pillow {PIL.__version__}")
    for (form, result), count in sorted(counts.items()):
        print(f"{form:6} {count:5} {result}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    sys.exit(main())
