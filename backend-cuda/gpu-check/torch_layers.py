"""Times PyTorch's recurrent layers (cuDNN) on the shapes of shapes.tsv, as GpuCheck.java times ours.

    python3 torch_layers.py layers shapes.tsv PATTERN     rows "torch <name> <pass> <precision> ..."
    python3 torch_layers.py ceilings                      products through cuBLAS
    python3 torch_layers.py steps                         whole training steps of the workloads

Ends with 4, and says why, where PyTorch or a device is missing.
"""

import re
import statistics
import sys
import time

try:
    import torch
except ImportError:
    print("torch: not installed for this python3")
    sys.exit(4)
if not torch.cuda.is_available():
    print("torch", torch.__version__, "sees no CUDA device")
    sys.exit(4)

DEVICE = torch.device("cuda")
PRODUCTS = [
    (512, 512, 512),
    (2048, 2048, 2048),
    (8192, 8192, 8192),
    (16, 3072, 768),
    (64, 4096, 1024),
    (256, 8192, 2048),
    (16384, 3072, 768),
    (3072, 768, 16384),
]


def timing(work, waited):
    """Median and least milliseconds, samples, calls: the protocol of Timing.java."""
    begin = time.perf_counter()
    warm = 0
    while warm < 2 or time.perf_counter() - begin < 0.2:
        work()
        torch.cuda.synchronize()
        warm += 1
    one = (time.perf_counter() - begin) / warm
    calls = 1 if waited else int(max(1, min(2000, 0.04 / one)))
    samples = int(max(3, min(1001 if waited else 15, 1.5 / (one * calls))))
    each = []
    for _ in range(samples):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        torch.cuda.synchronize()
        each.append((time.perf_counter() - start) * 1e3 / calls)
    return statistics.median(each), min(each), samples, calls


def precision(tf32):
    torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.backends.cudnn.allow_tf32 = tf32


def layer_of(cell, inputs, units, layers, directions):
    kind = {"tanh": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[cell]
    return kind(inputs, units, num_layers=layers, bidirectional=directions == 2).to(DEVICE)


def forward(layer, x, waited):
    layer.eval()  # otherwise cuDNN keeps what a backward would need
    state = None

    def step():
        nonlocal state
        with torch.no_grad():
            _, last = layer(x, state)
        if waited:
            state = last

    return step


def train(layer, x):
    with torch.no_grad():
        y, _ = layer(x)
    dy = torch.rand_like(y) * 2e-3 - 1e-3
    x.requires_grad_(True)

    def step():
        x.grad = None
        y, _ = layer(x)
        y.backward(dy)

    return step


def layers(path, pattern):
    gates = {"tanh": 1, "lstm": 4, "gru": 3}
    for line in open(path, encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        name, cell, *rest = line.rstrip("\n").split("\t")
        steps, batch, inputs, units, depth, directions = map(int, rest[:6])
        passes, waited = rest[6].split(","), rest[7] == "waited"
        if not re.fullmatch(pattern, name):
            continue
        operations = sum(
            2.0 * steps * batch * directions * gates[cell] * units * (width + units)
            for width in [inputs] + [directions * units] * (depth - 1)
        )
        for tf32 in (False, True):
            precision(tf32)
            for which in passes:
                row = ["torch", name, which, "tf32" if tf32 else "fp32"]
                try:
                    torch.manual_seed(17)
                    layer = layer_of(cell, inputs, units, depth, directions)
                    x = torch.rand(steps, batch, inputs, device=DEVICE) * 2 - 1
                    work = train(layer, x) if which == "train" else forward(layer, x, waited)
                    median, least, samples, calls = timing(work, waited)
                    rate = operations * (3 if which == "train" else 1) / median / 1e9
                    row += [f"{median:.5f}", f"{least:.5f}", f"{rate:.2f}", f"{samples} x {calls}"]
                    row += [f"cuDNN {torch.backends.cudnn.version()}"]
                except RuntimeError as problem:
                    row += ["-"] * 4 + ["failed: " + " ".join(str(problem).split())[:120]]
                print("\t".join(row), flush=True)
                layer = x = work = None
                torch.cuda.empty_cache()


def ceilings():
    for rows, columns, inner in PRODUCTS:
        a = torch.rand(rows, inner, device=DEVICE) * 2 - 1
        b = torch.rand(columns, inner, device=DEVICE) * 2 - 1
        c = torch.empty(rows, columns, device=DEVICE)
        for tf32 in (False, True):
            precision(tf32)
            median, *_ = timing(lambda: torch.mm(a, b.t(), out=c), False)
            rate = 2.0 * rows * columns * inner / median / 1e9
            word = "tf32" if tf32 else "fp32"
            print(f"ceiling\ttorch {word} product {rows}x{columns}x{inner}\t{median:.4f} ms\t{rate:.2f} TFLOP/s", flush=True)


class Network(torch.nn.Module):
    """A workload of './recur4j bench': embedding if there is a vocabulary, recurrent layers, a linear head."""

    def __init__(self, cell, inputs, units, classes, every_step, vocabulary=0, depth=1, directions=1):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, inputs) if vocabulary else torch.nn.Identity()
        self.layers = layer_of(cell, inputs, units, depth, directions)
        self.head = torch.nn.Linear(directions * units, classes)
        self.every_step = every_step

    def forward(self, x):
        y, _ = self.layers(self.embedding(x))
        return self.head(y if self.every_step else y[-1]).flatten(0, -2)


WORKLOADS = {  # T, B, then the network
    "W1": (50, 32, dict(cell="lstm", inputs=64, units=128, classes=10, every_step=False)),
    "W2": (64, 32, dict(cell="lstm", inputs=64, units=512, classes=96, every_step=True, vocabulary=96, depth=2)),
    "W3": (100, 32, dict(cell="tanh", inputs=64, units=256, classes=32, every_step=True)),
    "W4": (40, 16, dict(cell="gru", inputs=100, units=200, classes=20, every_step=True, directions=2)),
    "W4L": (40, 16, dict(cell="lstm", inputs=100, units=200, classes=20, every_step=True, directions=2)),
    "W7": (20, 8, dict(cell="tanh", inputs=8, units=32, classes=4, every_step=False)),
}


def training_step(steps, batch, network):
    model = Network(**network).to(DEVICE)
    adam = torch.optim.Adam(model.parameters(), fused=True)
    if network.get("vocabulary"):
        x = torch.randint(network["vocabulary"], (steps, batch), device=DEVICE)
    else:
        x = torch.rand(steps, batch, network["inputs"], device=DEVICE) * 2 - 1
    answers = batch * (steps if network["every_step"] else 1)
    labels = torch.randint(network["classes"], (answers,), device=DEVICE)

    def step():
        adam.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(model(x), labels).backward()
        adam.step()

    return step


def training_steps():
    for name, (steps, batch, network) in WORKLOADS.items():
        for tf32 in (False, True):
            precision(tf32)
            torch.manual_seed(17)
            median, least, samples, calls = timing(training_step(steps, batch, network), True)
            word = "tf32" if tf32 else "fp32"
            print(f"step\t{name}\t{word}\t{median:.5f}\t{least:.5f}\t{samples} x {calls}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["layers"] and len(sys.argv) == 4:
        layers(sys.argv[2], sys.argv[3])
    elif sys.argv[1:] == ["ceilings"]:
        ceilings()
    elif sys.argv[1:] == ["steps"]:
        training_steps()
    else:
        sys.exit(__doc__)
    print(
        f"about\ttorch\t{torch.__version__}, CUDA {torch.version.cuda}, cuDNN {torch.backends.cudnn.version()},"
        f" {torch.cuda.get_device_name(0)}",
        flush=True,
    )
