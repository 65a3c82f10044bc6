"""Gander and its peers on the same work, in turn, several rounds: medians, spreads, ratios, and JSON.

    python -m venv venv && venv/bin/pip install -r bench/peers/requirements.txt
    venv/bin/python bench/peers/run.py [--rounds N] [--json FILE] [--only NAME...]

Every number is a process of its own. Training: the median step of some, after a warm-up. Generation: the median call of a warm
process. Start: from nothing to the first PNG on the disk. Memory: the peak of the process that trained.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
GANDER = str(HERE.parents[1] / "gander")


def command(arguments):
    """Seconds, the peak of the resident set in MB, and what was printed."""
    began = time.perf_counter()
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {err[-400:]}")
    return time.perf_counter() - began, usage.ru_maxrss // 1024, out


def python(script, *arguments):
    """As the peer prints it: seconds, MB, versions."""
    _, _, out = command([sys.executable, str(HERE / script), *map(str, arguments)])
    seconds, peak, versions = out.strip().splitlines()[-1].split(" ", 2)
    return float(seconds), int(peak), versions


def gander_train(folder, recipe, steps, *more):
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    settings = [f"train.steps={steps}", "train.log-every=5", f"train.sample-every={steps}", f"train.checkpoint-every={steps}",
                "train.ema=0", *more]
    if recipe not in ("pix2pix", "sr-x4"):
        settings += [f"train.measure-every={steps}", "guard=off"]
    arguments = [GANDER, "train", recipe, "--run", str(run)]
    for setting in settings:
        arguments += ["--set", setting]
    _, peak, _ = command(arguments)
    seconds = [json.loads(row)["seconds"] for row in (run / "metrics.jsonl").read_text().splitlines()][:-1]
    steps = [(b - a) / 5 for a, b in zip(seconds, seconds[1:])][1:]
    return statistics.median(steps), peak, "gander"


def java(program, jars, *arguments):
    path = ":".join(map(str, [HERE.parents[1] / "bench/target/classes", *jars]))
    _, peak, out = command(["java", "-cp", path, f"io.gander.bench.{program}", *map(str, arguments)])
    return float(out.strip().splitlines()[-1]), peak


def gander_images(*arguments):
    lib = HERE.parents[1] / "app/target/gander/lib"
    return *java("Generation", lib.glob("*.jar"), *arguments), "gander"


def onnx_java(*arguments):
    jars = pathlib.Path.home().glob(".m2/repository/com/microsoft/onnxruntime/onnxruntime/*/onnxruntime-*.jar")
    newest = max(jars, key=lambda jar: jar.stat().st_mtime)
    return *java("OnnxImages", [newest], *arguments), newest.stem


START_TORCH = """
import sys, torch
sys.path.insert(0, sys.argv[1])
import torch_gan
from PIL import Image
g = torch_gan.WORKS["dcgan-28"][0]()[0].eval()
with torch.inference_mode():
    x = g(torch.randn(1, 100, 1, 1))[0, 0]
Image.fromarray(((x + 1) * 127.5).byte().numpy()).save(sys.argv[2])
"""


def start_torch(folder):
    seconds, peak, _ = command([sys.executable, "-c", START_TORCH, str(HERE), str(folder / "one.png")])
    return seconds, peak, "torch"


def start_gander(folder):
    seconds, peak, _ = command([GANDER, "generate", str(folder / "digits"), "--count", "1", "--out", str(folder / "one.png")])
    return seconds, peak, "gander"


VARIANTS = (("as the examples", "example"), ("best", "best"), ("compile", "compile"))


def draw(folder):
    """Random pictures for the works that read files: pairs side by side, and photographs."""
    noise = np.random.default_rng(2)
    for name, width, height in (("pairs", 286, 143), ("photos", 96, 96)):
        (folder / name).mkdir()
        for i in range(64):
            Image.fromarray(noise.integers(0, 256, (height, width, 3), dtype=np.uint8)).save(folder / name / f"{i}.png")


def works(folder):
    """Name, and the contenders in turn: the first is Gander."""
    pictures = folder / "pictures.npy"
    np.save(pictures, np.random.default_rng(1).integers(0, 256, (2048, 64, 64, 3), dtype=np.uint8))
    draw(folder)
    command([GANDER, "train", "mnist-dcgan", "--run", str(folder / "digits"), "--set", "train.steps=50"])
    command([GANDER, "train", "dcgan-64", "--run", str(folder / "large"), "--set", f"data.path={pictures}", "--set",
             "train.steps=2", "--set", "train.samples=1"])
    command([GANDER, "export", str(folder / "large"), "--format", "onnx", "--out", str(folder / "large.onnx")])
    data = f"data.path={pictures}"
    yield "dense GAN, batch 128: a step", {
        "gander": lambda: gander_train(folder, "mnist-mlp", 400),
        "gander, 2 threads": lambda: gander_train(folder, "mnist-mlp", 400, "train.threads=2"),
        "keras, train_on_batch as written": lambda: python("keras_gan.py", "mlp", "written", 40),
        "keras, tf.function": lambda: python("keras_gan.py", "mlp", "compiled", 300),
        "torch, as the examples": lambda: python("torch_gan.py", "train", "mlp", "example", 300),
        "torch, best": lambda: python("torch_gan.py", "train", "mlp", "best", 300),
        "torch, compile": lambda: python("torch_gan.py", "train", "mlp", "compile", 300),
    }
    yield "chapter 4's DCGAN, 28x28, batch 64: a step", {
        "gander": lambda: gander_train(folder, "mnist-dcgan-keras", 46),
        "keras, train_on_batch as written": lambda: python("keras_gan.py", "dcgan", "written", 20),
        "keras, tf.function": lambda: python("keras_gan.py", "dcgan", "compiled", 30),
        "torch, as the examples": lambda: python("torch_gan.py", "train", "dcgan-keras", "example", 30),
        "torch, best": lambda: python("torch_gan.py", "train", "dcgan-keras", "best", 30),
        "torch, compile": lambda: python("torch_gan.py", "train", "dcgan-keras", "compile", 30),
    }
    yield "Pix2Pix, U-Net of width 32, 128x128, batch 1: a step", {
        "gander": lambda: gander_train(folder, "pix2pix", 101, f"data.path={folder / 'pairs'}", "data.held-out=0", "train.batch=1"),
        **{f"torch, {name}": lambda variant=variant: python("torch_gan.py", "train", "pix2pix", variant, 60)
           for name, variant in VARIANTS},
    }
    yield "SRResNet, 24x24 to 96x96, batch 8: a step", {
        "gander": lambda: gander_train(folder, "sr-x4", 101, f"data.path={folder / 'photos'}", "data.held-out=0",
                                       "data.load-size=96", "data.tiles=0"),
        **{f"torch, {name}": lambda variant=variant: python("torch_gan.py", "train", "sr", variant, 60) for name, variant in VARIANTS},
    }
    yield "DCGAN 64, width 64, batch 64: a step", {
        "gander": lambda: gander_train(folder, "dcgan-64", 21, data),
        "torch, as the example": lambda: python("torch_gan.py", "train", "dcgan-64", "example", 12),
        "torch, best": lambda: python("torch_gan.py", "train", "dcgan-64", "best", 12),
        "torch, compile": lambda: python("torch_gan.py", "train", "dcgan-64", "compile", 12),
    }
    for batch in (64, 1):
        yield f"DCGAN 64, generation at batch {batch}: a call", {
            "gander": lambda batch=batch: gander_images(folder / "large", batch, 4),
            "torch, eager": lambda batch=batch: python("torch_gan.py", "images", "dcgan-64", "best", batch, 4),
            "torch, compile": lambda batch=batch: python("torch_gan.py", "images", "dcgan-64", "compile", batch, 4),
            "onnxruntime in Java": lambda batch=batch: onnx_java(folder / "large.onnx", batch, 4),
            "onnxruntime in Python": lambda batch=batch: python("onnx_images.py", folder / "large.onnx", batch, 4),
        }
    yield "from nothing to the first PNG", {
        "gander": lambda: start_gander(folder),
        "torch": lambda: start_torch(folder),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    result = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name, contenders in works(pathlib.Path(temporary)):
            if options.only and not any(word in name for word in options.only):
                continue
            seen = {contender: [] for contender in contenders}
            for _ in range(options.rounds):
                for contender, measure in contenders.items():
                    try:
                        seen[contender].append(measure())
                    except RuntimeError as e:
                        print(f"{contender}: {e}", file=sys.stderr)
            ours = statistics.median(s for s, _, _ in seen["gander"])
            print(f"\n{name}\n\n| | ms, median (least to most) | to Gander | peak, MB | |\n|---|---|---|---|---|")
            for contender, rounds in seen.items():
                if not rounds:
                    continue
                seconds = sorted(s for s, _, _ in rounds)
                median, peak = statistics.median(seconds), statistics.median(p for _, p, _ in rounds)
                print(f"| {contender} | {1e3 * median:.2f} ({1e3 * seconds[0]:.2f} to {1e3 * seconds[-1]:.2f}) "
                      f"| {median / ours:.2f} | {peak:.0f} | {rounds[0][2]} |", flush=True)
                result.setdefault(name, {})[contender] = {"seconds": seconds, "peak": peak, "version": rounds[0][2]}
    if options.json:
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
