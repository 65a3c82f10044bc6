"""PyTorch as a peer: trains a dense GAN or a DCGAN and prints seconds a step, or times its generator. Called by ../peers.sh.

    python torch_gan.py train  WORK VARIANT STEPS
    python torch_gan.py images WORK VARIANT BATCH SECONDS

WORK is mlp (28x28, batch 128), dcgan-28 or dcgan-64 (batch 64). VARIANT is

    example    as PyTorch's examples write it: NCHW, the discriminator's gradients computed in the generator's move too,
               Adam as it comes
    best       channels-last where it is faster, frozen discriminator, fused Adam, set_to_none; without batch norm the
               discriminator judges both kinds in one pass
    compile    the same, and torch.compile

The networks, rates and losses are those of Gander's recipes mnist-mlp, mnist-dcgan and dcgan-64. The pictures are random
bytes that lie in memory, so that no loader is measured.
"""

import resource
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

WARM = 5


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


WORKS = {
    "mlp": (mlp, 128, (1, 28, 28), (1e-3, (0.9, 0.999))),
    "dcgan-28": (lambda: dcgan(1, 32, [3, 4, 4]), 64, (1, 28, 28), (1e-3, (0.5, 0.999))),
    "dcgan-64": (lambda: dcgan(3, 64, [4, 4, 4, 4]), 64, (3, 64, 64), (2e-4, (0.5, 0.999))),
}


def latent(work, batch):
    return torch.randn(batch, 100) if work == "mlp" else torch.randn(batch, 100, 1, 1)


def train(work, variant, steps):
    make, batch, shape, (rate, betas) = WORKS[work]
    generator, discriminator = make()
    tuned = variant != "example"
    last = tuned and shape[1] >= 32
    if last:
        generator, discriminator = (m.to(memory_format=torch.channels_last) for m in (generator, discriminator))
    optimizers = [torch.optim.Adam(m.parameters(), rate, betas, fused=tuned or None) for m in (generator, discriminator)]
    g, d = generator, discriminator
    if variant == "compile":
        g, d = torch.compile(generator), torch.compile(discriminator)
    pictures = torch.randint(0, 256, (2048, *shape), dtype=torch.uint8)
    one, zero = torch.ones(batch, 1), torch.zeros(batch, 1)
    loss = F.binary_cross_entropy_with_logits
    times = []
    for step in range(steps + WARM):
        began = time.perf_counter()
        real = pictures[torch.randint(0, 2048, (batch,))].float() / 127.5 - 1
        if last:
            real = real.contiguous(memory_format=torch.channels_last)
        for p in discriminator.parameters():
            p.requires_grad_(True)
        optimizers[1].zero_grad(set_to_none=True)
        fake = g(latent(work, batch))
        if tuned and work == "mlp":
            on_real, on_fake = d(torch.cat([real, fake.detach()])).chunk(2)
        else:
            on_real, on_fake = d(real), d(fake.detach())
        j_d = loss(on_real, one) + loss(on_fake, zero)
        j_d.backward()
        optimizers[1].step()
        if tuned:
            for p in discriminator.parameters():
                p.requires_grad_(False)
        optimizers[0].zero_grad(set_to_none=True)
        j_g = loss(d(fake), one)
        j_g.backward()
        optimizers[0].step()
        j_d.item(), j_g.item()
        if step >= WARM:
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def images(work, variant, batch, seconds):
    generator = WORKS[work][0]()[0].eval()
    if variant != "example" and WORKS[work][2][1] >= 32:
        generator = generator.to(memory_format=torch.channels_last)
    if variant == "compile":
        generator = torch.compile(generator)
    times = []
    with torch.inference_mode():
        for _ in range(WARM):
            generator(latent(work, batch))
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            began = time.perf_counter()
            generator(latent(work, batch))
            times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    torch.manual_seed(1)
    kind, work, variant = sys.argv[1:4]
    if kind == "train":
        print(f"{train(work, variant, int(sys.argv[4])):.6f}", end=" ")
    else:
        print(f"{images(work, variant, int(sys.argv[4]), float(sys.argv[5])):.6f}", end=" ")
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "torch", torch.__version__)
