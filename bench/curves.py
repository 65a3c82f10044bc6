#!/usr/bin/env python3
"""Draws the pictures of docs/how-gans-work.md from two runs: curves.py HEALTHY SICK FOLDER. Needs matplotlib and Pillow."""
import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from PIL import Image


def draw(run, target):
    rows = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    measured = [row for row in rows if "fd" in row]
    every = max(1, len(rows) // 50)
    groups = [rows[i : i + every] for i in range(0, len(rows), every)]
    thin = [{key: sum(r[key] for r in group) / len(group) for key in ("step", "d_real", "d_fake")} for group in groups]
    figure, axes = plt.subplots(1, 4, figsize=(9.6, 2.4), dpi=100)
    axes[0].plot([r["step"] for r in thin], [r["d_real"] for r in thin], color="#1f5f9e", label="D(x), real")
    axes[0].plot([r["step"] for r in thin], [r["d_fake"] for r in thin], color="#d9731f", label="D(G(z)), generated")
    axes[0].set(title="discriminator's answers", ylim=(0, 1.02))
    axes[0].legend(frameon=False, fontsize=8, loc="center" if max(r["d_fake"] for r in thin) < 0.3 else "lower center")
    for axis, key, title, top in ((axes[1], "classes", "digits that appear, of 10", 10.4), (axes[2], "fd", "Fréchet distance", 800)):
        axis.plot([r["step"] for r in measured], [r[key] for r in measured], "o-", markersize=3, color="#3d4657")
        axis.set(title=title, ylim=(0, top))
    axes[3].imshow(Image.open(sorted((run / "samples").iterdir())[-1]), cmap="gray")
    axes[3].set(title="samples at the end")
    axes[3].axis("off")
    for axis in axes:
        axis.title.set_fontsize(9)
        axis.tick_params(labelsize=8)
        axis.spines[["top", "right"]].set_visible(False)
    for axis in axes[:3]:
        axis.set_xlabel("step", fontsize=8)
    figure.tight_layout()
    figure.savefig(target)
    image = Image.open(target).convert("RGB").quantize(64)
    image.save(target, optimize=True)


folder = pathlib.Path(sys.argv[3])
draw(pathlib.Path(sys.argv[1]), folder / "gan-healthy.png")
draw(pathlib.Path(sys.argv[2]), folder / "gan-sick.png")
