#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""semblance-fetch against a local server that behaves like the hub.  Usage: test_fetch.py SEMBLANCE_FETCH [SEMBLANCE_CLI]"""
import json, os, random, signal, struct, subprocess, sys, tempfile, time, unittest

from hub import Hub

FETCH = CLI = None
ROWS, DIM = 3000, 64


def safetensors(tensors):
    """tensors: {name: (dtype, shape, bytes)}"""
    head, at = {}, 0
    for name, (dtype, shape, data) in tensors.items():
        head[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = json.dumps(head).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(data for _, _, data in tensors.values())


def make_files():
    rng = random.Random(5)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + [f"w{i}" for i in range(ROWS - 5)]
    matrix = struct.pack(f"<{ROWS * DIM}f", *(rng.gauss(0, 1) for _ in range(ROWS * DIM)))
    layer = rng.randbytes(1 << 22)
    tensors = {"bert.encoder.layer.0.weight": ("F32", [1024, 1024], layer),
               "bert.embeddings.word_embeddings.weight": ("F32", [ROWS, DIM], matrix),
               "bert.pooler.dense.weight": ("F32", [1024, 1024], layer)}
    small = {"config.json": json.dumps({"model_type": "bert", "hidden_size": DIM, "vocab_size": ROWS}).encode(),
             "vocab.txt": "\n".join(words).encode() + b"\n",
             "tokenizer_config.json": b'{"do_lower_case": true}', "README.md": b"---\nlicense: mit\n---\n"}
    one = dict(small, **{"model.safetensors": safetensors(tensors), "pytorch_model.bin": b"\x80\x02"})
    shards = dict(small)
    names = list(tensors)
    for i, name in enumerate(names):
        shards[f"model-0000{i + 1}-of-00003.safetensors"] = safetensors({name: tensors[name]})
    shards["model.safetensors.index.json"] = json.dumps(
        {"weight_map": {name: f"model-0000{i + 1}-of-00003.safetensors" for i, name in enumerate(names)}}).encode()
    return {"a/one": one, "a/shards": shards, "a/pickle": dict(small, **{"pytorch_model.bin": b"\x80\x02"}),
            "a/nothing": {"picture.png": b"x"},
            "a/broken": dict(small, **{"model.safetensors": struct.pack("<Q", 1 << 60) + b"{}"}),
            "a/outside": dict(small, **{"model.safetensors": safetensors(
                {"embeddings.word_embeddings.weight": ("F32", [2, 2], b"0" * 16)})[:-1]})}, matrix


class FetchTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files, cls.matrix = make_files()

    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.hub = Hub(self.files)
        self.out = os.path.join(self.dir.name, "model")

    def tearDown(self):
        self.hub.close()
        self.dir.cleanup()

    def env(self, **more):
        env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy") and not k.startswith("HF_")}
        return dict(env, HF_ENDPOINT=self.hub.endpoint, LC_ALL="C.UTF-8", G_DEBUG="fatal-warnings", **more)

    def fetch(self, *args, status=0, **env):
        run = subprocess.run([FETCH, *args], env=self.env(**env), capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, status, run.stderr)
        if status:
            self.assertEqual(run.stderr.count("\n"), 1, "one sentence: " + run.stderr)
        return run

    def check_model(self, path=None):
        path = path or self.out
        with open(os.path.join(path, "model.safetensors"), "rb") as file:
            data = file.read()
        size = struct.unpack("<Q", data[:8])[0]
        head = json.loads(data[8:8 + size])
        entry = head["bert.embeddings.word_embeddings.weight"]
        first, last = entry["data_offsets"]
        self.assertEqual(data[8 + size + first:8 + size + last], self.matrix)
        self.assertEqual(len(data), 8 + size + last)
        self.assertFalse(os.path.exists(path + ".partial"))
        return data

    def test_one_file_and_bytes_on_the_wire(self):
        self.fetch("-o", self.out, "a/one")
        self.check_model()
        for name in ("config.json", "vocab.txt", "tokenizer_config.json", "README.md"):
            with open(os.path.join(self.out, name), "rb") as file:
                self.assertEqual(file.read(), self.files["a/one"][name])
        self.assertFalse(os.path.exists(os.path.join(self.out, "pytorch_model.bin")))
        needed = sum(os.path.getsize(os.path.join(self.out, n)) for n in os.listdir(self.out))
        self.assertLess(self.hub.bytes_sent, needed * 1.02)
        self.assertLess(self.hub.bytes_sent, len(self.files["a/one"]["model.safetensors"]) / 5)

    def test_opens_in_semblance(self):
        if CLI is None:
            self.skipTest("semblance-cli was not given")
        self.fetch("-o", self.out, "a/one")
        run = subprocess.run([CLI, "vector", "-m", self.out, "--format=json", "w7"], capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 0, run.stderr)
        values = json.loads(run.stdout)["values"]
        self.assertEqual([struct.pack("<f", v) for v in values],
                         [self.matrix[4 * (12 * DIM + i):4 * (12 * DIM + i) + 4] for i in range(DIM)])

    def test_shards(self):
        self.fetch("-o", self.out, "a/shards")
        self.check_model()

    def test_dry_run_writes_nothing(self):
        run = self.fetch("--dry-run", "--format=json", "-o", self.out, "a/one")
        plan = json.loads(run.stdout)
        self.assertEqual(plan["event"], "plan")
        self.assertEqual([f["bytes"] for f in plan["files"] if "tensor" in f], [ROWS * DIM * 4])
        self.assertEqual((plan["exists"], plan["partial_bytes"]), (False, 0))
        self.assertEqual(os.listdir(self.dir.name), [])
        os.makedirs(self.out + ".partial")
        with open(os.path.join(self.out + ".partial", "vocab.txt"), "wb") as file:
            file.write(b"12345")
        self.assertEqual(json.loads(self.fetch("--dry-run", "--format=json", "-o", self.out, "a/one").stdout)["partial_bytes"], 5)
        self.fetch("-o", self.out, "a/one")
        self.assertTrue(json.loads(self.fetch("--dry-run", "--format=json", "-o", self.out, "a/one").stdout)["exists"])
        written = sum(os.path.getsize(os.path.join(self.out, n)) for n in os.listdir(self.out) if n != "semblance-source.json")
        self.assertEqual(plan["total"], written)

    def test_progress_lines(self):
        run = self.fetch("--format=json", "-o", self.out, "a/one")
        lines = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual(lines[0]["event"], "plan")
        self.assertEqual(lines[-1]["event"], "done")
        done = [line["done"] for line in lines if line["event"] == "progress"]
        self.assertEqual(done, sorted(done))
        self.assertEqual(done[-1], lines[0]["total"])

    def test_token_goes_to_the_endpoint_only(self):
        self.hub.token = "hf_secret"
        self.assertIn("HF_TOKEN", self.fetch("-o", self.out, "a/one", status=1).stderr)
        self.fetch("-o", self.out, "a/one", HF_TOKEN="hf_secret")
        self.check_model()
        self.assertTrue([r for r in self.hub.requests if r[0] == "cdn"])
        self.assertEqual([r for r in self.hub.requests if r[0] == "cdn" and r[3]], [])

    def test_not_found(self):
        self.assertIn("a/none", self.fetch("-o", self.out, "a/none", status=1).stderr)
        self.assertIn("'v2'", self.fetch("-r", "v2", "-o", self.out, "a/one", status=1).stderr)

    def test_busy_server_is_asked_again(self):
        self.hub.busy = 3
        self.fetch("-o", self.out, "a/one")
        self.check_model()
        self.hub.busy = 100
        self.assertIn("429", self.fetch("-o", self.out + "2", "a/one", status=1).stderr)

    def test_cut_connection_goes_on(self):
        self.hub.cut_after = [200000, 0, 100000, 300]
        self.fetch("-o", self.out, "a/one")
        self.check_model()
        self.assertLess(self.hub.bytes_sent, ROWS * DIM * 4 * 1.3 + 100000)

    def test_server_without_ranges(self):
        self.hub.ranges = False
        self.fetch("-o", self.out, "a/one")
        self.check_model()

    def test_kill_and_run_again(self):
        self.fetch("-o", self.out + "-whole", "a/one")
        whole = self.check_model(self.out + "-whole")
        self.hub.delay = 0.05
        child = subprocess.Popen([FETCH, "-o", self.out, "a/one"], env=self.env(), stdout=subprocess.DEVNULL)
        part = os.path.join(self.out + ".partial", "model.safetensors")
        for _ in range(400):
            if os.path.exists(part) and os.path.getsize(part) > 150000:
                break
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
        child.wait()
        have = os.path.getsize(part)
        self.assertLess(have, len(whole))
        self.hub.close()             # the old one may still be counting what it sends into the dead connection
        self.hub = Hub(self.files)
        self.fetch("-o", self.out, "a/one")
        self.assertEqual(self.check_model(), whole)
        self.assertLess(self.hub.bytes_sent, len(whole) - have + 20000, "what was there is not fetched again")

    def test_another_commit_begins_anew(self):
        os.makedirs(self.out + ".partial")
        with open(os.path.join(self.out + ".partial", "fetch.json"), "w") as file:
            file.write('{"repo": "a/one", "commit": "older"}')
        with open(os.path.join(self.out + ".partial", "model.safetensors"), "wb") as file:
            file.write(b"\0" * 5000)
        self.fetch("-o", self.out, "a/one")
        self.check_model()

    def test_wrong_checksum(self):
        self.hub.corrupt = {"vocab.txt"}
        self.assertIn("checksum", self.fetch("-o", self.out, "a/one", status=1).stderr)
        self.assertFalse(os.path.exists(self.out))

    def test_refusals(self):
        self.assertIn("pickle", self.fetch("-o", self.out, "a/pickle", status=1).stderr)
        self.assertIn("neither", self.fetch("-o", self.out, "a/nothing", status=1).stderr)
        self.assertIn("header length", self.fetch("-o", self.out, "a/broken", status=1).stderr)
        self.assertIn("offsets", self.fetch("-o", self.out, "a/outside", status=1).stderr)
        self.assertIn("no tensor 'x'", self.fetch("-t", "x", "-o", self.out, "a/one", status=1).stderr)
        self.assertEqual(os.listdir(self.dir.name), [])
        os.mkdir(self.out)
        self.assertIn("already there", self.fetch("-o", self.out, "a/one", status=1).stderr)
        for name in ("", "../x", "a/../b", "a/b/c", "/a", "a b", "a/.b"):
            self.fetch(name, status=2)
        self.fetch(status=2)

    def test_no_plain_http(self):
        env = self.env()
        env["HF_ENDPOINT"] = "http://example.invalid"
        run = subprocess.run([FETCH, "-o", self.out, "a/one"], env=env, capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 1)
        self.assertIn("https://", run.stderr)
        self.hub.redirect_to = "http://example.invalid/x"
        self.assertIn("https://", self.fetch("-o", self.out, "a/one", status=1).stderr)

    def test_the_comparison_can_fail(self):
        self.fetch("-o", self.out, "a/one")
        path = os.path.join(self.out, "model.safetensors")
        with open(path, "r+b") as file:
            file.seek(-1, os.SEEK_END)
            last = file.read(1)
            file.seek(-1, os.SEEK_END)
            file.write(bytes([last[0] ^ 1]))
        with self.assertRaises(AssertionError):
            self.check_model()


if __name__ == "__main__":
    FETCH = sys.argv[1]
    CLI = sys.argv[2] if len(sys.argv) > 2 else None
    unittest.main(argv=sys.argv[:1], verbosity=2)
