"""Draws one picture of a run: its measures over the steps, and its last samples. Needs matplotlib and Pillow.

    gander train mnist-mlp --run RUN
    python bench/curves.py RUN docs/NAME.png
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from PIL import Image

BLUE, ORANGE, GREY = "#2563a8", "#d9730d", "#475569"


def column(rows, key, share=0):
    """Steps and values of a key, averaged over this share of the points, so that a line is seen and not a band."""
    points = [(row["step"], row[key]) for row in rows if key in row]
    width = max(1, int(len(points) * share))
    parts = [points[i : i + width] for i in range(0, len(points), width)]
    return [part[-1][0] for part in parts], [sum(value for _, value in part) / len(part) for part in parts]


def main(run, out):
    run = pathlib.Path(run)
    rows = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    plt.rcParams.update({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False})
    figure, axes = plt.subplots(1, 4, figsize=(9.6, 2.35), width_ratios=[1, 1, 1, 1.05], layout="constrained")
    axes[0].plot(*column(rows, "d_real", 0.02), color=BLUE, label="D(x), real")
    axes[0].plot(*column(rows, "d_fake", 0.02), color=ORANGE, label="D(G(z)), generated")
    axes[0].set(title="discriminator's answers", ylim=(0, 1.02))
    axes[0].legend(frameon=False, loc="center", bbox_to_anchor=(0.55, 0.27))
    axes[1].plot(*column(rows, "classes"), color=BLUE, marker=".")
    axes[1].set(title="digits that appear, of 10", ylim=(0, 10.4))
    axes[2].plot(*column(rows, "fd"), color=GREY, marker=".")
    axes[2].set(title="Fréchet distance", ylim=(0, 800))
    for axis in axes[:3]:
        axis.set_xlabel("step")
        axis.xaxis.set_major_locator(plt.MaxNLocator(4))
    with Image.open(max((run / "samples").glob("step-*.png"))) as samples:
        axes[3].imshow(samples, cmap="gray")
    axes[3].set(title="samples at the end")
    axes[3].axis("off")
    figure.savefig(out, dpi=100)
    with Image.open(out) as picture:  # few colours are enough, and make a small file
        picture.convert("RGB").quantize(64).save(out, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
