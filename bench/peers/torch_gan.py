"""PyTorch as a peer: trains a GAN and prints seconds a step and its losses in the first steps, or times its generator. Called by run.py.

    python torch_gan.py train  WORK VARIANT STEPS DATA
    python torch_gan.py images WORK VARIANT BATCH SECONDS
    python torch_gan.py enlarge sr|rrdb VARIANT[-tiles] SIDE CALLS

WORK is mlp (28x28, batch 128), dcgan-28 (for the start alone), dcgan-keras or dcgan-64 (batch 64), r3gan (28x28, batch 64), pix2pix (128x128, batch 1)
or sr (SRResNet, 24x24 to 96x96, batch 8). "enlarge" takes a photograph of SIDE x SIDE through a network, whole or in tiles of 192 that
overlap by 16 as Real-ESRGAN's program cuts them. VARIANT is

    example    as PyTorch's examples write it: NCHW, the discriminator's gradients computed in the generator's move too,
               Adam as it comes
    best       channels-last where it is faster, frozen discriminator, fused Adam, set_to_none; without batch norm the
               discriminator judges both kinds in one pass
    compile    the same, and torch.compile
    bfloat16, bfloat16-compile
               best and compile in torch.autocast(bfloat16): forward passes and losses, as PyTorch's documentation has it

The networks, rates, losses and ways to begin are those of Gander's recipes mnist-mlp-keras, mnist-dcgan-keras, dcgan-64, mnist-r3gan, pix2pix, sr-x4 and,
to enlarge, esrgan-x4. DATA is a
.npy of pictures, N x H x W x channels; they lie in memory, so that no loader is measured.
"""

import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import report

WARM = 5
BFLOAT16 = "bfloat16" in sys.argv[3] if len(sys.argv) > 3 else False


def forward():
    """Around passes and losses; the cache of cast weights is what makes one cast serve a whole block."""
    return torch.autocast("cpu", torch.bfloat16, enabled=BFLOAT16)


def mlp():
    generator = nn.Sequential(
        nn.Linear(100, 128), nn.ReLU(), nn.BatchNorm1d(128, eps=1e-3, momentum=0.01),
        nn.Linear(128, 256), nn.ReLU(), nn.BatchNorm1d(256, eps=1e-3, momentum=0.01),
        nn.Linear(256, 784), nn.Sigmoid(), nn.Unflatten(1, (1, 28, 28)),
    )
    discriminator = nn.Sequential(
        nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 1)
    )
    return generator, discriminator


def dcgan(channels, width, kernels):
    """4x4, then one doubling a kernel."""
    filters = width << (len(kernels) - 1)
    generator = [nn.ConvTranspose2d(100, filters, 4, 1, 0, bias=False), nn.BatchNorm2d(filters), nn.ReLU(True)]
    for kernel in kernels[:-1]:
        generator += [nn.ConvTranspose2d(filters, filters // 2, kernel, 2, 1, bias=False)]
        generator += [nn.BatchNorm2d(filters // 2), nn.ReLU(True)]
        filters //= 2
    generator += [nn.ConvTranspose2d(filters, channels, kernels[-1], 2, 1, bias=False), nn.Tanh()]
    discriminator = [nn.Conv2d(channels, width, kernels[-1], 2, 1, bias=False), nn.LeakyReLU(0.2, True)]
    for kernel in reversed(kernels[:-1]):
        discriminator += [nn.Conv2d(filters, 2 * filters, kernel, 2, 1, bias=False)]
        discriminator += [nn.BatchNorm2d(2 * filters), nn.LeakyReLU(0.2, True)]
        filters *= 2
    discriminator += [nn.Conv2d(filters, 1, 4, 1, 0, bias=False), nn.Flatten()]
    return nn.Sequential(*generator), nn.Sequential(*discriminator)


def dcgan_keras():
    """Chapter 4's."""
    generator = [nn.Linear(100, 6272), nn.Unflatten(1, (128, 7, 7))]
    before = 128
    for filters, stride in ((128, 2), (64, 2), (32, 1), (1, 1)):
        generator += [nn.BatchNorm2d(before, eps=1e-3, momentum=0.01), nn.ReLU(True)]
        generator += [nn.ConvTranspose2d(before, filters, 5, stride, 2, stride - 1)]
        before = filters
    discriminator = []
    before = 1
    for filters, stride in ((32, 2), (64, 2), (128, 2), (256, 1)):
        discriminator += [nn.LeakyReLU(0.2), nn.Conv2d(before, filters, 5, stride, 2)]
        before = filters
    return nn.Sequential(*generator, nn.Sigmoid()), nn.Sequential(*discriminator, nn.Flatten(), nn.Linear(4096, 1))


class Skip(nn.Module):
    """One level of the U-Net: down, what lies below, up, beside what came in."""

    def __init__(self, channels, filters, below, out=None, drop=False):
        super().__init__()
        outer, deepest = out is not None, below is None
        down = [nn.Conv2d(channels, filters, 4, 2, 1, bias=False)]
        if not outer:
            down = [nn.LeakyReLU(0.2), *down]
        if not outer and not deepest:
            down += [nn.BatchNorm2d(filters)]
        up = [nn.ReLU(True), nn.ConvTranspose2d(filters if deepest else 2 * filters, out or channels, 4, 2, 1, bias=outer)]
        up += [nn.Tanh()] if outer else [nn.BatchNorm2d(channels)]
        up += [nn.Dropout(0.5)] if drop else []
        self.body, self.outer = nn.Sequential(*down, *([] if deepest else [below]), *up), outer

    def forward(self, x):
        return self.body(x) if self.outer else torch.cat([x, self.body(x)], 1)


def pix2pix():
    """U-Net of seven halvings and PatchGAN, width 32."""
    below = Skip(256, 256, None)
    for _ in range(2):
        below = Skip(256, 256, below, drop=True)
    for channels, filters in ((128, 256), (64, 128), (32, 64)):
        below = Skip(channels, filters, below)
    discriminator = [nn.Conv2d(6, 32, 4, 2, 1), nn.LeakyReLU(0.2, True)]
    for channels, filters, stride in ((32, 64, 2), (64, 128, 2), (128, 256, 1)):
        discriminator += [nn.Conv2d(channels, filters, 4, stride, 1, bias=False), nn.BatchNorm2d(filters), nn.LeakyReLU(0.2, True)]
    return Skip(3, 32, below, out=3), nn.Sequential(*discriminator, nn.Conv2d(256, 1, 4, 1, 1))


class SrResnet(nn.Module):
    """Eight blocks of width 32, without batch norm, beside a bicubic enlargement."""

    def __init__(self):
        super().__init__()
        conv = lambda a, b, k: nn.Conv2d(a, b, k, padding=k // 2)
        self.head = nn.Sequential(conv(3, 32, 9), nn.PReLU(32))
        self.blocks = nn.ModuleList(nn.Sequential(conv(32, 32, 3), nn.PReLU(32), conv(32, 32, 3)) for _ in range(8))
        self.join = conv(32, 32, 3)
        self.tail = nn.Sequential(
            conv(32, 128, 3), nn.PixelShuffle(2), nn.PReLU(32), conv(32, 128, 3), nn.PixelShuffle(2), nn.PReLU(32), conv(32, 3, 9)
        )

    def forward(self, x):
        head = y = self.head(x)
        for block in self.blocks:
            y = y + block(y)
        return self.tail(head + self.join(y)) + F.interpolate(x, scale_factor=4, mode="bicubic", align_corners=False)


class DenseBlock(nn.Module):
    """ESRGAN's, width 32 and growth 16."""

    def __init__(self):
        super().__init__()
        self.grow = nn.ModuleList(nn.Conv2d(32 + 16 * i, 16, 3, padding=1) for i in range(4))
        self.out = nn.Conv2d(96, 32, 3, padding=1)

    def forward(self, x):
        seen = x
        for conv in self.grow:
            seen = torch.cat([seen, F.leaky_relu(conv(seen), 0.2)], 1)
        return x + 0.2 * self.out(seen)


class Rrdb(nn.Module):
    """RRDBNet with three blocks."""

    def __init__(self):
        super().__init__()
        conv = lambda a, b: nn.Conv2d(a, b, 3, padding=1)
        self.head = conv(3, 32)
        self.blocks = nn.ModuleList(nn.Sequential(DenseBlock(), DenseBlock(), DenseBlock()) for _ in range(3))
        self.join = conv(32, 32)
        double = lambda: (nn.UpsamplingNearest2d(scale_factor=2), conv(32, 32), nn.LeakyReLU(0.2, True))
        self.tail = nn.Sequential(*double(), *double(), conv(32, 32), nn.LeakyReLU(0.2, True), conv(32, 3))

    def forward(self, x):
        head = y = self.head(x)
        for block in self.blocks:
            y = y + 0.2 * block(y)
        return self.tail(head + self.join(y))


class BiasedLeakyRelu(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        return F.leaky_relu(x + self.bias.view(1, -1, 1, 1), 0.2)


class R3Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        inside = 2 * channels
        self.body = nn.Sequential(
            nn.Conv2d(channels, inside, 1, bias=False), BiasedLeakyRelu(inside),
            nn.Conv2d(inside, inside, 3, padding=1, groups=inside // 16, bias=False), BiasedLeakyRelu(inside),
            nn.Conv2d(inside, channels, 1, bias=False),
        )

    def forward(self, x):
        return x + self.body(x)


class Resample(nn.Module):
    """Twice or half of the side through [1, 2, 1]: each channel by itself, as R3GAN's authors do it."""

    def __init__(self, channels, up):
        super().__init__()
        filter = torch.tensor([1.0, 2.0, 1.0]) / 4
        kernel = (4 if up else 1) * torch.outer(filter, filter)
        self.channels, self.up = channels, up
        self.register_buffer("kernel", kernel.repeat(channels, 1, 1, 1))

    def forward(self, x):
        kernel = self.kernel.to(x.dtype)
        if self.up:
            return F.conv_transpose2d(x, kernel, stride=2, padding=1, output_padding=1, groups=self.channels)
        return F.conv2d(x, kernel, stride=2, padding=1, groups=self.channels)


class Basis(nn.Module):
    def __init__(self):
        super().__init__()
        self.basis, self.linear = nn.Parameter(torch.randn(64, 7, 7)), nn.Linear(64, 64, bias=False)

    def forward(self, z):
        return self.linear(z).view(-1, 64, 1, 1) * self.basis


def r3gan():
    """R3GAN's networks for 28x28: stages of 7, 14 and 28, of 64, 32 and 16 channels, groups of 16."""
    one = lambda a, b: nn.Conv2d(a, b, 1, bias=False)
    generator = nn.Sequential(
        Basis(), R3Block(64), one(64, 32), Resample(32, True), R3Block(32), one(32, 16), Resample(16, True), R3Block(16), one(16, 1), nn.Tanh()
    )
    discriminator = nn.Sequential(
        one(1, 16), R3Block(16), Resample(16, False), one(16, 32), R3Block(32), Resample(32, False), one(32, 64), R3Block(64),
        nn.Conv2d(64, 64, 7, groups=64, bias=False), nn.Flatten(), nn.Linear(64, 1, bias=False),
    )
    return generator, discriminator


PAIRS = {"pix2pix": (pix2pix, 1, 128, 128), "sr": (lambda: (SrResnet(), None), 8, 24, 96)}

WORKS = {
    "mlp": (mlp, 128, (1, 28, 28), (1e-3, (0.9, 0.999))),
    "dcgan-keras": (dcgan_keras, 64, (1, 28, 28), (2e-4, None)),
    "dcgan-28": (lambda: dcgan(1, 32, [3, 4, 4]), 64, (1, 28, 28), (1e-3, (0.5, 0.999))),
    "dcgan-64": (lambda: dcgan(3, 64, [4, 4, 4, 4]), 64, (3, 64, 64), (2e-4, (0.5, 0.999))),
}


def latent(work, batch):
    if work == "dcgan-keras":
        return 2 * torch.rand(batch, 100) - 1
    return torch.randn(batch, 100) if work == "mlp" else torch.randn(batch, 100, 1, 1)


def begin(work, module):
    """As Gander's networks begin; SRResNet's as PyTorch's do."""
    for m in module.modules() if work != "sr" else ():
        if isinstance(m, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
            if work in ("mlp", "dcgan-keras"):
                nn.init.xavier_uniform_(m.weight)
            else:
                nn.init.normal_(m.weight, 0, 0.02)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
        elif isinstance(m, nn.BatchNorm2d) and work in ("dcgan-64", "pix2pix"):
            nn.init.normal_(m.weight, 1, 0.02)


def pictures(data):
    return torch.from_numpy(np.load(data)).permute(0, 3, 1, 2).contiguous()


def train(work, variant, steps, data):
    make, batch, shape, (rate, betas) = WORKS[work]
    generator, discriminator = make()
    begin(work, generator)
    begin(work, discriminator)
    tuned = variant != "example"
    last = tuned and shape[1] >= 32
    if last:
        generator, discriminator = (m.to(memory_format=torch.channels_last) for m in (generator, discriminator))
    if betas is None:  # as the book has it; there is no fused one
        optimizers = [torch.optim.RMSprop(m.parameters(), r, 0.9, 1e-7) for m, r in ((generator, rate / 2), (discriminator, rate))]
    else:
        optimizers = [torch.optim.Adam(m.parameters(), rate, betas, fused=tuned or None) for m in (generator, discriminator)]
    g, d = generator, discriminator
    if variant.endswith("compile"):
        g, d = torch.compile(generator), torch.compile(discriminator)
    real_pictures = pictures(data)
    one, zero = torch.ones(batch, 1), torch.zeros(batch, 1)
    loss = F.binary_cross_entropy_with_logits
    times, losses = [], []
    for step in range(steps + WARM):
        began = time.perf_counter()
        real = real_pictures[torch.randint(0, len(real_pictures), (batch,))].float()
        real = real / 255 if work in ("mlp", "dcgan-keras") else real / 127.5 - 1
        if last:
            real = real.contiguous(memory_format=torch.channels_last)
        for p in discriminator.parameters():
            p.requires_grad_(True)
        optimizers[1].zero_grad(set_to_none=True)
        with forward():
            fake = g(latent(work, batch))
            if tuned and work in ("mlp", "dcgan-keras"):
                on_real, on_fake = d(torch.cat([real, fake.detach()])).chunk(2)
            else:
                on_real, on_fake = d(real), d(fake.detach())
            j_d = loss(on_real.float(), one) + loss(on_fake.float(), zero)
        j_d.backward()
        optimizers[1].step()
        if tuned:
            for p in discriminator.parameters():
                p.requires_grad_(False)
        optimizers[0].zero_grad(set_to_none=True)
        with forward():
            j_g = loss(d(fake).float(), one)
        j_g.backward()
        optimizers[0].step()
        losses.append((j_d.item(), j_g.item()))
        if step >= WARM:
            times.append(time.perf_counter() - began)
    return times, losses


def train_pairs(work, variant, steps, data):
    make, batch, low, high = PAIRS[work]
    generator, discriminator = make()
    for module in (generator, discriminator) if discriminator is not None else ():
        begin(work, module)
    tuned = variant != "example"
    last = tuned and work == "sr"  # a U-Net's lowest maps are slower in channels-last
    players = [m for m in (generator, discriminator) if m is not None]
    if last:
        players = [m.to(memory_format=torch.channels_last) for m in players]
    rates = (2e-4, (0.5, 0.999)) if discriminator is not None else (4e-4, (0.9, 0.999))
    optimizers = [torch.optim.Adam(m.parameters(), *rates, fused=tuned or None) for m in players]
    compiled = [torch.compile(m) if variant.endswith("compile") else m for m in players]
    both = pictures(data)
    loss = F.binary_cross_entropy_with_logits
    times, losses = [], []
    for step in range(steps + WARM):
        began = time.perf_counter()
        pair = both[torch.randint(0, len(both), (batch,))][..., :high, :].float()
        pair = pair / 255 if work == "sr" else pair / 127.5 - 1
        target, source = pair[..., :high], pair[..., -high:]
        if low < high:
            source = F.interpolate(target, size=low, mode="bicubic", antialias=True, align_corners=False)
        if last:
            target, source = (t.contiguous(memory_format=torch.channels_last) for t in (target, source))
        with forward():
            fake = compiled[0](source).float()
            j_g = (1 if work == "sr" else 100) * (fake - target).abs().mean()
        j_d = torch.zeros(())
        if discriminator is not None:
            for p in discriminator.parameters():
                p.requires_grad_(True)
            optimizers[1].zero_grad(set_to_none=True)
            with forward():
                on_real = compiled[1](torch.cat([source, target], 1)).float()
                on_fake = compiled[1](torch.cat([source, fake.detach()], 1)).float()
            j_d = (loss(on_real, torch.ones_like(on_real)) + loss(on_fake, torch.zeros_like(on_fake))) / 2
            j_d.backward()
            optimizers[1].step()
            for p in discriminator.parameters() if tuned else ():
                p.requires_grad_(False)
            with forward():
                verdict = compiled[1](torch.cat([source, fake], 1)).float()
            j_g = j_g + loss(verdict, torch.ones_like(verdict))
        optimizers[0].zero_grad(set_to_none=True)
        j_g.backward()
        optimizers[0].step()
        losses.append((j_d.item(), j_g.item()))
        if step >= WARM:
            times.append(time.perf_counter() - began)
    return times, losses


def train_r3gan(variant, steps, data):
    """Relativistic pairing; R1 and R2 every fourth step, four times as strong. A time is a mean of four steps."""
    generator, discriminator = r3gan()
    tuned = variant != "example"
    if tuned:
        generator, discriminator = (m.to(memory_format=torch.channels_last) for m in (generator, discriminator))
    optimizers = [torch.optim.Adam(m.parameters(), 1e-3, (0.0, 0.99), fused=tuned or None) for m in (generator, discriminator)]
    g = torch.compile(generator) if variant.endswith("compile") else generator
    d = torch.compile(discriminator) if variant.endswith("compile") else discriminator
    real_pictures = pictures(data)
    times, losses = [], []
    for step in range(1, steps + 9):
        if step % 4 == 1:
            began = time.perf_counter()
        real = real_pictures[torch.randint(0, len(real_pictures), (64,))].float() / 127.5 - 1
        for p in discriminator.parameters():
            p.requires_grad_(True)
        optimizers[1].zero_grad(set_to_none=True)
        penalised = step % 4 == 0
        with forward():
            with torch.no_grad():
                fake = g(torch.randn(64, 64)).float()
            real.requires_grad_(penalised)
            fake.requires_grad_(penalised)
            judge = discriminator if penalised else d  # torch.compile has no second derivative
            on_real, on_fake = judge(real).float(), judge(fake).float()
        j_d = F.softplus(on_fake - on_real).mean()
        if penalised:
            for logits, x in ((on_real, real), (on_fake, fake)):
                slope, = torch.autograd.grad(logits.sum(), x, create_graph=True)
                j_d = j_d + 4 * 0.5 * slope.square().sum((1, 2, 3)).mean()
        j_d.backward()
        optimizers[1].step()
        for p in discriminator.parameters() if tuned else ():
            p.requires_grad_(False)
        optimizers[0].zero_grad(set_to_none=True)
        with forward():
            fake = g(torch.randn(64, 64))
            j_g = F.softplus(d(real.detach()).float() - d(fake).float()).mean()
        j_g.backward()
        optimizers[0].step()
        losses.append((j_d.item(), j_g.item()))
        if step % 4 == 0 and step > 8:
            times.append((time.perf_counter() - began) / 4)
    return times, losses


def enlarge(work, variant, side, calls):
    network = {"sr": SrResnet, "rrdb": Rrdb}[work]().eval()
    plain = variant.removesuffix("-tiles")
    if plain != "example":
        network = network.to(memory_format=torch.channels_last)
    if plain.endswith("compile"):
        network = torch.compile(network)
    x = torch.rand(1, 3, side, side)
    if plain != "example":
        x = x.contiguous(memory_format=torch.channels_last)

    def tiled():
        tile, pad = 192, 16
        out = torch.empty(1, 3, 4 * side, 4 * side)
        around = F.pad(x, (pad, pad + tile, pad, pad + tile), mode="reflect")
        for top in range(0, side, tile):
            for left in range(0, side, tile):
                made = network(around[..., top : top + tile + 2 * pad, left : left + tile + 2 * pad])
                high, wide = min(tile, side - top), min(tile, side - left)
                out[..., 4 * top : 4 * (top + high), 4 * left : 4 * (left + wide)] = \
                    made[..., 4 * pad : 4 * (pad + high), 4 * pad : 4 * (pad + wide)]
        return out

    times = []
    with torch.inference_mode(), forward():
        for call in range(calls + 1):
            began = time.perf_counter()
            made = tiled() if variant.endswith("tiles") else network(x)
            made[0].float().clamp(0, 1).mul(255).round().byte().permute(1, 2, 0).contiguous()
            if call:
                times.append(time.perf_counter() - began)
    return times


def images(work, variant, batch, seconds):
    generator = WORKS[work][0]()[0].eval()
    if variant != "example" and WORKS[work][2][1] >= 32:
        generator = generator.to(memory_format=torch.channels_last)
    if variant.endswith("compile"):
        generator = torch.compile(generator)
    times = []
    with torch.inference_mode(), forward():
        for _ in range(WARM):
            generator(latent(work, batch))
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            began = time.perf_counter()
            generator(latent(work, batch))
            times.append(time.perf_counter() - began)
    return times


if __name__ == "__main__":
    torch.manual_seed(1)
    kind, work, variant = sys.argv[1:4]
    if kind == "enlarge":
        times, losses = enlarge(work, variant, int(sys.argv[4]), int(sys.argv[5])), None
    elif work == "r3gan":
        times, losses = train_r3gan(variant, int(sys.argv[4]), sys.argv[5])
    elif kind == "train":
        times, losses = (train_pairs if work in PAIRS else train)(work, variant, int(sys.argv[4]), sys.argv[5])
    else:
        times, losses = images(work, variant, int(sys.argv[4]), float(sys.argv[5])), None
    report.show(times, losses, f"torch {torch.__version__}")
