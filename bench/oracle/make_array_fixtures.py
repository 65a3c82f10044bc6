"""Writes the small arrays that the Java tests must read: as NumPy itself saves them.

    python3 -m venv venv
    venv/bin/pip install -r bench/oracle/requirements.txt
    venv/bin/python bench/oracle/make_array_fixtures.py

It writes core/src/test/resources/io/gander/source/numpy/*.npy and *.npz.
"""

import pathlib

import numpy as np
from numpy.lib import format as npy

OUT = pathlib.Path(__file__).resolve().parents[2] / "core/src/test/resources/io/gander/source/numpy"

# Three pictures, 2 high and 5 wide, RGB: the byte at [picture, row, column, channel] is its place in the array.
COLOUR = np.arange(3 * 2 * 5 * 3, dtype=np.uint8).reshape(3, 2, 5, 3)
GREY = COLOUR[..., 0]
OPACITY = np.full((3, 2, 5, 1), 128, np.uint8)


def save(name, array, version=None):
    with open(OUT / f"{name}.npy", "wb") as file:
        npy.write_array(file, array, version=version)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    save("grey", GREY)
    save("grey-1", GREY[..., None])
    save("colour", COLOUR)
    save("colour-first", np.ascontiguousarray(COLOUR.transpose(0, 3, 1, 2)))
    save("opacity", np.concatenate([COLOUR, OPACITY], axis=3))
    save("version-2", COLOUR, (2, 0))
    save("version-3", COLOUR, (3, 0))
    save("boolean", GREY % 2 == 1)
    for order in "<>":
        for size in (4, 8):
            end = {"<": "little", ">": "big"}[order]
            save(f"float{8 * size}-{end}", (COLOUR / 255).astype(f"{order}f{size}"))
    save("float32-signed", (COLOUR / 127.5 - 1).astype("<f4"))
    save("float32-bytes", COLOUR.astype("<f4"))
    save("fortran", np.asfortranarray(COLOUR))
    save("objects", np.array([[[None]]], dtype=object))
    save("records", np.zeros((3, 2, 5), dtype=[("red", "u1"), ("green", "u1")]))
    save("half", (COLOUR / 255).astype("<f2"))
    labels = np.array([7, -1, 300])
    np.savez(OUT / "named.npz", images=COLOUR, masks=COLOUR, labels=labels, classes=np.array(["a", "b", "c"]))
    np.savez_compressed(OUT / "keras.npz", x_test=GREY[:1], x_train=GREY, y_train=labels[:, None].astype(">i4"), y_test=[1])
    np.savez(OUT / "positional.npz", COLOUR, np.array([1, 2, 250], np.uint8))
    np.savez(OUT / "only.npz", digits=GREY, digit_labels=labels.astype(np.uint16))
    np.savez(OUT / "unknown.npz", first=GREY, second=COLOUR)
    np.savez(OUT / "unequal.npz", images=GREY, labels=np.array([1, 2]))


if __name__ == "__main__":
    main()
