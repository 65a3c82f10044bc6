"""Gander and its peers on the same work, in turn, several rounds: medians, spreads, ratios, and JSON.

    python -m venv venv && venv/bin/pip install -r bench/peers/requirements.txt
    venv/bin/python bench/peers/run.py [--rounds N] [--json FILE] [--only NAME...]

Every number is a process of its own. Training: the median step of some, after a warm-up; the losses, discriminator's and generator's, are means of
four of the first twenty steps, to see that all play the same game (the weights they begin with are other draws of the same law). Generation: the
median call of a warm process. Start: from nothing to the first PNG on the disk. Memory: the peak of the process that trained.
"""

import argparse
import gzip
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

import report

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
    """As report.py prints it."""
    _, _, out = command([sys.executable, str(HERE / script), *map(str, arguments)])
    return json.loads(out.strip().splitlines()[-1])


def result(seconds, peak, version, losses=None):
    return {"seconds": seconds, "peak": peak, "losses": losses, "version": version}


def gander_train(folder, recipe, steps, *more, every=5):
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    settings = [f"train.steps={steps}", f"train.log-every={every}", f"train.sample-every={steps}", f"train.checkpoint-every={steps}",
                "train.ema=0", *more]
    if recipe not in ("pix2pix", "sr-x4"):
        settings += [f"train.measure-every={steps}", "guard=off"]
    arguments = [GANDER, "train", recipe, "--run", str(run)]
    for setting in settings:
        arguments += ["--set", setting]
    _, peak, _ = command(arguments)
    rows = [json.loads(row) for row in (run / "metrics.jsonl").read_text().splitlines()]
    seconds = [row["seconds"] for row in rows if row["step"] < steps]
    steps = [(b - a) / every for a, b in zip(seconds, seconds[1:])][1:]
    compared = [row for row in rows if row["step"] in report.COMPARED]
    losses = [statistics.mean(row.get(f"loss_{player}", 0) for row in compared) for player in ("discriminator", "generator")]
    return result(statistics.median(steps), peak, "gander", losses)


def java(program, version, jars, *arguments):
    path = ":".join(map(str, [HERE.parents[1] / "bench/target/classes", *jars]))
    _, peak, out = command(["java", "-cp", path, f"io.gander.bench.{program}", *map(str, arguments)])
    return result(float(out.strip().splitlines()[-1]), peak, version)


def gander_images(*arguments):
    lib = HERE.parents[1] / "app/target/gander/lib"
    return java("Generation", "gander", lib.glob("*.jar"), *arguments)


def gander_enlarge(*arguments):
    lib = HERE.parents[1] / "app/target/gander/lib"
    return java("Enlargement", "gander", lib.glob("*.jar"), *arguments)


def onnx_java(*arguments):
    jars = pathlib.Path.home().glob(".m2/repository/com/microsoft/onnxruntime/onnxruntime/*/onnxruntime-*.jar")
    newest = max(jars, key=lambda jar: jar.stat().st_mtime)
    return java("OnnxImages", newest.stem, [newest], *arguments)


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
    return result(seconds, peak, "torch")


def start_gander(folder):
    seconds, peak, _ = command([GANDER, "generate", str(folder / "digits"), "--count", "1", "--out", str(folder / "one.png")])
    return result(seconds, peak, "gander")


BFLOAT16 = "train.precision=bfloat16"
VARIANTS = (("as the examples", "example"), ("best", "best"), ("compile", "compile"), ("bfloat16", "bfloat16"),
            ("bfloat16, compile", "bfloat16-compile"))


def draw(folder):
    """MNIST's first digits, and random pictures: pairs side by side, photographs, and a set for DCGAN; the files and arrays are the same."""
    with gzip.open(HERE.parents[1] / "mnist/src/main/resources/io/gander/data/mnist/train-images-idx3-ubyte.gz") as digits:
        np.save(folder / "digits.npy", np.frombuffer(digits.read(16 + 10_000 * 784)[16:], np.uint8).reshape(-1, 28, 28, 1))
    noise = np.random.default_rng(2)
    for name, width, height in (("pairs", 286, 143), ("photos", 96, 96)):
        (folder / name).mkdir()
        pictures = noise.integers(0, 256, (64, height, width, 3), dtype=np.uint8)
        np.save(folder / f"{name}.npy", pictures)
        for i, picture in enumerate(pictures):
            Image.fromarray(picture).save(folder / name / f"{i}.png")
    np.save(folder / "pictures.npy", noise.integers(0, 256, (2048, 64, 64, 3), dtype=np.uint8))


def works(folder):
    """Name, and the contenders in turn: the first is Gander."""
    draw(folder)
    digits, pictures, pairs, photos = (folder / f"{name}.npy" for name in ("digits", "pictures", "pairs", "photos"))
    command([GANDER, "train", "mnist-dcgan", "--run", str(folder / "digits"), "--set", "train.steps=50"])
    command([GANDER, "train", "dcgan-64", "--run", str(folder / "large"), "--set", f"data.path={pictures}", "--set",
             "train.steps=2", "--set", "train.samples=1"])
    command([GANDER, "export", str(folder / "large"), "--format", "onnx", "--out", str(folder / "large.onnx")])
    data = f"data.path={pictures}"
    yield "dense GAN, batch 128: a step", {
        "gander": lambda: gander_train(folder, "mnist-mlp-keras", 400),
        "gander, 2 threads": lambda: gander_train(folder, "mnist-mlp-keras", 400, "train.threads=2"),
        "keras, train_on_batch as written": lambda: python("keras_gan.py", "mlp", "written", 40, digits),
        "keras, tf.function": lambda: python("keras_gan.py", "mlp", "compiled", 300, digits),
        "torch, as the examples": lambda: python("torch_gan.py", "train", "mlp", "example", 300, digits),
        "torch, best": lambda: python("torch_gan.py", "train", "mlp", "best", 300, digits),
        "torch, compile": lambda: python("torch_gan.py", "train", "mlp", "compile", 300, digits),
        "torch, bfloat16": lambda: python("torch_gan.py", "train", "mlp", "bfloat16", 300, digits),
        "torch, bfloat16, compile": lambda: python("torch_gan.py", "train", "mlp", "bfloat16-compile", 300, digits),
        "gander, bfloat16": lambda: gander_train(folder, "mnist-mlp-keras", 400, BFLOAT16),
    }
    yield "chapter 4's DCGAN, 28x28, batch 64: a step", {
        "gander": lambda: gander_train(folder, "mnist-dcgan-keras", 46),
        "keras, train_on_batch as written": lambda: python("keras_gan.py", "dcgan", "written", 20, digits),
        "keras, tf.function": lambda: python("keras_gan.py", "dcgan", "compiled", 30, digits),
        "torch, as the examples": lambda: python("torch_gan.py", "train", "dcgan-keras", "example", 30, digits),
        "torch, best": lambda: python("torch_gan.py", "train", "dcgan-keras", "best", 30, digits),
        "torch, compile": lambda: python("torch_gan.py", "train", "dcgan-keras", "compile", 30, digits),
        "torch, bfloat16": lambda: python("torch_gan.py", "train", "dcgan-keras", "bfloat16", 30, digits),
        "torch, bfloat16, compile": lambda: python("torch_gan.py", "train", "dcgan-keras", "bfloat16-compile", 30, digits),
        "gander, bfloat16": lambda: gander_train(folder, "mnist-dcgan-keras", 46, BFLOAT16),
    }
    yield "Pix2Pix, U-Net of width 32, 128x128, batch 1: a step", {
        "gander": lambda: gander_train(folder, "pix2pix", 101, f"data.path={folder / 'pairs'}", "data.held-out=0", "train.batch=1"),
        "gander, bfloat16": lambda: gander_train(folder, "pix2pix", 101, f"data.path={folder / 'pairs'}", "data.held-out=0",
                                                 "train.batch=1", BFLOAT16),
        **{f"torch, {name}": lambda variant=variant: python("torch_gan.py", "train", "pix2pix", variant, 60, pairs)
           for name, variant in VARIANTS},
    }
    yield "SRResNet, 24x24 to 96x96, batch 8: a step", {
        "gander": lambda: gander_train(folder, "sr-x4", 101, f"data.path={folder / 'photos'}", "data.held-out=0",
                                       "data.load-size=96", "data.tiles=0"),
        "gander, bfloat16": lambda: gander_train(folder, "sr-x4", 101, f"data.path={folder / 'photos'}", "data.held-out=0",
                                                 "data.load-size=96", "data.tiles=0", BFLOAT16),
        **{f"torch, {name}": lambda variant=variant: python("torch_gan.py", "train", "sr", variant, 60, photos) for name, variant in VARIANTS},
    }
    yield "DCGAN 64, width 64, batch 64: a step", {
        "gander": lambda: gander_train(folder, "dcgan-64", 21, data),
        "torch, as the example": lambda: python("torch_gan.py", "train", "dcgan-64", "example", 20, pictures),
        "torch, best": lambda: python("torch_gan.py", "train", "dcgan-64", "best", 20, pictures),
        "torch, compile": lambda: python("torch_gan.py", "train", "dcgan-64", "compile", 20, pictures),
        "torch, bfloat16": lambda: python("torch_gan.py", "train", "dcgan-64", "bfloat16", 20, pictures),
        "torch, bfloat16, compile": lambda: python("torch_gan.py", "train", "dcgan-64", "bfloat16-compile", 20, pictures),
        "gander, bfloat16": lambda: gander_train(folder, "dcgan-64", 21, data, BFLOAT16),
    }
    yield "R3GAN, 28x28, batch 64: a step", {
        "gander": lambda: gander_train(folder, "mnist-r3gan", 61, every=4),
        "gander, bfloat16": lambda: gander_train(folder, "mnist-r3gan", 61, BFLOAT16, every=4),
        **{f"torch, {name}": lambda variant=variant: python("torch_gan.py", "train", "r3gan", variant, 60, digits) for name, variant in VARIANTS},
    }
    for recipe, work in (("sr-x4", "sr"), ("esrgan-x4", "rrdb")):
        run = folder / work
        more = ("train.pretrain.steps=0", "objective.perceptual=0") if work == "rrdb" else ()
        settings = (f"data.path={folder / 'photos'}", "data.held-out=0", "data.load-size=96", "data.tiles=0", "train.steps=1", "train.samples=1", *more)
        command([GANDER, "train", recipe, "--run", str(run), *(word for setting in settings for word in ("--set", setting))])
        yield f"a photograph of 1024x1024 by 4, {recipe}: a call", {
            "gander": lambda run=run: gander_enlarge(run, 1024, 1, "float32"),
            "gander, bfloat16": lambda run=run: gander_enlarge(run, 1024, 1, "bfloat16"),
            **{f"torch, {variant}": lambda work=work, variant=variant: python("torch_gan.py", "enlarge", work, variant, 1024, 1)
               for variant in ("example", "best", "best-tiles", "compile-tiles", "bfloat16-tiles", "bfloat16-compile-tiles")},
        }
    for batch in (64, 1):
        yield f"DCGAN 64, generation at batch {batch}: a call", {
            "gander": lambda batch=batch: gander_images(folder / "large", batch, 4, "float32"),
            "gander, bfloat16": lambda batch=batch: gander_images(folder / "large", batch, 4, "bfloat16"),
            "torch, eager": lambda batch=batch: python("torch_gan.py", "images", "dcgan-64", "best", batch, 4),
            "torch, compile": lambda batch=batch: python("torch_gan.py", "images", "dcgan-64", "compile", batch, 4),
            "torch, bfloat16": lambda batch=batch: python("torch_gan.py", "images", "dcgan-64", "bfloat16", batch, 4),
            "torch, bfloat16, compile": lambda batch=batch: python("torch_gan.py", "images", "dcgan-64", "bfloat16-compile", batch, 4),
            "onnxruntime in Java": lambda batch=batch: onnx_java(folder / "large.onnx", batch, 4),
            "onnxruntime in Python": lambda batch=batch: python("onnx_images.py", folder / "large.onnx", batch, 4),
        }
    yield "from nothing to the first PNG", {
        "gander": lambda: start_gander(folder),
        "torch": lambda: start_torch(folder),
    }


def show(name, seen):
    median = {contender: statistics.median(r["seconds"] for r in rounds) for contender, rounds in seen.items() if rounds}
    print(f"\n{name}\n\n| | ms, median (least to most) | to Gander | peak, MB | losses | |\n|---|---|---|---|---|---|")
    for contender, middle in median.items():
        rounds = seen[contender]
        seconds = [1e3 * r["seconds"] for r in rounds]
        losses = zip(*(r["losses"] for r in rounds)) if rounds[0]["losses"] else ()
        print(f"| {contender} | {1e3 * middle:.2f} ({min(seconds):.2f} to {max(seconds):.2f}) | {middle / median['gander']:.2f} "
              f"| {statistics.median(r['peak'] for r in rounds):.0f} | {', '.join(f'{statistics.median(x):.2f}' for x in losses)} "
              f"| {rounds[0]['version']} |", flush=True)


def processor():
    """Its name, which of its instructions matter here, and whether it multiplies bfloat16."""
    facts = dict(line.split(":", 1) for line in pathlib.Path("/proc/cpuinfo").read_text().split("\n\n")[0].splitlines() if ":" in line)
    facts = {key.strip(): value.strip() for key, value in facts.items()}
    known = ("avx2", "avx512f", "avx512_bf16", "amx_bf16")
    flags = [flag for flag in known if flag in facts.get("flags", "").split()]
    name = f"{facts.get('model name', 'unknown processor')}, {os.cpu_count()} cores, {' '.join(flags) or 'no vectors known here'}"
    return name, any("bf16" in flag for flag in flags)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    results = {}
    name, low = processor()
    print(name if low else f"{name}; bfloat16 is left out: this processor only emulates it, and some of PyTorch's kernels take minutes a step")
    with tempfile.TemporaryDirectory() as temporary:
        for name, contenders in works(pathlib.Path(temporary)):
            if options.only and not any(word in name for word in options.only):
                continue
            if not low:
                contenders = {contender: measure for contender, measure in contenders.items() if "bfloat16" not in contender}
            seen = {contender: [] for contender in contenders}
            for _ in range(options.rounds):
                for contender, measure in contenders.items():
                    try:
                        seen[contender].append(measure())
                    except RuntimeError as e:
                        print(f"{contender}: {e}", file=sys.stderr)
            show(name, seen)
            results[name] = {contender: {"seconds": sorted(r["seconds"] for r in rounds), "peak": [r["peak"] for r in rounds],
                                         "losses": [r["losses"] for r in rounds], "version": rounds[0]["version"]}
                             for contender, rounds in seen.items() if rounds}
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
