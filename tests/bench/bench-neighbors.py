#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-neighbors.py SEMBLANCE-CLI: exact nearest neighbours in vocabularies of real size.

30522 x 768 in F32 against one cblas_sgemv over the same numbers, and 128256 x 4096 in BF16, read where it is mapped, in
milliseconds.  The folders are made by make-model.py and removed.  Prints figures; never fails on one.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from figures import row

MODELS = [("30522x768 F32", 30522, 768, "F32"), ("128256x4096 BF16", 128256, 4096, "BF16")]


def measure(cli, name, n, dim, dtype):
    size = n * dim * (4 if dtype == "F32" else 2)
    with tempfile.TemporaryDirectory(prefix="bench-neighbors-") as folder:
        if shutil.disk_usage(folder).free < 2 * size:
            print(f"skipped: {name}: {size >> 20} MiB are needed in {folder}")
            return
        subprocess.run([sys.executable, os.path.join(HERE, "make-model.py"), folder, str(n), str(dim), dtype], check=True)
        out = subprocess.run([cli, "bench", "-m", folder, "--format=json", "neighbors"], stdout=subprocess.PIPE, check=True).stdout
    case = json.loads(out)["benchmarks"][0]
    if dtype == "F32":
        row(f"neighbours in {name}", case["ratio"], "x one cblas_sgemv", 1.2, f"{case['ms']:.1f} ms")
        row(f"neighbours in {name}, processor time", case["cpu_ratio"], "x one cblas_sgemv")
    else:
        row(f"neighbours in {name}", case["ms"], "ms", 1000)


def main():
    try:
        import numpy  # noqa: F401, make-model.py needs it
    except ImportError as problem:
        print(f"skipped: {problem}")
        sys.exit(77)
    for model in MODELS:
        measure(sys.argv[1], *model)


if __name__ == "__main__":
    main()
