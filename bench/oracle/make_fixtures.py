"""Writes the numbers that the Java tests must reproduce: the same computations in PyTorch.

    python3 -m venv venv
    venv/bin/pip install -r bench/oracle/requirements.txt
    venv/bin/python bench/oracle/make_fixtures.py

It writes core/src/test/resources/io/gander/oracle/*.safetensors, and needs no network beyond the installation.

Every fixture is computed twice from the same float32 inputs, in float32 and in float64. What is written is float32's;
a fixture whose two computations disagree by more than SPREAD is refused, since a test against it would only measure
rounding (an element whose gradient is zero but for rounding, divided by its own root, is the usual case).

The settings are chosen so that mistakes show: the betas differ, one epsilon is large, one decay is large, the two
players' settings differ, and running statistics start away from 0 and 1.
"""

import copy
import pathlib
import sys

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

OUT = pathlib.Path(__file__).resolve().parents[2] / "core/src/test/resources/io/gander/oracle"
SPREAD = 4e-6  # the tests allow 1e-5
FLOOR = 1e-7  # of the norm of all that is compared together, as in the tests
ROUNDS = 3
EMA = 0.9


# ---- networks, layer for layer; the indexes of nn.Sequential are the names of the weights


def mlp(image, latent, hidden):
    count = image[0] * image[1] * image[2]
    generator, size = [], latent
    for units in hidden:
        generator += [nn.Linear(size, units), nn.ReLU(), nn.BatchNorm1d(units, eps=1e-3, momentum=0.01)]
        size = units
    generator += [nn.Linear(size, count), nn.Sigmoid(), nn.Unflatten(1, image)]
    discriminator, size = [nn.Flatten()], count
    for units in reversed(hidden):
        discriminator += [nn.Linear(size, units), nn.ReLU()]
        size = units
    discriminator += [nn.Linear(size, 1)]
    return nn.Sequential(*generator), nn.Sequential(*discriminator)


def dcgan(image, latent, width):
    """4x4 -> doubled to the side; where the side is 7 doubled, a 3x3 kernel leads from 4x4 to 7x7 first."""
    kernels = [3] if image[1] % 7 == 0 else []
    while (7 if 3 in kernels else 4) << kernels.count(4) < image[1]:
        kernels.append(4)
    channels = width << (len(kernels) - 1)
    generator = [nn.Unflatten(1, (latent, 1, 1)), nn.ConvTranspose2d(latent, channels, 4, 1, 0, bias=False)]
    for kernel in kernels[:-1]:
        generator += [nn.BatchNorm2d(channels), nn.ReLU()]
        generator += [nn.ConvTranspose2d(channels, channels // 2, kernel, 2, 1, bias=False)]
        channels //= 2
    generator += [nn.BatchNorm2d(channels), nn.ReLU()]
    generator += [nn.ConvTranspose2d(channels, image[0], kernels[-1], 2, 1, bias=False), nn.Tanh()]
    discriminator = [nn.Conv2d(image[0], width, kernels[-1], 2, 1, bias=False), nn.LeakyReLU(0.2)]
    for kernel in reversed(kernels[:-1]):
        discriminator += [nn.Conv2d(channels, 2 * channels, kernel, 2, 1, bias=False)]
        discriminator += [nn.BatchNorm2d(2 * channels), nn.LeakyReLU(0.2)]
        channels *= 2
    discriminator += [nn.Conv2d(channels, 1, 4, 1, 0, bias=False), nn.Flatten()]
    return nn.Sequential(*generator), nn.Sequential(*discriminator)


def dcgan_keras(image, latent, width):
    side = image[1] // 4
    channels = 4 * width
    generator = [nn.Linear(latent, channels * side * side), nn.Unflatten(1, (channels, side, side))]
    for filters, stride in ((4 * width, 2), (2 * width, 2), (width, 1), (image[0], 1)):
        generator += [nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01), nn.ReLU()]
        generator += [nn.ConvTranspose2d(channels, filters, 5, stride, 2, output_padding=stride - 1)]
        channels = filters
    generator += [nn.Sigmoid()]
    discriminator, channels, side = [], image[0], image[1]
    for filters, stride in ((width, 2), (2 * width, 2), (4 * width, 2), (8 * width, 1)):
        discriminator += [nn.LeakyReLU(0.2), nn.Conv2d(channels, filters, 5, stride, 2)]
        channels, side = filters, (side - 1) // stride + 1
    discriminator += [nn.Flatten(), nn.Linear(channels * side * side, 1)]
    return nn.Sequential(*generator), nn.Sequential(*discriminator)


def randomise(module, seed):
    """Weights that leave no term out: nothing is 0 or 1. Drawn in float32, whatever the module's type."""
    source = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in weights(module).items():
            draw = torch.randn(weight.shape, generator=source)
            if name.endswith("running_var"):
                draw = 1 + 0.1 * draw.abs()
            elif weight.dim() > 1:
                draw = draw * 1.4 / (weight.numel() / max(weight.shape[0], weight.shape[1])) ** 0.5
            elif name.endswith("weight"):
                draw = 1 + 0.1 * draw
            else:
                draw = 0.1 * draw
            weight.copy_(draw)
    return module


def weights(module):
    return {name: value for name, value in module.state_dict().items() if not name.endswith("num_batches_tracked")}


def prefixed(prefix, tensors):
    return {f"{prefix}.{name}": value for name, value in tensors.items()}


# ---- a whole game


def mix(*parts):
    """Draws.mix: the finaliser of SplitMix64."""
    mask = (1 << 64) - 1
    h = 0x9E3779B97F4A7C15
    for part in parts:
        h = ((h ^ part) * 0xBF58476D1CE4E5B9) & mask
        h = ((h ^ (h >> 27)) * 0x94D049BB133111EB) & mask
        h ^= h >> 31
    return h


def draw(noise, batch, latent):
    return torch.randn(batch, latent) if noise == "normal" else torch.zeros(batch, latent).uniform_(-1, 1)


def loss_discriminator(real, fake):
    return -F.logsigmoid(real).mean() - F.logsigmoid(-fake).mean()  # 1 - sigmoid(a) is sigmoid(-a)


def loss_generator(fake):
    return -F.logsigmoid(fake).mean()


def optimizer(parameters, recipe):
    if recipe["optimizer"] == "adam":
        return torch.optim.Adam(parameters, recipe["lr"], recipe["betas"], recipe["epsilon"])
    return torch.optim.RMSprop(parameters, recipe["lr"], alpha=recipe["rho"], eps=recipe["epsilon"])


def update(optimizer, loss, parameters, recipe, step):
    optimizer.param_groups[0]["lr"] = recipe["lr"] / (1 + recipe["decay"] * (step - 1))
    gradients = torch.autograd.grad(loss, parameters)
    norm = sum(gradient.norm() ** 2 for gradient in gradients) ** 0.5
    for parameter, gradient in zip(parameters, gradients):
        parameter.grad = gradient * min(1, recipe["clip"] / norm)
    optimizer.step()


def optimizer_state(module, optimizer):
    kinds = {"exp_avg": "mean", "exp_avg_sq": "square", "square_avg": "square"}
    state = {}
    for name, parameter in module.named_parameters():
        for kind, value in optimizer.state[parameter].items():
            if kind in kinds:
                state[f"{kinds[kind]}.{name}"] = value
    return state


def game(networks, seed, latent, noise, batch, low, high, recipes):
    def compute(dtype):
        generator, discriminator = networks()
        torch.manual_seed(seed)
        generator = randomise(generator.to(dtype), mix(seed, 1) >> 32)
        discriminator = randomise(discriminator.to(dtype), mix(seed, 2) >> 32)
        z = draw(noise, batch, latent)
        with torch.no_grad():
            shape = copy.deepcopy(generator).eval()(z.to(dtype)).shape
        pixels = torch.randint(0, 256, shape).float()
        x = pixels * ((high - low) / 255) + low  # float32, as the loader makes it
        tensors = {"latent": z, "pixels": pixels}
        tensors |= copy.deepcopy(prefixed("generator", weights(generator)))
        tensors |= copy.deepcopy(prefixed("discriminator", weights(discriminator)))
        z, x = z.to(dtype), x.to(dtype)
        tensors |= passes(copy.deepcopy(generator), copy.deepcopy(discriminator), z, x)
        for step in range(1, ROUNDS + 1):
            torch.manual_seed(mix(seed, step))
            tensors[f"round{step}.latent"] = draw(noise, batch, latent)
        return tensors | rounds(generator, discriminator, tensors, x, dtype, *recipes)

    return compute


def named(module, gradients):
    return dict(zip((name for name, _ in module.named_parameters()), gradients))


def passes(generator, discriminator, z, x):
    """One batch through both networks: training, then the losses' gradients, then inference with the moved statistics."""
    fake = generator(z)
    on_real, on_fake = discriminator(x), discriminator(fake.detach())
    tensors = {"training.fake": fake, "training.on_real": on_real, "training.on_fake": on_fake}
    j_d = loss_discriminator(on_real, on_fake)
    j_g = loss_generator(discriminator(fake))
    tensors |= {"loss.discriminator": j_d, "loss.generator": j_g}
    of_d = torch.autograd.grad(j_d, list(discriminator.parameters()))
    of_g = torch.autograd.grad(j_g, list(generator.parameters()))
    tensors |= prefixed("gradient.discriminator", named(discriminator, of_d))
    tensors |= prefixed("gradient.generator", named(generator, of_g))
    tensors |= prefixed("moved.generator", {n: w for n, w in weights(generator).items() if "running" in n})
    tensors |= prefixed("moved.discriminator", {n: w for n, w in weights(discriminator).items() if "running" in n})
    fake = generator.eval()(z)
    tensors |= {"inference.fake": fake, "inference.on_real": discriminator.eval()(x)}
    return tensors


def rounds(generator, discriminator, drawn, x, dtype, recipe_g, recipe_d):
    """Discriminator, generator, moving average: everything that a checkpoint would hold, round by round."""
    g_parameters, d_parameters = list(generator.parameters()), list(discriminator.parameters())
    g_optimizer, d_optimizer = optimizer(g_parameters, recipe_g), optimizer(d_parameters, recipe_d)
    ema = copy.deepcopy(weights(generator))
    tensors = {}
    for step in range(1, ROUNDS + 1):
        fake = generator(drawn[f"round{step}.latent"].to(dtype))
        j_d = loss_discriminator(discriminator(x), discriminator(fake.detach()))
        update(d_optimizer, j_d, d_parameters, recipe_d, step)
        j_g = loss_generator(discriminator(fake))
        update(g_optimizer, j_g, g_parameters, recipe_g, step)
        decay = min(EMA, (1 + step) / (10 + step))  # the average forgets the first weights early on
        for name, weight in weights(generator).items():
            ema[name] = decay * ema[name] + (1 - decay) * weight
        state = {"loss.discriminator": j_d, "loss.generator": j_g}
        state |= prefixed("state.ema", ema)
        state |= prefixed("state.generator", weights(generator))
        state |= prefixed("state.optimizer.generator", optimizer_state(generator, g_optimizer))
        state |= prefixed("state.discriminator", weights(discriminator))
        state |= prefixed("state.optimizer.discriminator", optimizer_state(discriminator, d_optimizer))
        tensors |= copy.deepcopy({name: value.detach() for name, value in prefixed(f"round{step}", state).items()})
    return tensors


# ---- single pieces


def loss(dtype):
    """Logits of every size, up to where a logarithm of a sigmoid is infinite."""
    real = torch.tensor([[-2.0], [0.5], [1.5], [3.0]])
    fake = torch.tensor([[-3.0], [-0.25], [2.0], [0.75]])
    cases = {
        "calm": (real, fake),
        "right50": (real.abs() + 50, -fake.abs() - 50),
        "wrong50": (-real.abs() - 50, fake.abs() + 50),
        "right1000": (real.abs() + 1000, -fake.abs() - 1000),
        "wrong1000": (-real.abs() - 1000, fake.abs() + 1000),
    }
    tensors = {}
    for name, (real, fake) in cases.items():
        r, f = real.to(dtype).requires_grad_(), fake.to(dtype).requires_grad_()
        j_d, j_g = loss_discriminator(r, f), loss_generator(f)
        d_real, d_fake = torch.autograd.grad(j_d, [r, f])
        (g_fake,) = torch.autograd.grad(j_g, [f])
        case = {"real": r, "fake": f, "discriminator": j_d, "generator": j_g}
        case |= {"d_real": d_real, "d_fake": d_fake, "g_fake": g_fake}
        tensors |= prefixed(name, case)
    return tensors


def batch_norm(dtype):
    """Values of a small spread, so that epsilon counts, around a mean that is not 0."""
    source = torch.Generator().manual_seed(7)
    tensors = {}
    for name, shape, norm in (
        ("flat", (5, 3), nn.BatchNorm1d(3, eps=1e-3, momentum=0.01)),
        ("image", (2, 3, 4, 5), nn.BatchNorm2d(3, eps=1e-5, momentum=0.1)),
        ("coarse", (2, 3, 4, 5), nn.BatchNorm2d(3, eps=1e-2, momentum=0.3)),
    ):
        x = 0.4 + 0.1 * torch.randn(shape, generator=source)
        slope = torch.randn(shape, generator=source)  # the gradient that comes back
        norm = randomise(norm.to(dtype), 8)
        case = copy.deepcopy(weights(norm)) | {"x": x, "slope": slope}
        x = x.to(dtype).requires_grad_()
        y = norm(x)
        gradients = torch.autograd.grad((y * slope.to(dtype)).sum(), [x, norm.weight, norm.bias])
        case |= {"training": y, "gradient.x": gradients[0]}
        case |= {"gradient.weight": gradients[1], "gradient.bias": gradients[2]}
        case |= {"moved.running_mean": norm.running_mean, "moved.running_var": norm.running_var}
        case |= {"inference": norm.eval()(x)}
        tensors |= prefixed(name, case)
    return tensors


def adam(lr, betas, epsilon, decay=0.0, clip=float("inf")):
    return {"optimizer": "adam", "lr": lr, "betas": betas, "epsilon": epsilon, "decay": decay, "clip": clip}


def rms_prop(lr, rho, epsilon, decay=0.0, clip=float("inf")):
    return {"optimizer": "rmsprop", "lr": lr, "rho": rho, "epsilon": epsilon, "decay": decay, "clip": clip}


OPTIMIZERS = {
    "adam-dcgan": adam(0.1, (0.5, 0.999), 1e-8),
    "adam-keras": adam(0.1, (0.9, 0.999), 1e-7),
    "adam-coarse": adam(0.1, (0.6, 0.8), 1e-2, decay=0.1),
    "rmsprop-keras": rms_prop(0.1, 0.9, 1e-7, decay=6e-8),
    "rmsprop-coarse": rms_prop(0.1, 0.7, 1e-2, decay=0.1),
}


def optimizers(dtype):
    """A kernel and a bias, moved by given gradients, some of them as small as the large epsilon."""
    source = torch.Generator().manual_seed(9)
    shapes = {"weight": (3, 2, 4, 4), "bias": (3,)}
    start = {name: torch.randn(shape, generator=source) for name, shape in shapes.items()}
    steps = [{n: 0.02 * torch.randn(s, generator=source) for n, s in shapes.items()} for _ in range(3)]
    tensors = prefixed("start", start)
    for step, gradients in enumerate(steps, 1):
        tensors |= prefixed(f"gradient{step}", gradients)
    for case, recipe in OPTIMIZERS.items():
        module = nn.ParameterDict({name: nn.Parameter(value.to(dtype).clone()) for name, value in start.items()})
        engine = optimizer(list(module.values()), recipe)
        for step, gradients in enumerate(steps, 1):
            engine.param_groups[0]["lr"] = recipe["lr"] / (1 + recipe["decay"] * (step - 1))
            for name, parameter in module.items():
                parameter.grad = gradients[name].to(dtype)
            engine.step()
            moved = {name: parameter.detach() for name, parameter in module.items()}
            moved |= prefixed("state", optimizer_state(module, engine))
            tensors |= copy.deepcopy(prefixed(f"{case}.{step}", moved))
    return tensors


# The games' settings are those of the recipes beside the fixtures, such as mlp.yaml, which the Java tests read.
FIXTURES = {
    "loss": loss,
    "batch-norm": batch_norm,
    "optimizer": optimizers,
    "mlp": game(
        lambda: mlp((1, 8, 8), 5, (6, 7)),
        seed=11, latent=5, noise="normal", batch=8, low=0, high=1,
        recipes=(adam(5e-3, (0.9, 0.999), 1e-7), adam(1e-2, (0.5, 0.999), 1e-8, decay=0.1, clip=2)),
    ),
    "dcgan-28": game(
        lambda: dcgan((1, 28, 28), 5, 2),
        seed=12, latent=5, noise="normal", batch=4, low=-1, high=1,
        recipes=(adam(2e-3, (0.5, 0.999), 1e-8), adam(4e-3, (0.5, 0.999), 1e-8)),
    ),
    "dcgan-32": game(  # from this side on the engine's memory is channels-last
        lambda: dcgan((3, 32, 32), 5, 2),
        seed=13, latent=5, noise="normal", batch=4, low=-1, high=1,
        recipes=(adam(2e-3, (0.5, 0.999), 1e-8), adam(4e-3, (0.5, 0.999), 1e-8)),
    ),
    "dcgan-keras": game(
        lambda: dcgan_keras((1, 12, 12), 5, 2),
        seed=14, latent=5, noise="uniform", batch=4, low=0, high=1,
        # A bias before a batch norm has no gradient but rounding; the larger epsilon keeps that from being made large.
        recipes=(rms_prop(1e-3, 0.9, 1e-3, decay=0.1), rms_prop(2e-3, 0.9, 1e-7, decay=0.1)),
    ),
}


def spread(single, double):
    """The largest norm-wise relative difference, measured as the tests measure it."""
    groups = {}
    for name in single:
        groups.setdefault(group(name), []).append(name)
    worst = (0.0, "")
    for names in groups.values():
        whole = sum(double[name].double().norm() ** 2 for name in names) ** 0.5
        for name in names:
            want = double[name].double()
            difference = (single[name].double() - want).norm()
            worst = max(worst, ((difference / (want.norm() + FLOOR / 1e-5 * whole)).item(), name))
    return worst


def group(name):
    """Everything of one kind and player is compared together: its name without the layer."""
    parts = name.split(".")
    while len(parts) > 1 and (parts[-1] in ("weight", "bias", "running_mean", "running_var") or parts[-1].isdigit()):
        parts.pop()
    return ".".join(parts)


def write(fixtures):
    """Computes and writes fixtures; exits with 1 if one is refused."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    OUT.mkdir(parents=True, exist_ok=True)
    refused = False
    for name, compute in fixtures.items():
        single = {k: v.detach().clone() for k, v in compute(torch.float32).items()}
        double = {k: v.detach().clone() for k, v in compute(torch.float64).items()}
        by, where = spread(single, double)
        file = OUT / f"{name}.safetensors"
        if by > SPREAD:
            print(f"{name}: refused, float32 and float64 differ by {by:.1e} in {where}", file=sys.stderr)
            refused = True
            continue
        save_file({k: v.contiguous() for k, v in single.items()}, file)
        print(f"{name}: {len(single)} arrays, {file.stat().st_size:,} bytes, spread {by:.1e} in {where}")
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    write(FIXTURES)
