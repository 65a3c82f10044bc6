"""Writes what whole rounds of the paired and the unpaired game leave in PyTorch, and the losses that they play with.

    venv/bin/python bench/oracle/make_game_fixtures.py

It writes core/src/test/resources/io/gander/oracle/game/*.safetensors, by the rules of make_fixtures.py. A game's data is one
batch, so that the order of the examples does not count: every loss is a mean over it.
"""

import copy
import math

import torch
from torch.nn import functional as F

import make_fixtures as base
import make_translator_fixtures as nets

base.OUT = base.OUT.parent / "game"  # a neighbour of the translators'

EMA = 0.9

# ---- losses


class NonSaturating:
    def discriminator(self, critic, real, fake):
        return -F.logsigmoid(critic(real)).mean() - F.logsigmoid(-critic(fake)).mean()

    def generator(self, critic, real, fake):
        return -F.logsigmoid(critic(fake)).mean()


class LeastSquares:
    def discriminator(self, critic, real, fake):
        real, fake = critic(real), critic(fake)
        return F.mse_loss(real, torch.ones_like(real)) + F.mse_loss(fake, torch.zeros_like(fake))

    def generator(self, critic, real, fake):
        fake = critic(fake)
        return F.mse_loss(fake, torch.ones_like(fake))


class RelativisticAverage:
    """The discriminator's by the paper's words; the generator's as in ESRGAN's code, where the real logits are detached."""

    def discriminator(self, critic, real, fake):
        real, fake = critic(real), critic(fake)
        return -F.logsigmoid(real - fake.mean()).mean() - F.logsigmoid(real.mean() - fake).mean()

    def generator(self, critic, real, fake):
        fake, real = critic(fake), critic(real).detach()  # in this order the critic's statistics move
        return -(F.logsigmoid(fake.mean() - real).mean() + F.logsigmoid(fake - real.mean()).mean()) / 2


def losses(objective):
    """Scores of two sizes: of whole pictures, and maps of patches, of more real pictures than fake ones."""

    def compute(dtype):
        source = torch.Generator().manual_seed(41)
        tensors = {}
        for name, real, fake in (
            ("calm", torch.randn(4, 1, generator=source), torch.randn(4, 1, generator=source)),
            ("patches", torch.randn(3, 1, 2, 5, generator=source), 2 + torch.randn(2, 1, 2, 5, generator=source)),
            ("right", 15 + torch.rand(4, 1, generator=source), -15 - torch.rand(4, 1, generator=source)),
            ("wrong", -15 - torch.rand(4, 1, generator=source), 15 + torch.rand(4, 1, generator=source)),
        ):
            r, f = real.to(dtype).requires_grad_(), fake.to(dtype).requires_grad_()
            itself = lambda logits: logits
            j_d, j_g = objective.discriminator(itself, r, f), objective.generator(itself, r, f)
            d_real, d_fake = torch.autograd.grad(j_d, [r, f])
            (g_fake,) = torch.autograd.grad(j_g, [f])
            case = {"real": real, "fake": fake, "discriminator": j_d, "generator": j_g}
            tensors |= base.prefixed(name, case | {"d_real": d_real, "d_fake": d_fake, "g_fake": g_fake})
        return tensors

    return compute


# ---- players


def adam(lr, betas=(0.5, 0.999), epsilon=1e-8, schedule="constant"):
    return {"optimizer": "adam", "lr": lr, "betas": betas, "epsilon": epsilon, "schedule": schedule}


def rate(recipe, step, steps):
    passed = (step - 1) / steps
    return recipe["lr"] * {
        "constant": 1,
        "linear": min(1, 2 * (1 - passed)),
        "cosine": (1 + math.cos(math.pi * passed)) / 2,
    }[recipe["schedule"]]


class Player:
    def __init__(self, name, module, recipe, ema=None):
        self.name, self.module, self.recipe = name, module, recipe
        self.optimizer = base.optimizer(list(module.parameters()), recipe)
        self.ema_name, self.ema = ema, copy.deepcopy(module) if ema else None

    def __call__(self, x):
        return self.module(x)

    def learn(self, loss, lr):
        move(loss, [self], lr)

    def follow(self, step):
        """The average forgets the first weights early on."""
        decay = min(EMA, (1 + step) / (10 + step))
        with torch.no_grad():
            for mine, other in zip(self.ema.parameters(), self.module.parameters()):
                mine.copy_(decay * mine + (1 - decay) * other)

    def state(self, inputs):
        """With the average's running statistics: those of the batch, of which all batches are made."""
        state = base.prefixed(self.name, base.weights(self.module))
        state |= base.prefixed(f"optimizer.{self.name}", base.optimizer_state(self.module, self.optimizer))
        if self.ema is not None:
            settled = copy.deepcopy(self.ema).train()
            for layer in settled.modules():
                if isinstance(layer, torch.nn.BatchNorm2d):
                    layer.momentum = 1.0
            with torch.no_grad():
                settled(inputs)
            state |= base.prefixed(self.ema_name, base.weights(settled))
        return state


def move(loss, players, lr):
    """One loss, all players."""
    parameters = [parameter for player in players for parameter in player.module.parameters()]
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
        parameter.grad = gradient
    for player in players:
        player.optimizer.param_groups[0]["lr"] = lr
        player.optimizer.step()


def pictures(seed, shape):
    """Bytes, and the same as the loader makes them, in float32."""
    pixels = torch.randint(0, 256, shape, generator=torch.Generator().manual_seed(seed)).float()
    return pixels, pixels * (2 / 255) - 1


def record(tensors, step, losses, players):
    state = base.prefixed("loss", losses)
    for player, inputs in players:
        state |= base.prefixed("state", player.state(inputs))
    tensors |= copy.deepcopy({name: value.detach() for name, value in base.prefixed(f"round{step}", state).items()})


# ---- whole games


def paired(seed, networks, shape, objective, recipes, steps, conditional, pixel, pixel_weight, factor, adversarial,
           alone=0, alone_recipe=None, rounds=3):
    """Pix2Pix, at first perhaps for the pixels alone. The discriminator moves first; factor is on its loss."""

    def compute(dtype):
        generator, discriminator = (
            base.randomise(network().to(dtype), seed + i) for i, network in enumerate(networks))
        pixels_a, x = pictures(seed + 2, shape)
        pixels_b, y = pictures(seed + 3, shape)
        tensors = {"a": pixels_a, "b": pixels_b}
        tensors |= copy.deepcopy(base.prefixed("generator", base.weights(generator)))
        tensors |= copy.deepcopy(base.prefixed("discriminator", base.weights(discriminator)))
        x, y = x.to(dtype), y.to(dtype)
        g, d = Player("generator", generator, recipes[0], "ema"), Player("discriminator", discriminator, recipes[1])
        judge = lambda pictures: d(torch.cat([x, pictures], 1) if conditional else pictures)
        for step in range(1, rounds + 1):
            fake = g(x)
            if step <= alone:
                j_g = pixel(fake, y)
                g.learn(j_g, rate(alone_recipe, step, alone))
                numbers = {"generator": j_g}
            else:
                j_d = factor * objective.discriminator(judge, y, fake.detach())
                d.learn(j_d, rate(d.recipe, step - alone, steps - alone))
                content = pixel_weight * pixel(fake, y)
                j_g = content + adversarial * objective.generator(judge, y, fake)
                g.learn(j_g, rate(g.recipe, step - alone, steps - alone))
                numbers = {"content": content, "discriminator": j_d, "generator": j_g}
            g.follow(step)
            for player in (g, d):  # before the duel the discriminator's optimiser holds zeros, which PyTorch does not write
                if not any(player.optimizer.state.values()):
                    zeros = {n: torch.zeros_like(p) for n, p in player.module.named_parameters()}
                    for kind in ("mean", "square"):
                        tensors |= base.prefixed(f"round{step}.state.optimizer.{player.name}.{kind}", zeros)
            record(tensors, step, numbers, [(g, x), (d, None)])
        return tensors

    return compute


def unpaired(seed, networks, shape, objective, recipe, steps, cycle, identity, factor, rounds=3):
    """CycleGAN: both generators with one loss, then both discriminators."""

    def compute(dtype):
        names = ("generator", "generator-back", "discriminator", "discriminator-back")
        modules = [base.randomise(networks[i // 2]().to(dtype), seed + i) for i in range(4)]
        pixels_a, a = pictures(seed + 4, shape)
        pixels_b, b = pictures(seed + 5, shape)
        tensors = {"a": pixels_a, "b": pixels_b}
        for name, module in zip(names, modules):
            tensors |= copy.deepcopy(base.prefixed(name, base.weights(module)))
        a, b = a.to(dtype), b.to(dtype)
        averages = ("ema", "ema-back", None, None)
        there, back, judge_b, judge_a = (Player(*each) for each in zip(names, modules, [recipe] * 4, averages))
        for step in range(1, rounds + 1):
            lr = rate(recipe, step, steps)
            fake_b, fake_a = there(a), back(b)
            around = F.l1_loss(back(fake_b), a) + F.l1_loss(there(fake_a), b)
            same = F.l1_loss(back(a), a) + F.l1_loss(there(b), b)
            fooled = objective.generator(judge_a, a, fake_a) + objective.generator(judge_b, b, fake_b)
            j_g = fooled + cycle * around + cycle * identity * same
            move(j_g, [there, back], lr)
            j_b = factor * objective.discriminator(judge_b, b, fake_b.detach())
            judge_b.learn(j_b, lr)
            j_a = factor * objective.discriminator(judge_a, a, fake_a.detach())
            judge_a.learn(j_a, lr)
            there.follow(step)
            back.follow(step)
            numbers = {"generator": j_g, "cycle": around, "discriminator": j_b, "discriminator_back": j_a}
            record(tensors, step, numbers, [(there, a), (back, b), (judge_b, None), (judge_a, None)])
        return tensors

    return compute


# The games' settings are those of the recipes beside the fixtures, such as pix2pix.yaml, which the Java tests read.
FIXTURES = {
    "least-squares": losses(LeastSquares()),
    "relativistic-average": losses(RelativisticAverage()),
    "pix2pix": paired(
        51, (lambda: nets.unet(3, 3, 2, 3), lambda: nets.patchgan(6, 3, 1)), (4, 3, 16, 16), NonSaturating(),
        (adam(2e-3), adam(4e-3)), steps=3,
        conditional=True, pixel=F.l1_loss, pixel_weight=100, factor=0.5, adversarial=1),
    "pretrained": paired(  # the last bias, which no difference of scores sees, has no gradient but rounding: an epsilon
        61, (lambda: nets.unet(1, 1, 3, 2), lambda: nets.patchgan(1, 2, 2)), (5, 1, 16, 16), RelativisticAverage(),
        (adam(1e-3, (0.9, 0.99), schedule="linear"), adam(3e-3, (0.5, 0.9), 1e-3, schedule="cosine")), steps=7,
        conditional=False, pixel=F.mse_loss, pixel_weight=2, factor=0.7, adversarial=0.3,
        alone=2, alone_recipe=adam(4e-3, schedule="cosine"), rounds=5),
    "cyclegan": unpaired(
        101, (lambda: nets.unet(3, 3, 2, 2), lambda: nets.patchgan(3, 2, 1)), (4, 3, 16, 16),
        LeastSquares(), adam(2e-3, schedule="linear"), steps=4, cycle=10, identity=0.5, factor=0.5),
}

if __name__ == "__main__":
    base.write(FIXTURES)
