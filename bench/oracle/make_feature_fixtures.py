"""Writes what PyTorch makes of a tiny network of VGG's shape: maps, content losses, LPIPS-like distances, gradients.

    python3 -m venv venv
    venv/bin/pip install -r bench/oracle/requirements.txt
    venv/bin/python bench/oracle/make_feature_fixtures.py

It writes core/src/test/resources/io/gander/oracle/features.safetensors, under the rules of make_fixtures.py. Pictures are
12x9, so that the second pool leaves a column out; the blocks have two, one and two convolutions.
"""

import sys

import torch
from make_fixtures import OUT, SPREAD, prefixed, randomise, spread, weights
from safetensors.torch import save_file
from torch import nn

WIDTHS = (4, 5, "pool", 6, "pool", 7, 5)
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
OWN_MEAN, OWN_STD = (0.4, 0.5, 0.3), (0.25, 1.5, 0.5)  # the Java test writes the same


def network(dtype):
    layers, channels = [], 3
    for width in WIDTHS:
        if width == "pool":
            layers.append(nn.MaxPool2d(2, 2))
        else:
            layers += [nn.Conv2d(channels, width, 3, 1, 1), nn.ReLU()]
            channels = width
    return randomise(nn.Sequential(*layers).to(dtype), 21).requires_grad_(False)


def features(net, pictures, mean=MEAN, std=STD):
    mean, std = (torch.tensor(values, dtype=pictures.dtype).view(1, 3, 1, 1) for values in (mean, std))
    x = (pictures.expand(-1, 3, -1, -1) - mean) / std
    maps, block, number = {}, 1, 0
    for layer in net:
        x = layer(x)
        if isinstance(layer, nn.MaxPool2d):
            block, number = block + 1, 0
        elif isinstance(layer, nn.Conv2d):
            number += 1
            maps[f"conv{block}_{number}"] = x
        else:
            maps[f"relu{block}_{number}"] = x
    return maps


def unit(x):
    """As richzhang/PerceptualSimilarity's normalize_tensor."""
    return x / (torch.sqrt(torch.sum(x**2, dim=1, keepdim=True)) + 1e-10)


def lpips(net, a, b, lins):
    a, b, total = features(net, a), features(net, b), 0
    for name, lin in zip(("relu1_2", "relu2_1", "relu3_2"), lins):
        total = total + ((unit(a[name]) - unit(b[name])) ** 2 * lin).sum(1).mean((1, 2))
    return total


def compute(dtype):
    source = torch.Generator().manual_seed(22)
    a, b = (torch.rand((2, 3, 12, 9), generator=source) for _ in range(2))
    grey = torch.rand((2, 1, 12, 9), generator=source)
    slope = torch.rand(2, generator=source)
    lins = [torch.rand((1, channels, 1, 1), generator=source) for channels in (5, 6, 5)]
    net = network(dtype)
    tensors = prefixed("network.features", weights(net)) | {"a": a, "b": b, "grey": grey, "slope": slope}
    tensors |= {f"lin.lin{i}.weight": lin for i, lin in enumerate(lins)}
    a, b, grey, slope = (x.to(dtype).requires_grad_() for x in (a, b, grey, slope))
    tensors |= prefixed("map", features(net, a))
    tensors |= prefixed("grey", {"relu3_1": features(net, grey)["relu3_1"]})
    tensors |= prefixed("own", {"conv2_1": features(net, a, OWN_MEAN, OWN_STD)["conv2_1"]})
    real = features(net, b)  # the losses are relative to what these are themselves
    losses = {
        "absolute": (features(net, a)["conv3_2"] - real["conv3_2"]).abs().mean() / real["conv3_2"].abs().mean(),
        "squared": ((features(net, a)["relu2_1"] - real["relu2_1"]) ** 2).mean() / (real["relu2_1"] ** 2).mean(),
        "plain": lpips(net, a, b, [1, 1, 1]),
        "weighed": lpips(net, a, b, [lin.to(dtype) for lin in lins]),
    }
    for name, loss in losses.items():
        total = (loss * slope).sum() if loss.dim() else loss
        tensors |= {f"loss.{name}": loss, f"gradient.{name}": torch.autograd.grad(total, a)[0]}
    return {name: value.detach().clone() for name, value in tensors.items()}


def main():
    torch.set_num_threads(1)
    single, double = compute(torch.float32), compute(torch.float64)
    by, where = spread(single, double)
    if by > SPREAD:
        sys.exit(f"refused, float32 and float64 differ by {by:.1e} in {where}")
    file = OUT / "features.safetensors"
    save_file({name: value.contiguous() for name, value in single.items()}, file)
    print(f"{len(single)} arrays, {file.stat().st_size:,} bytes, spread {by:.1e} in {where}")


if __name__ == "__main__":
    main()
