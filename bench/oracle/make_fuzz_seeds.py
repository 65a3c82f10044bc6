"""Writes the small whole files from which bench/fuzz.sh starts, beside those that broke a reader once.

    python3 bench/oracle/make_fuzz_seeds.py

It writes core/src/test/resources/io/gander/source/fuzz/*/seed-*; NumPy's are the fixtures of make_array_fixtures.py.
"""

import gzip
import io
import pathlib
import struct
import tarfile

OUT = pathlib.Path(__file__).resolve().parents[2] / "core/src/test/resources/io/gander/source/fuzz"


def save(folder, name, content):
    (OUT / folder).mkdir(parents=True, exist_ok=True)
    (OUT / folder / f"seed-{name}").write_bytes(content)


def idx(sizes, values):
    return struct.pack(f">BBBB{len(sizes)}I", 0, 0, 8, len(sizes), *sizes) + bytes(values)


def tar(files, form):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo("cifar/" + name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    whole = out.getvalue().rstrip(b"\0")  # it is padded to twenty blocks
    return whole + bytes(-len(whole) % 512 + 1024)


def main():
    save("idx", "grey", idx([3, 2, 4], range(24)))
    save("idx", "colour", idx([1, 2, 2, 3], range(12)))
    save("idx", "labels", idx([1], [7]))
    save("idx", "gzip", gzip.compress(idx([1, 2, 2], range(4)), mtime=0))

    ten, hundred = bytes([3] + [77] * 3072), bytes([3, 42] + [77] * 3072)
    names = "".join(f"class {i}\n" for i in range(100)).encode()
    save("cifar", "10", ten)
    save("cifar", "100", hundred)
    for form, name in ((tarfile.USTAR_FORMAT, "ustar"), (tarfile.GNU_FORMAT, "gnu"), (tarfile.PAX_FORMAT, "pax")):
        long = {} if name == "ustar" else {"é" * 101: b"x"}
        save("cifar", name, tar({**long, "fine_label_names.txt": names, "train.bin": hundred}, form))
    save("cifar", "gzip", gzip.compress(tar({"train.bin": hundred}, tarfile.USTAR_FORMAT), mtime=0))

    save("manifest", "comma", b"path,label\na/1.png,cat\n2.png,dog\n")
    save("manifest", "semicolon", b'\xef\xbb\xbf"second";"path"\r\n"a ""1"".png";"b\n1.png"\r\n;2.png\r\n')
    save("manifest", "tab", "label\tpath\tnote\nкошка\t猫.png\t\n\n1\n".encode())


if __name__ == "__main__":
    main()
