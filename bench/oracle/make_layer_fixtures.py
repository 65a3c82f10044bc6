"""Writes what PyTorch computes with R3GAN's networks, with the layers that only discriminators have, and with one and three axes.

    venv/bin/python bench/oracle/make_layer_fixtures.py

It writes core/src/test/resources/io/gander/oracle/layer/*.safetensors, by the rules of make_fixtures.py: two batches in
training, one after the other, of which the second's output and gradients count.
"""

import copy

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import spectral_norm

import make_fixtures as base

base.OUT = base.OUT / "layer"


class Biased(nn.Module):
    """A bias for each channel, then a leaky ReLU."""

    def __init__(self, channels):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        return F.leaky_relu(x + self.bias.view(-1, *[1] * (x.dim() - 2)), 0.2)


class Basis(nn.Module):
    def __init__(self, inputs, channels, side):
        super().__init__()
        self.basis = nn.Parameter(torch.zeros(channels, side, side))
        self.linear = nn.Linear(inputs, channels, bias=False)

    def forward(self, z):
        return self.basis * self.linear(z)[:, :, None, None]


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Resample(nn.Module):
    """Twice the sides with zeros between, or every second point, after the filter [1, 2, 1] along every axis."""

    def __init__(self, up):
        super().__init__()
        self.up = up

    def forward(self, x):
        n, channels, *axes = x.shape
        conv = (F.conv1d, F.conv2d, F.conv3d)[len(axes) - 1]
        kernel = row = torch.tensor([1.0, 2.0, 1.0], dtype=x.dtype)
        for _ in axes[1:]:
            kernel = kernel[..., None] * row
        kernel = kernel.expand(channels, 1, *kernel.shape) / (2 if self.up else 4) ** len(axes)
        if self.up:
            wide = x.new_zeros(n, channels, *[2 * side for side in axes])
            wide[(..., *[slice(None, None, 2)] * len(axes))] = x
            return conv(wide, kernel, padding=1, groups=channels)
        return conv(x, kernel, stride=2, padding=1, groups=channels)


class Deviation(nn.Module):
    """The mean standard deviation over groups of four, as one more channel of each example of the group."""

    def forward(self, x):
        n, c, *axes = x.shape
        y = x.reshape(4, n // 4, c, *axes)
        y = y.var(0, unbiased=False).add(1e-8).sqrt().flatten(1).mean(1)
        return torch.cat([x, y.reshape(-1, 1, *[1] * len(axes)).repeat(4, 1, *axes)], 1)


def block(channels, group):
    inside = 2 * channels
    return Residual(
        nn.Conv2d(channels, inside, 1, bias=False),
        Biased(inside),
        nn.Conv2d(inside, inside, 3, padding=1, groups=inside // group, bias=False),
        Biased(inside),
        nn.Conv2d(inside, channels, 1, bias=False),
    )


def sides(side):
    halvings = 0
    while side % 2 == 0 and side > 7:
        side, halvings = side // 2, halvings + 1
    return side, halvings


def r3gan_generator(latent, width, blocks, group, image):
    least, halvings = sides(image[1])
    channels = [width * 2 ** min(level, 2) for level in range(halvings + 1)]
    layers = [Basis(latent, channels[halvings], least)]
    for level in range(halvings, -1, -1):
        if level < halvings:
            if channels[level] != channels[level + 1]:
                layers += [nn.Conv2d(channels[level + 1], channels[level], 1, bias=False)]
            layers += [Resample(True)]
        layers += [block(channels[level], group) for _ in range(blocks)]
    return nn.Sequential(*layers, nn.Conv2d(width, image[0], 1, bias=False), nn.Tanh())


def r3gan_discriminator(width, blocks, group, image):
    least, halvings = sides(image[1])
    channels = [width * 2 ** min(level, 2) for level in range(halvings + 1)]
    layers = [nn.Conv2d(image[0], width, 1, bias=False)]
    for level in range(halvings + 1):
        layers += [block(channels[level], group) for _ in range(blocks)]
        if level < halvings:
            layers += [Resample(False)]
            if channels[level] != channels[level + 1]:
                layers += [nn.Conv2d(channels[level], channels[level + 1], 1, bias=False)]
    last = channels[halvings]
    layers += [nn.Conv2d(last, last, least, groups=last, bias=False), nn.Flatten(), nn.Linear(last, 1, bias=False)]
    return nn.Sequential(*layers)


def renamed(tensors):
    """Spectral norm's buffers by Gander's names; the left singular vector follows from the right one."""
    return {name.replace("weight_orig", "weight").replace("weight_u", "u"): value
            for name, value in tensors.items() if not name.endswith("weight_v")}


def fixture(seed, network, shape, batch=4):
    def compute(dtype):
        module = base.randomise(network().to(dtype), seed)
        source = torch.Generator().manual_seed(seed + 1)
        x = 2 * torch.rand((batch, *shape), generator=source) - 1
        tensors = {"input": x} | copy.deepcopy(base.prefixed("weight", renamed(base.weights(module))))
        x = x.to(dtype).requires_grad_()
        module(x)
        y = module(x)
        loss = y.square().mean()
        parameters = dict(module.named_parameters())
        gradients = torch.autograd.grad(loss, [x, *parameters.values()])
        tensors |= {"training": y, "loss": loss, "slope": gradients[0]}
        return tensors | base.prefixed("gradient", renamed(dict(zip(parameters, gradients[1:]))))

    return compute


def between(*layers):
    """With something before and after, so that every gradient is that of a network."""
    return lambda: nn.Sequential(nn.Conv2d(3, 4, 3, 1, 1), *layers, nn.LeakyReLU(0.2))


def of_axes(axes, name, *arguments, **options):
    return getattr(nn, f"{name}{axes}d")(*arguments, **options)


def every_layer(axes):
    """Each layer that works along axes, once."""
    return nn.Sequential(
        of_axes(axes, "ConvTranspose", 2, 4, 3, 2, 1, 1),
        nn.LeakyReLU(0.2),
        of_axes(axes, "BatchNorm", 4),
        of_axes(axes, "ReflectionPad", 1),
        of_axes(axes, "Conv", 4, 6, 3, 2, 1, groups=2, bias=False),
        of_axes(axes, "InstanceNorm", 6),
        nn.PReLU(6),
        nn.Upsample(scale_factor=2),
        Resample(False),
        of_axes(axes, "Conv", 6, 4, 1, bias=False),
        nn.GroupNorm(2, 4),
        Biased(4),
        Resample(True),
        Deviation(),
        spectral_norm(of_axes(axes, "Conv", 5, 1, 3)),
    )


def dcgan(axes, latent, width, kernels):
    """As make_fixtures.py's, along any number of axes."""
    channels = width << (len(kernels) - 1)
    start = (latent, *[1] * axes)
    generator = [nn.Unflatten(1, start), of_axes(axes, "ConvTranspose", latent, channels, 4, 1, 0, bias=False)]
    for i, kernel in enumerate(kernels):
        filters = channels // 2 if i < len(kernels) - 1 else 1
        generator += [of_axes(axes, "BatchNorm", channels), nn.ReLU()]
        generator += [of_axes(axes, "ConvTranspose", channels, filters, kernel, 2, 1, bias=False)]
        channels = filters
    discriminator = [of_axes(axes, "Conv", 1, width, kernels[-1], 2, 1, bias=False), nn.LeakyReLU(0.2)]
    channels = width
    for kernel in reversed(kernels[:-1]):
        discriminator += [of_axes(axes, "Conv", channels, 2 * channels, kernel, 2, 1, bias=False)]
        discriminator += [of_axes(axes, "BatchNorm", 2 * channels), nn.LeakyReLU(0.2)]
        channels *= 2
    discriminator += [of_axes(axes, "Conv", channels, 1, 4, 1, 0, bias=False), nn.Flatten()]
    return nn.Sequential(*generator, nn.Tanh()), nn.Sequential(*discriminator)


FIXTURES = {
    "r3gan-generator-28": fixture(41, lambda: r3gan_generator(5, 2, 1, 2, (1, 28, 28)), (5,)),
    "r3gan-generator-8": fixture(52, lambda: r3gan_generator(5, 4, 2, 4, (3, 8, 8)), (5,), batch=2),
    "r3gan-discriminator-28": fixture(43, lambda: r3gan_discriminator(2, 1, 2, (1, 28, 28)), (1, 28, 28)),
    "r3gan-discriminator-16": fixture(44, lambda: r3gan_discriminator(4, 2, 4, (3, 16, 16)), (3, 16, 16)),
    "spectral-norm": fixture(
        45,
        lambda: nn.Sequential(
            spectral_norm(nn.Conv2d(3, 4, 4, 2, 1)),
            nn.LeakyReLU(0.2),
            nn.Flatten(),
            spectral_norm(nn.Linear(64, 2, bias=False)),
        ),
        (3, 8, 8),
    ),
    "minibatch-deviation": fixture(46, between(Deviation()), (3, 6, 5), batch=8),
    "layer-norm": fixture(47, between(nn.GroupNorm(1, 4)), (3, 6, 5)),
    "group-norm": fixture(48, between(nn.GroupNorm(2, 4)), (3, 6, 5)),
    "every-layer-1": fixture(61, lambda: every_layer(1), (2, 7)),
    "every-layer-3": fixture(62, lambda: every_layer(3), (2, 3, 2, 3)),
    "dcgan-generator-1": fixture(63, lambda: dcgan(1, 5, 2, [4, 4])[0], (5,)),
    "dcgan-generator-3": fixture(64, lambda: dcgan(3, 5, 2, [3, 4])[0], (5,), batch=2),
    "dcgan-discriminator-1": fixture(65, lambda: dcgan(1, 5, 2, [4, 4])[1], (1, 16)),
    "dcgan-discriminator-3": fixture(66, lambda: dcgan(3, 5, 2, [3, 4])[1], (1, 14, 14, 14), batch=2),
}

if __name__ == "__main__":
    base.write(FIXTURES)
