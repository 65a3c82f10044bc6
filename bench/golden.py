"""Golden outputs: short runs of every recipe and of most keys, so that two builds can be compared bit for bit.

    bench/golden.py record GANDER OUT --data DIR [--only RUN...]
    bench/golden.py compare A B

`record` trains a few steps of each run below with the launcher GANDER, uses the results (generate, translate, evaluate,
export, resume), and writes OUT/RUN.json: the SHA-256 of every tensor of the newest checkpoint and of exported files, of the
decoded pixels of every picture, and the numbers of metrics.jsonl and evaluations.json. Seconds, texts and metadata do not
count. What fails is recorded as its error. `compare` names all that differs or is on one side only; its exit status is then 1.

DIR holds the pictures, a dozen each: flowers/ (small), photos/ (at least 160 pixels a side), facades/ (pairs side by side,
512x256), openmoji/black/ and openmoji/color/ (equal names). Both records need the same pictures and the same machine:
another processor gives other bits. Everything runs on the CPU with one thread, in a temporary folder with a cache of its
own; nothing but OUT is left. It takes about six minutes.
"""

import argparse
import hashlib
import itertools
import json
import math
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

# Steps so large that pictures soon show something: where all is grey or white, nothing can differ.
TINY = """train.threads=1 train.steps=4 train.batch=4 train.samples=4 train.log-every=1 train.sample-every=2
    train.checkpoint-every=3 train.generator.lr=0.02 train.discriminator.lr=0.01"""
SMALL = "generator.width=4 discriminator.width=4 "
R3GAN = "generator.width=8 generator.group=4 discriminator.width=8 discriminator.group=4 "
FLOWERS = SMALL + "data.path={data}/flowers data.size=16 "
POINTS = "generator.hidden=[16,16] discriminator.hidden=[16,16] train.batch=16 train.sample-every=4 "
PHOTOS = SMALL + "data.path={data}/photos data.size=32 data.held-out=25 "
PIECES = PHOTOS + "data.load-size=40 data.tiles=2 "
ENLARGED = SMALL + "data.path={data}/photos data.size=24 data.load-size=40 data.tiles=2 data.held-out=15 generator.blocks=1 "
PAIRS = SMALL + "data.size=32 data.load-size=36 data.held-out=25 "
OPENMOJI = "data.path={data}/openmoji/black data.second={data}/openmoji/color "
UNPAIRED = PAIRS + OPENMOJI + "generator.blocks=1 objective.pool=2 train.generator.lr=0.01 "
FEATURES = "objective.features={made}/vgg.safetensors objective.feature-layer=conv2_1 "

# What is done with a run: what comes out (a folder, a file of that ending, or nothing), and the command without the run.
GENERATE = "/ generate --count 4 --seed 7"
WALK = "/ generate --count 2 --seed 7 --interpolate 3"
TRANSLATE = ".png translate {made}/pictures/colour.png"
EVALUATE = "- evaluate"
SAFETENSORS = ".safetensors export --format safetensors"
ONNX = ".onnx export --format onnx"
RESUME = "- resume --steps 6"

# Every recipe: what is set, and what is done with the run.
RECIPES = {
    "mnist-dcgan": (SMALL, GENERATE, WALK, EVALUATE + " --count 200", SAFETENSORS, ONNX),
    "mnist-mlp-keras": ("generator.hidden=[16,24] discriminator.hidden=[24,16]", GENERATE, SAFETENSORS, ONNX),
    "mnist-dcgan-keras": (SMALL, GENERATE, ONNX),
    "mnist-conditional": (SMALL, GENERATE, WALK, ".png generate --count 2 --label 7", "/ generate --per-label 1", ONNX),
    "dcgan-64": (FLOWERS, GENERATE, ".png generate --no-ema --count 4"),
    "ring-plain": (POINTS, ".csv generate --count 4", EVALUATE),
    "ring-relativistic": (POINTS, ".csv generate --count 4"),
    "grid-plain": (POINTS, ONNX),
    "grid-relativistic": (POINTS, EVALUATE),
    "mnist-r3gan": (R3GAN, GENERATE, SAFETENSORS, ONNX),
    "stacked-mnist": (R3GAN, GENERATE),
    "stacked-mnist-dcgan": (SMALL, GENERATE, EVALUATE + " --count 200"),
    "r3gan-64": (FLOWERS + R3GAN, GENERATE),
    "restore-blocks": (
        PHOTOS + "degrade.block-size=4",
        TRANSLATE,
        TRANSLATE + " --degrade --seed 3",
        EVALUATE,
        EVALUATE + " --features {made}/vgg.safetensors",
        ONNX,
    ),
    "restore-blocks-bottleneck": (PHOTOS + "degrade.block-size=4 generator.bottleneck=8", TRANSLATE, EVALUATE, ONNX),
    "restore-noise": (PIECES + "generator.downs=3", TRANSLATE, EVALUATE),
    "colourise": (PHOTOS + "data.load-size=36", TRANSLATE, ".jpg translate {made}/pictures/grey.png"),
    "pix2pix": (
        PAIRS + "data.path={data}/facades",
        TRANSLATE,
        TRANSLATE + " --scale native --seed 5",
        EVALUATE,
        SAFETENSORS,
        ONNX,
    ),
    "cyclegan-64": (
        UNPAIRED,
        TRANSLATE,
        TRANSLATE + " --back",
        EVALUATE,
        SAFETENSORS + " --back",
        ONNX,
    ),
    "sr-x4": (ENLARGED, "/ translate {made}/pictures", EVALUATE, ONNX),
    "srgan-x4": (
        ENLARGED + FEATURES + "train.pretrain.steps=2",
        TRANSLATE,
        TRANSLATE + " --step 2",
        EVALUATE + " --step 2 --on rgb --crop 2",
    ),
    "esrgan-x4": (ENLARGED + FEATURES + "generator.growth=4 train.pretrain.steps=2", TRANSLATE, ONNX),
}

# Other keys: the recipe, what is set, and what is done with the run.
VARIANTS = {
    # From noise: losses, regularisers, norms and rules of the game.
    "minimax": (
        "dcgan-64",
        FLOWERS + "objective.loss=minimax objective.smoothing=0.1 objective.r1=1 objective.penalty-every=2",
    ),
    "least-squares": ("dcgan-64", FLOWERS + "objective.loss=least-squares objective.r2=1 discriminator.norm=none"),
    "hinge": (
        "dcgan-64",
        FLOWERS + "objective.loss=hinge objective.zero-centred=1 discriminator.norm=none discriminator.spectral-norm=true",
    ),
    "wasserstein": (
        "dcgan-64",
        FLOWERS + "objective.loss=wasserstein objective.gradient-penalty=10 objective.discriminator-steps=2"
        " discriminator.norm=layer",
    ),
    "relativistic-average": (
        "dcgan-64",
        FLOWERS + "objective.loss=relativistic-average objective.dragan=1 discriminator.norm=instance",
    ),
    "relativistic-pairing": (
        "dcgan-64",
        FLOWERS + "objective.loss=relativistic-pairing discriminator.norm=group discriminator.minibatch-deviation=true"
        " train.ema=0 train.generator.clip=0.5",
    ),
    "packing": ("dcgan-64", FLOWERS + "objective.packing=2 objective.instance-noise=0.2"),
    "unrolled": ("dcgan-64", FLOWERS + "objective.unrolled=2 objective.discriminator-steps=2"),
    "auxiliary": ("dcgan-64", SMALL + "data.path={data}/openmoji data.size=16 objective.labels=auxiliary", GENERATE),
    "projection": (
        "r3gan-64",
        R3GAN + "data.path={data}/openmoji data.size=16 objective.labels=projection objective.embedding=3",
        GENERATE + " --label color",
    ),
    "guard": (
        "grid-plain",
        POINTS + "guard=act train.steps=700 train.measure-every=50 train.log-every=100 train.sample-every=700"
        " train.checkpoint-every=700 train.discriminator.lr=0.02",
    ),
    # What pictures go through, and where they and points come from.
    "augment-adaptive": (
        "dcgan-64",
        FLOWERS + "augment.kinds=[flip,translation,cutout,colour] augment.target=0.6 augment.speed=1",
    ),
    "augment-zip": (
        "dcgan-64",
        SMALL + "data.path={made}/flowers.zip data.size=16 augment.kinds=[flip,cutout] augment.probability=0.5",
    ),
    "data-changed": (
        "dcgan-64",
        FLOWERS + "data.load-size=20 data.colour-jitter=0.2 data.flip=true data.resize=box data.held-out=25",
    ),
    "data-tiles-grey": ("dcgan-64", PIECES + "data.channels=1 data.crop=centre", GENERATE),
    "data-array": (
        "dcgan-64",
        SMALL + "data.path={made}/array.npy data.size=16 generator.noise=uniform generator.output=sigmoid",
    ),
    "points-csv": ("ring-plain", POINTS + "data.name=points data.path={made}/points.csv"),
    "points-swiss-roll": (
        "ring-plain",
        POINTS + "data.name=swiss-roll generator.activation=leaky-relu generator.batch-norm=true",
    ),
    "points-moons": ("ring-plain", POINTS + "data.name=moons objective.packing=2 objective.unrolled=2"),
    "points-checkerboard": ("ring-plain", POINTS + "data.name=checkerboard discriminator.minibatch-deviation=true"),
    "points-parabola": (
        "ring-plain",
        POINTS + "data.name=parabola discriminator.spectral-norm=true generator.noise=uniform",
    ),
    # From pictures.
    "degrade-all": (
        "restore-blocks",
        PHOTOS + "data.flip=false degrade.blur=1 degrade.low-resolution=2 degrade.noise=25 degrade.jpeg=40"
        " degrade.grey=true degrade.block-size=4",
        TRANSLATE + " --degrade",
    ),
    "degrade-ranges": (
        "restore-noise",
        PIECES + "generator.downs=3 degrade.blur=[0.5,2] degrade.noise=[5,30] degrade.jpeg=[20,90]"
        " degrade.blocks=[0,0.5]",
        TRANSLATE + " --degrade",
    ),
    "unet-quiet": (
        "pix2pix",
        PAIRS + OPENMOJI + FEATURES + "data.pairs=by-name data.direction=a-to-b objective.perceptual=0.5"
        " objective.pixel=l2 generator.dropout-in-use=false generator.resize-conv=true generator.norm=instance",
        TRANSLATE + " --seed 5",
    ),
    "resnet-paired": (
        "pix2pix",
        PAIRS + OPENMOJI + "data.pairs=by-name generator.architecture=resnet generator.norm=group generator.blocks=1"
        " generator.dropout=0.3 discriminator.norm=layer discriminator.spectral-norm=true objective.loss=wasserstein"
        " objective.gradient-penalty=10 objective.conditional=false train.generator.lr=0.003",
        TRANSLATE,
        SAFETENSORS,
    ),
    "unpaired-plain": (
        "cyclegan-64",
        UNPAIRED + "generator.norm=instance generator.resize-conv=false"
        " objective.loss=non-saturating objective.r1=1 objective.identity=0 train.batch=2",
        TRANSLATE,
    ),
    "sr-x2": (
        "sr-x4",
        ENLARGED + "generator.scale=2 generator.batch-norm=true generator.bicubic=false",
        TRANSLATE,
        ONNX,
    ),
    "sr-x3": (
        "esrgan-x4",
        ENLARGED + "generator.scale=3 generator.growth=4 objective.perceptual=0 train.pretrain.steps=0",
        TRANSLATE,
    ),
    # Resumed.
    "resume-noise": ("dcgan-64", FLOWERS + "objective.discriminator-steps=2 train.steps=3", RESUME),
    "resume-paired": ("pix2pix", PAIRS + "data.path={data}/facades train.steps=3", RESUME),
    "resume-unpaired": ("cyclegan-64", UNPAIRED + "train.steps=3", RESUME),
}

RUNS = {name: (name, *rest) for name, rest in RECIPES.items()} | VARIANTS


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).hexdigest()


# What is digested.


def tensors(file):
    """The SHA-256 of each array of a safetensors file, by name."""
    content = file.read_bytes()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    header.pop("__metadata__", None)
    found = {}
    for name, array in header.items():
        begin, end = array["data_offsets"]
        found[name] = sha(f"{array['dtype']} {array['shape']} ".encode(), content[start + begin : start + end])
    return found


def pixels(file):
    """The SHA-256 of a PNG's size and unfiltered samples: 8 bits a channel, grey or RGB, perhaps alpha, not interlaced."""
    content = file.read_bytes()
    at, packed = 8, []
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            packed.append(body)
    if depth != 8 or interlaced or colour not in (0, 2, 4, 6):
        raise ValueError(f"{file.name}: {depth} bits, colour type {colour}, interlaced {interlaced}")
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    filtered = zlib.decompress(b"".join(packed))
    length = width * channels
    rows, above = [], bytes(length)
    for start in range(0, height * (length + 1), length + 1):
        above = unfilter(filtered[start], bytearray(filtered[start + 1 : start + 1 + length]), above, channels)
        rows.append(above)
    return sha(f"{width} {height} {channels} ".encode(), *rows)


def unfilter(kind, row, above, step):
    """A row of a PNG as it was before filter 0 to 4; the pixel to its left is `step` bytes before."""
    if kind == 1:
        for channel in range(step):
            row[channel::step] = bytes(x & 255 for x in itertools.accumulate(row[channel::step]))
    elif kind == 2:
        row = bytes((x + up) & 255 for x, up in zip(row, above))
    elif kind == 3:
        for i, up in enumerate(above):
            row[i] = (row[i] + ((row[i - step] if i >= step else 0) + up) // 2) & 255
    elif kind == 4:
        for i, up in enumerate(above):
            left, corner = (row[i - step], above[i - step]) if i >= step else (0, 0)
            to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
            nearest = left if to_left <= to_up and to_left <= to_corner else up if to_up <= to_corner else corner
            row[i] = (row[i] + nearest) & 255
    return bytes(row)


def onnx(file):
    """The SHA-256 of each initializer of an ONNX model, and of all else but the metadata and the producer's version."""
    found, rest = {}, []
    for number, value in fields(file.read_bytes()):
        if number == 7:  # ModelProto.graph
            for part, inner in fields(value):
                if part == 5:  # GraphProto.initializer, whose name is field 8
                    found["initializer " + dict(fields(inner))[8].decode()] = sha(inner)
                else:
                    rest += [b"%d " % part, inner]
        elif number not in (3, 14):  # producer_version, metadata_props
            rest += [b"%d " % number, value]
    return found | {"graph": sha(*rest)}


def fields(message):
    """The numbers and bytes of a protocol buffer's fields."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        number, kind = divmod(varint(), 8)
        start = at
        if kind == 0:
            varint()
        else:
            size = varint() if kind == 2 else {1: 8, 5: 4}[kind]
            start, at = at, at + size
        yield number, message[start:at]


def digest(file):
    """What there is to compare of a file, by name."""
    if file.suffix in (".safetensors", ".onnx"):
        return (tensors if file.suffix == ".safetensors" else onnx)(file)
    return {"pixels": pixels(file)} if file.suffix == ".png" else {"bytes": sha(file.read_bytes())}


def numbers(tree, prefix=""):
    """The leaves of what JSON holds; a whole number is the same as 1.0."""
    if not isinstance(tree, dict):
        return {prefix: tree if isinstance(tree, str) else float(tree)}
    return {key: leaf for name, inner in tree.items() for key, leaf in numbers(inner, f"{prefix} {name}").items()}


def facts(run):
    """All that a run directory holds that is to stay."""
    found = {}
    for line in (run / "metrics.jsonl").read_text().splitlines():
        row = json.loads(line)
        for name in row.keys() - {"step", "seconds", "images_per_second", "examples_per_second"}:
            found[f"metrics, step {row['step']}: {name}"] = float(row[name])
    for checkpoint in sorted((run / "checkpoints").iterdir())[-1:]:
        found |= {f"{checkpoint.name}: {name}": value for name, value in tensors(checkpoint / "state.safetensors").items()}
    for png in [*(run / "samples").glob("*.png"), *run.glob("evaluation.png")]:
        found[f"{png.relative_to(run)}: pixels"] = pixels(png)
    if (run / "evaluations.json").exists():
        for i, evaluation in enumerate(json.loads((run / "evaluations.json").read_text()), 1):
            found |= numbers({key: evaluation[key] for key in ("count", "result")}, f"evaluation {i}:")
    data = json.loads((run / "provenance.json").read_text())["data"]
    return found | {f"data: {name}": data.get(name) for name in ("count", "held_out", "left_out", "sha256")}


# What is run.


def png(file, width, height, channels):
    """Writes a picture of stripes and curves; a fourth channel makes its corner transparent."""
    rows = b""
    for y in range(height):
        rows += b"\0"
        for x in range(width):
            colours = [(x * (5 + 2 * c) + y * (7 - c) + (x * y >> 3)) & 255 for c in range(3)]
            rows += bytes([*colours, 255 * (x + y > 20)][:channels])
    header = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 4: 6}[channels], 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        content += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    file.write_bytes(content)


def make(made, data):
    """Files that runs need beside the pictures of `data`, always the same."""
    draw = random.Random(1)
    (made / "pictures").mkdir(parents=True)
    png(made / "pictures/colour.png", 53, 41, 4)
    png(made / "pictures/grey.png", 37, 45, 1)
    points = (f"{draw.uniform(-1, 1):.4f},{draw.uniform(-1, 1):.4f}\n" for _ in range(500))
    (made / "points.csv").write_text("x,y\n" + "".join(points))
    arrays, content = {}, b""
    for layer, out, into in ((0, 4, 3), (2, 4, 4), (5, 6, 4)):  # conv1_1, conv1_2, conv2_1 of VGG
        for name, shape in (("weight", [out, into, 3, 3]), ("bias", [out])):
            begin = len(content)
            content += struct.pack(f"<{math.prod(shape)}f", *(draw.uniform(-0.3, 0.3) for _ in range(math.prod(shape))))
            arrays[f"features.{layer}.{name}"] = {"dtype": "F32", "shape": shape, "data_offsets": [begin, len(content)]}
    header = json.dumps(arrays).encode()
    (made / "vgg.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + content)
    header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (12, 20, 20, 3), }".ljust(117) + b"\n"
    pixels_of_array = draw.randbytes(12 * 20 * 20 * 3)
    (made / "array.npy").write_bytes(b"\x93NUMPY\x01\0" + struct.pack("<H", len(header)) + header + pixels_of_array)
    with zipfile.ZipFile(made / "flowers.zip", "w") as archive:
        for file in sorted((data / "flowers").glob("*")):
            archive.write(file, file.name)


def gander(launcher, arguments, work):
    """Nothing, or what went wrong."""
    settings = {"GANDER_CACHE": str(work / "cache"), "GANDER_DEVICE": "cpu", "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            [launcher, *arguments],
            cwd=work,
            env=os.environ | settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
        )
    except subprocess.TimeoutExpired:
        return "took longer than ten minutes"
    return (done.stderr or done.stdout).strip().replace(str(work), ".")[-1000:] if done.returncode else None


def play(launcher, name, work, data):
    """Trains a run, uses it, and returns what came out."""
    recipe, settings, *commands = RUNS[name]
    places = {"data": data, "made": work / "made"}
    keys = f"{TINY} {settings}".format_map(places).split()
    error = gander(launcher, ["train", recipe, "--run", name, *(word for key in keys for word in ("--set", key))], work)
    if error:
        return {"train: error": error}
    found = {}
    for i, command in enumerate(commands):
        ending, verb, *options = command.split()
        title = " ".join([verb, *options]).replace("{made}/", "")
        out = work / f"{name}-out-{i}{ending.strip('-/')}"
        options = [option.format_map(places) for option in options] + (["--out", out.name] if ending != "-" else [])
        error = gander(launcher, [verb, name, *options], work)
        if error:
            found[f"{title}: error"] = error
        for file in [out] if out.is_file() else sorted(file for file in out.rglob("*") if file.is_file()):
            inner = "" if file == out else f"/{file.relative_to(out)}"
            found |= {f"{title}{inner}: {part}": value for part, value in digest(file).items()}
    return found | facts(work / name)


def record(launcher, out, data, only):
    out.mkdir(parents=True, exist_ok=True)
    shipped = subprocess.run([launcher, "recipes"], capture_output=True, text=True, check=True).stdout.splitlines()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        make(work / "made", data)
        for name in only or dict.fromkeys([*(line.split()[0] for line in shipped), *RUNS]):
            began = time.monotonic()
            try:
                found = play(launcher, name, work, data) if name in RUNS else {"error": "golden.py has no such run"}
            except Exception as e:  # the other runs go on
                found = {"error": f"{type(e).__name__}: {e}".replace(str(work), ".")}
            (out / f"{name}.json").write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
            errors = [f"{key}: {value}" for key, value in found.items() if key.endswith("error")]
            print(f"{time.monotonic() - began:5.1f} s  {name}", *errors, sep="\n         ", flush=True)


def compare(a, b):
    """How many differences there are; names them."""
    runs = [{file.stem: json.loads(file.read_text()) for file in folder.glob("*.json")} for folder in (a, b)]
    if not all(runs):
        sys.exit(f"there are no records in {a if not runs[0] else b}")
    count = 0
    for name in sorted(runs[0].keys() | runs[1].keys()):
        if name not in runs[0] or name not in runs[1]:
            lines = [f"only in {a if name in runs[0] else b}"]
        else:
            one, other = (run[name] for run in runs)
            lines = []
            for key in sorted(one.keys() | other.keys()):
                if key not in one or key not in other:
                    lines.append(f"{key}: only in {a if key in one else b}")
                elif json.dumps(one[key]) != json.dumps(other[key]):  # NaN is like NaN
                    lines.append(f"{key}: {short(one[key])} and {short(other[key])}")
        count += len(lines)
        for line in lines:
            print(f"{name}: {line}")
    print(f"{len(runs[0])} and {len(runs[1])} runs, {sum(map(len, runs[0].values()))} facts, {count} differences")
    return count


def short(value):
    return value[:12] if isinstance(value, str) and len(value) == 64 else value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("gander", type=pathlib.Path)
    recording.add_argument("out", type=pathlib.Path)
    recording.add_argument("--data", type=pathlib.Path, required=True)
    recording.add_argument("--only", nargs="+", metavar="RUN", help="these runs alone")
    comparing = commands.add_parser("compare")
    comparing.add_argument("a", type=pathlib.Path)
    comparing.add_argument("b", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.command == "compare":
        sys.exit(1 if compare(arguments.a, arguments.b) else 0)
    record(str(arguments.gander.resolve()), arguments.out, arguments.data.resolve(), arguments.only)


if __name__ == "__main__":
    main()
