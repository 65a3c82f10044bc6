"""Writes files as PyTorch's torch.save does and did, for the reader that runs nothing.

    python3 -m venv venv
    venv/bin/pip install -r bench/oracle/requirements.txt
    venv/bin/python bench/oracle/make_pth_fixtures.py

It writes core/src/test/resources/io/gander/tensor/pth/: state.pth in the format before version 1.6, old.pth as early
PyTorch under Python 2 wrote it (pairs in lists, _rebuild_tensor, parameters that are filled after they are made), both
checked with torch.load; NAME.safetensors with what they hold; and files that must be refused. Those that would run
something only name it: their calls have no arguments that do harm.
"""

import collections
import io
import os
import pathlib
import pickle
import struct

import torch
from safetensors.torch import save_file
from torch import nn

OUT = pathlib.Path(__file__).resolve().parents[2] / "core/src/test/resources/io/gander/tensor/pth"
MAGIC, VERSION = 0x1950A86A20F9469CFC6C, 1001


def legacy(obj):
    file = io.BytesIO()
    torch.save(obj, file, _use_new_zipfile_serialization=False)
    return file.getvalue()


def state():
    torch.manual_seed(3)
    module = nn.Sequential(collections.OrderedDict(features=nn.Sequential(nn.Conv2d(3, 2, 3), nn.ReLU(), nn.Conv2d(2, 4, 3))))
    whole = torch.randn(40)
    tensors = module.state_dict()
    tensors["second.half"] = whole[20:].view(4, 5)  # two views of one storage
    tensors["first"] = whole[:3]
    tensors["number"] = torch.tensor(2.5)
    return tensors


class Storage:
    def __init__(self, key, values):
        self.key, self.values = key, values


class Stored:
    def __init__(self, storage, offset, size, stride, wrapped=None):
        self.parts, self.wrapped = (storage, offset, size, stride), wrapped

    def __reduce__(self):
        return torch._utils._rebuild_tensor, self.parts


class Pairs:
    def __init__(self, pairs):
        self.pairs = pairs

    def __reduce__(self):
        return collections.OrderedDict, ([list(pair) for pair in self.pairs],)


class OldPickler(pickle._Pickler):
    def persistent_id(self, obj):
        if isinstance(obj, Storage):
            return "storage", torch.FloatStorage, obj.key, "cpu", len(obj.values), None
        return None

    def save(self, obj, save_persistent_id=True):
        if isinstance(obj, Stored) and obj.wrapped:
            bare = Stored(*obj.parts)
            if obj.wrapped == "filled":  # PyTorch 0.1.6 and before: the tensor, its gradient, hooks, and two flags
                self.write(b"ctorch.nn.parameter\nParameter\n)\x81")
                super().save((bare, None, None, True, False))
            else:
                self.write(b"ctorch.nn.parameter\nParameter\n")
                super().save((bare,))
                self.write(b"R")
                super().save((True, False, collections.OrderedDict()))
            self.write(b"b")
            return
        super().save(obj, save_persistent_id)

    def save_str(self, obj):
        data = obj.encode("latin-1")
        self.write(b"U" + bytes([len(data)]) + data)

    dispatch = {**pickle._Pickler.dispatch, str: save_str}


def old():
    torch.manual_seed(4)
    a, b, c = (torch.randn(n).tolist() for n in (6, 4, 2))
    storages = [Storage("70368", a), Storage("70369", b), Storage("70370", c)]
    pairs = [
        ("plain", Stored(storages[0], 0, (2, 3), (3, 1))),
        ("filled", Stored(storages[1], 0, (4,), (1,), "filled")),
        ("wrapped", Stored(storages[2], 1, (1, 1), (1, 1), "wrapped")),
    ]
    file = io.BytesIO()
    sizes = {"short": 2, "int": 4, "long": 4}
    for obj in (MAGIC, VERSION, {"protocol_version": VERSION, "little_endian": True, "type_sizes": sizes}, Pairs(pairs)):
        OldPickler(file, 2).dump(obj)
    OldPickler(file, 2).dump([storage.key for storage in storages])
    for storage in storages:
        file.write(struct.pack(f"<q{len(storage.values)}f", len(storage.values), *storage.values))
    return file.getvalue()


def loaded(data):
    tensors = torch.load(io.BytesIO(data), weights_only=True)
    return {name: value.detach().clone().contiguous() for name, value in tensors.items()}


class Calls:
    def __init__(self, function, *arguments):
        self.what = function, arguments

    def __reduce__(self):
        return self.what


def described(obj):
    """The pickles alone; a reader must not come as far as to miss the numbers."""
    return b"".join(pickle.dumps(part, 2) for part in (MAGIC, VERSION, {"little_endian": True}, obj, []))


def refused():
    transposed, file = torch.randn(3, 2).t(), io.BytesIO()
    torch.save({"a": torch.ones(2)}, file)
    return {
        "system": described({"a": Calls(os.system, "true")}),
        "eval": described(Calls(eval, "1")),
        "getattr": described({"a": Calls(getattr, "a", "upper")}),
        "magic": b"".join(pickle.dumps(part, 2) for part in (MAGIC + 1, VERSION, {"little_endian": True}, {}, [])),
        "version": b"".join(pickle.dumps(part, 2) for part in (MAGIC, 1002, {"little_endian": True}, {}, [])),
        "list": legacy([torch.ones(2)]),
        "double": legacy({"a": torch.ones(2, dtype=torch.float64)}),
        "transposed": legacy({"a": transposed}),
        "zip": file.getvalue(),
    }


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for name, data in {"state": legacy(state()), "old": old()}.items():
        (OUT / f"{name}.pth").write_bytes(data)
        save_file(loaded(data), OUT / f"{name}.safetensors")
    for name, data in refused().items():
        (OUT / f"refused-{name}.pth").write_bytes(data)
    print(sum(file.stat().st_size for file in OUT.iterdir()), "bytes")


if __name__ == "__main__":
    main()
