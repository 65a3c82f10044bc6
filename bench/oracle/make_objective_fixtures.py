"""Writes losses, regularisers, looks ahead and labelled losses as PyTorch computes them, with the gradients for both players.

    venv/bin/python bench/oracle/make_objective_fixtures.py

It writes core/src/test/resources/io/gander/oracle/objective/*.safetensors, by the rules of make_fixtures.py. The critic is
x -> tanh(x W1' + b1) W2' + b2. Random points come from PyTorch's generator, seeded by
their place as io.gander.tensor.Draws does: the first penalty of Draws.of(SEED).
"""

import torch
from torch.nn import functional as F

import make_fixtures as base

base.OUT = base.OUT / "objective"

SEED = 77
ROWS, SIZE, HIDDEN, CLASSES = 6, 5, 7, 3


def given(dtype, outputs=1):
    source = torch.Generator().manual_seed(3)
    draw = lambda *shape: torch.randn(*shape, generator=source)
    tensors = {"real": draw(ROWS, SIZE), "fake": 0.5 * draw(ROWS, SIZE) + 0.3}
    tensors |= {"w1": draw(HIDDEN, SIZE), "b1": draw(HIDDEN), "w2": draw(outputs, HIDDEN), "b2": draw(outputs)}
    labels = torch.randint(0, CLASSES, (ROWS,), generator=source)
    tensors["labels"] = F.one_hot(labels, CLASSES).float()
    return {name: value.to(dtype).requires_grad_(name != "labels") for name, value in tensors.items()}


def critic(t, weights=None):
    w1, b1, w2, b2 = weights or (t["w1"], t["b1"], t["w2"], t["b2"])
    return lambda x: F.linear(torch.tanh(F.linear(x, w1, b1)), w2, b2)


def weights(t):
    return [t[name] for name in ("w1", "b1", "w2", "b2")]


def gradients(loss, t):
    """Without the last bias: where only differences of logits count, its gradient is nothing but rounding."""
    names = ("w1", "b1", "w2")
    return dict(zip(names, torch.autograd.grad(loss, [t[name] for name in names], retain_graph=True)))


# ---- losses, from logarithms of sigmoids

LOSSES = {
    "non-saturating": (
        lambda r, f, s: -((1 - s) * F.logsigmoid(r) + s * F.logsigmoid(-r)).mean() - F.logsigmoid(-f).mean(),
        lambda r, f: -F.logsigmoid(f).mean(), 0.1),
    "minimax": (
        lambda r, f, s: -((1 - s) * F.logsigmoid(r) + s * F.logsigmoid(-r)).mean() - F.logsigmoid(-f).mean(),
        lambda r, f: F.logsigmoid(-f).mean(), 0.0),
    "least-squares": (
        lambda r, f, s: ((r - (1 - s)) ** 2).mean() + (f**2).mean(),
        lambda r, f: ((f - 1) ** 2).mean(), 0.2),
    "hinge": (
        lambda r, f, s: torch.clamp(1 - r, min=0).mean() + torch.clamp(1 + f, min=0).mean(),
        lambda r, f: -f.mean(), 0.0),
    "wasserstein": (lambda r, f, s: f.mean() - r.mean(), lambda r, f: -f.mean(), 0.0),
    "relativistic-average": (
        lambda r, f, s: -F.logsigmoid(r - f.mean()).mean() - F.logsigmoid(-(f - r.mean())).mean(),
        lambda r, f: -0.5 * (F.logsigmoid(f - r.mean()).mean() + F.logsigmoid(-(r - f.mean())).mean()), 0.0),
    "relativistic-pairing": (
        lambda r, f, s: -F.logsigmoid(r - f).mean(), lambda r, f: -F.logsigmoid(f - r).mean(), 0.0),
}


def players(t, j_d, j_g):
    """The discriminator's gradient for its weights, the generator's for its pictures."""
    tensors = {"discriminator": j_d, "generator": j_g}
    tensors |= base.prefixed("d", gradients(j_d, t))
    tensors["g"] = torch.autograd.grad(j_g, t["fake"])[0]
    return tensors


def losses(dtype):
    t = given(dtype)
    tensors = dict(t)
    d = critic(t)
    for name, (of_d, of_g, smoothing) in LOSSES.items():
        j_d, j_g = of_d(d(t["real"]), d(t["fake"].detach()), smoothing), of_g(d(t["real"]).detach(), d(t["fake"]))
        tensors |= base.prefixed(name, players(t, j_d, j_g))
    return tensors


# ---- regularisers


def steepness(d, x):
    (gradient,) = torch.autograd.grad(d(x).sum(), x, create_graph=True)
    return (gradient**2).sum(1)


def at_one(d, x):
    x = x.detach().requires_grad_()
    return ((torch.sqrt(steepness(d, x) + 1e-12) - 1) ** 2).mean()


def between(real, fake):
    torch.manual_seed(base.mix(SEED, 0))
    share = torch.zeros(ROWS, 1).uniform_(0, 1).to(real.dtype)
    return (share * real + (1 - share) * fake).detach().requires_grad_()


def near(real):
    torch.manual_seed(base.mix(SEED, 0, 0))
    noise = torch.zeros(ROWS, SIZE).uniform_(0, 1).to(real.dtype) * 0.5 * real.std(unbiased=False)
    torch.manual_seed(base.mix(SEED, 0, 1))
    share = torch.zeros(ROWS, 1).uniform_(0, 1).to(real.dtype)
    return real + noise * share


REGULARISERS = {
    "r1": lambda d, r, f: steepness(d, r).mean() / 2,
    "r2": lambda d, r, f: steepness(d, f).mean() / 2,
    "gradient-penalty": lambda d, r, f: at_one(d, between(r, f)),
    "zero-centred": lambda d, r, f: steepness(d, between(r, f)).mean(),
    "dragan": lambda d, r, f: at_one(d, near(r)),
}


def regularisers(dtype):
    t = given(dtype)
    tensors = dict(t)
    d = critic(t)
    real, fake = (t[name].detach().requires_grad_() for name in ("real", "fake"))
    for name, penalty in REGULARISERS.items():
        loss = F.softplus(d(fake) - d(real)).mean() + 0.7 * penalty(d, real, fake)
        tensors[f"{name}.loss"] = loss
        tensors |= base.prefixed(f"{name}.d", gradients(loss, t))
    return tensors


# ---- looking ahead, and labels


def unrolled(dtype):
    """The generator's loss against a discriminator three plain gradient steps later (Metz et al., 2017)."""
    t = given(dtype)
    now = weights(t)
    for _ in range(3):
        d = critic(t, now)
        loss = F.softplus(-d(t["real"])).mean() + F.softplus(d(t["fake"])).mean()
        now = [w - 0.3 * g for w, g in zip(now, torch.autograd.grad(loss, now, create_graph=True))]
    j_g = F.softplus(-critic(t, now)(t["fake"])).mean()
    return dict(t) | {"generator": j_g, "g": torch.autograd.grad(j_g, t["fake"])[0]}


def labelled(dtype):
    t = given(dtype, 1 + CLASSES)
    tensors = dict(t)
    d = critic(t)
    y = t["labels"]
    softplus = lambda r, f: F.softplus(-r).mean() + F.softplus(f).mean()

    own = lambda out: out[:, :1] + (out[:, 1:] * y).sum(1, keepdim=True)
    real, fake = own(d(t["real"])), own(d(t["fake"]))
    tensors |= base.prefixed("projection", players(t, softplus(real, own(d(t["fake"].detach()))), F.softplus(-fake).mean()))

    named = lambda out: F.cross_entropy(out[:, 1:], y.argmax(1))
    real, cut, fake = d(t["real"]), d(t["fake"].detach()), d(t["fake"])
    j_d = softplus(real[:, :1], cut[:, :1]) + 0.5 * (named(real) + named(cut))
    tensors |= base.prefixed("auxiliary", players(t, j_d, F.softplus(-fake[:, :1]).mean() + 0.5 * named(fake)))
    return tensors


FIXTURES = {"losses": losses, "regularisers": regularisers, "unrolled": unrolled, "labelled": labelled}

if __name__ == "__main__":
    base.write(FIXTURES)
