"""Writes what PyTorch computes with the networks from pictures to pictures and their discriminators, in small.

    venv/bin/python bench/oracle/make_translator_fixtures.py

It writes core/src/test/resources/io/gander/oracle/translator/*.safetensors, by the rules of make_fixtures.py. Every
fixture also has the number of parameters that the same function's network has at its source's full size, as
[millions, the rest], since float32 does not hold eight digits.
"""

import copy

import torch
from torch import nn

import make_fixtures as base

base.OUT = base.OUT / "translator"

# ---- pieces; the indexes of nn.Sequential are the names of the weights


class Residual(nn.Sequential):
    def __init__(self, *layers, scale=1.0):
        super().__init__(*layers)
        self.scale = scale

    def forward(self, x):
        return x + self.scale * super().forward(x)


class Skip(nn.Sequential):
    def forward(self, x):
        return torch.cat([x, super().forward(x)], 1)


def normed(norm, channels):
    return {"batch": [nn.BatchNorm2d(channels)], "instance": [nn.InstanceNorm2d(channels)], "none": []}[norm]


def doubling(fan_in, fan_out, resize, bias, kernel=4):
    if resize:
        return [nn.Upsample(scale_factor=2, mode="nearest"), nn.Conv2d(fan_in, fan_out, 3, 1, 1, bias=bias)]
    return [nn.ConvTranspose2d(fan_in, fan_out, kernel, 2, 1, output_padding=4 - kernel, bias=bias)]


# ---- generators


def unet(before, after, width, depth, norm="batch", resize=False):
    bias = norm != "batch"

    def level(k, fan_in, fan_out):
        """Level k of depth, from the outside in."""
        inner = min(2 ** (k - 1), 8) * width
        down = [] if k == 1 else [nn.LeakyReLU(0.2)]
        down += [nn.Conv2d(fan_in, inner, 4, 2, 1, bias=bias)]
        if k == depth:
            return down + [nn.ReLU()] + doubling(inner, fan_out, resize, bias) + normed(norm, fan_out)
        down += [] if k == 1 else normed(norm, inner)
        further = [Skip(*level(k + 1, inner, inner)), nn.ReLU()]
        up = doubling(2 * inner, fan_out, resize, bias or k == 1)
        return down + further + up + ([] if k == 1 else normed(norm, fan_out))

    return nn.Sequential(*level(1, before, after), nn.Tanh())


def encoder_decoder(before, after, widths, bottleneck):
    """Widths: the channels of the way down, first to last."""
    layers, channels = [], before
    for filters in widths:
        layers += [nn.Conv2d(channels, filters, 4, 2, 1, bias=channels == before)]
        layers += ([] if channels == before else [nn.BatchNorm2d(filters)]) + [nn.LeakyReLU(0.2)]
        channels = filters
    layers += [nn.Conv2d(channels, bottleneck, 4, bias=False), nn.BatchNorm2d(bottleneck), nn.LeakyReLU(0.2)]
    layers += [nn.ConvTranspose2d(bottleneck, channels, 4, bias=False)]
    for filters in reversed(widths[:-1]):
        layers += [nn.BatchNorm2d(channels), nn.ReLU(), nn.ConvTranspose2d(channels, filters, 4, 2, 1, bias=False)]
        channels = filters
    layers += [nn.BatchNorm2d(channels), nn.ReLU(), nn.ConvTranspose2d(channels, after, 4, 2, 1), nn.Tanh()]
    return nn.Sequential(*layers)


def resnet(before, after, width, blocks, norm="instance", resize=False):
    bias = norm != "batch"

    def block(channels):
        half = lambda: [nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3, bias=bias)] + normed(norm, channels)
        return Residual(*half(), nn.ReLU(), *half())

    layers = [nn.ReflectionPad2d(3), nn.Conv2d(before, width, 7, bias=bias)] + normed(norm, width) + [nn.ReLU()]
    for channels in (width, 2 * width):
        layers += [nn.Conv2d(channels, 2 * channels, 3, 2, 1, bias=bias)] + normed(norm, 2 * channels) + [nn.ReLU()]
    layers += [block(4 * width) for _ in range(blocks)]
    for channels in (4 * width, 2 * width):
        layers += doubling(channels, channels // 2, resize, bias, 3) + normed(norm, channels // 2) + [nn.ReLU()]
    return nn.Sequential(*layers, nn.ReflectionPad2d(3), nn.Conv2d(width, after, 7), nn.Tanh())


def srresnet(before, after, width, blocks, factors, norm="batch"):
    bias = norm != "batch"
    half = lambda: [nn.Conv2d(width, width, 3, 1, 1, bias=bias)] + normed(norm, width)
    trunk = [Residual(*half(), nn.PReLU(width), *half()) for _ in range(blocks)] + half()
    layers = [nn.Conv2d(before, width, 9, 1, 4), nn.PReLU(width), Residual(*trunk)]
    for factor in factors:
        layers += [nn.Conv2d(width, factor**2 * width, 3, 1, 1), nn.PixelShuffle(factor), nn.PReLU(width)]
    return nn.Sequential(*layers, nn.Conv2d(width, after, 9, 1, 4))


def rrdb(before, after, width, blocks, growth, factors):
    conv = lambda fan_in, fan_out: nn.Conv2d(fan_in, fan_out, 3, 1, 1)

    def dense():
        grown = [Skip(conv(width + i * growth, growth), nn.LeakyReLU(0.2)) for i in range(4)]
        return Residual(*grown, conv(width + 4 * growth, width), scale=0.2)

    trunk = [Residual(dense(), dense(), dense(), scale=0.2) for _ in range(blocks)]
    layers = [conv(before, width), Residual(*trunk, conv(width, width))]
    for factor in factors:
        layers += [nn.Upsample(scale_factor=factor, mode="nearest"), conv(width, width), nn.LeakyReLU(0.2)]
    return nn.Sequential(*layers, conv(width, width), nn.LeakyReLU(0.2), conv(width, after))


# ---- discriminators


def patchgan(before, width, halvings, norm="batch"):
    bias = norm != "batch"
    layers, channels = [nn.Conv2d(before, width, 4, 2, 1), nn.LeakyReLU(0.2)], width
    for i in range(1, halvings + 1):
        filters = min(2**i, 8) * width
        layers += [nn.Conv2d(channels, filters, 4, 1 if i == halvings else 2, 1, bias=bias)]
        layers += normed(norm, filters) + [nn.LeakyReLU(0.2)]
        channels = filters
    return nn.Sequential(*layers, nn.Conv2d(channels, 1, 4, 1, 1))


def srgan(before, width, side):
    layers, channels = [], before
    for filters in (width, 2 * width, 4 * width, 8 * width):
        for stride in (1, 2):
            first = not layers
            layers += [nn.Conv2d(channels, filters, 3, stride, 1, bias=first)]
            layers += ([] if first else [nn.BatchNorm2d(filters)]) + [nn.LeakyReLU(0.2)]
            channels = filters
    layers += [nn.Flatten(), nn.Linear(channels * (side // 16) ** 2, 16 * width), nn.LeakyReLU(0.2)]
    return nn.Sequential(*layers, nn.Linear(16 * width, 1))


# ---- fixtures


def count(full):
    with torch.device("meta"):  # sizes without memory
        parameters = sum(weight.numel() for weight in full().parameters())
    return torch.tensor([parameters // 10**6, parameters % 10**6]).float()


def fixture(seed, network, shape, full, batch=2):
    """One batch in training, its gradients, and the same batch in use with the statistics that moved."""

    def compute(dtype):
        module = base.randomise(network().to(dtype), seed)
        source = torch.Generator().manual_seed(seed + 1)
        for layer in module.modules():
            if isinstance(layer, nn.PReLU):
                layer.weight.data = (0.25 + 0.1 * torch.randn(layer.weight.shape, generator=source)).to(dtype)
        x = 2 * torch.rand((batch, *shape), generator=source) - 1
        tensors = {"input": x, "parameters": count(full)}
        tensors |= copy.deepcopy(base.prefixed("weight", base.weights(module)))
        x = x.to(dtype).requires_grad_()
        y = module(x)
        loss = y.square().mean()
        some = dict(list(module.named_parameters())[::3])
        gradients = torch.autograd.grad(loss, [x, *some.values()])
        tensors |= {"training": y, "loss": loss, "slope": gradients[0]}
        tensors |= base.prefixed("gradient", dict(zip(some, gradients[1:])))
        return tensors | {"inference": module.eval()(x)}

    return compute


FIXTURES = {
    "unet": fixture(21, lambda: unet(1, 3, 2, 5), (1, 32, 32), lambda: unet(3, 3, 64, 8)),
    "unet-instance": fixture(
        22, lambda: unet(3, 1, 2, 3, "instance", True), (3, 24, 16), lambda: unet(3, 3, 64, 8, "instance", True)),
    "encoder-decoder": fixture(
        23, lambda: encoder_decoder(3, 3, (4, 8), 6), (3, 16, 16),
        lambda: encoder_decoder(3, 3, (64, 64, 128, 256, 512), 512),
        batch=8),  # of two single pixels batch norm leaves but their signs
    "resnet": fixture(24, lambda: resnet(3, 3, 2, 2), (3, 32, 36), lambda: resnet(3, 3, 64, 9)),
    "resnet-batch": fixture(
        25, lambda: resnet(1, 3, 2, 1, "batch", True), (1, 12, 16), lambda: resnet(3, 3, 64, 9, "batch", True)),
    "srresnet": fixture(
        26, lambda: srresnet(3, 3, 3, 2, (2, 2)), (3, 9, 8), lambda: srresnet(3, 3, 64, 16, (2, 2))),
    "srresnet-plain": fixture(
        27, lambda: srresnet(1, 1, 3, 1, (3,), "none"), (1, 6, 7), lambda: srresnet(3, 3, 64, 16, (3,), "none")),
    "rrdb": fixture(
        28, lambda: rrdb(3, 3, 4, 1, 2, (2, 2)), (3, 9, 8), lambda: rrdb(3, 3, 64, 23, 32, (2, 2))),
    "patchgan": fixture(31, lambda: patchgan(6, 2, 3), (6, 40, 32), lambda: patchgan(6, 64, 3)),
    "patchgan-instance": fixture(
        32, lambda: patchgan(3, 2, 2, "instance"), (3, 16, 24), lambda: patchgan(3, 64, 3, "instance")),
    "srgan": fixture(33, lambda: srgan(3, 2, 32), (3, 32, 32), lambda: srgan(3, 64, 96)),
}

if __name__ == "__main__":
    base.write(FIXTURES)
