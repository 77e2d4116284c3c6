"""Goes on with the upper layers and the heads alone: `python -m training.refine DATA BASE WEIGHTS OUT`.

What the lower layers make of a fixed set of windows is computed once and kept, so that a step costs a third: for new
annotations, on a machine without a GPU. Windows of names and attributions go along, so that nothing is unlearned.
"""

import argparse
import copy
import random
import time
from pathlib import Path

import torch
from torch import Tensor

from digests.extract.wordpiece import WordPiece
from training.examples import Batch, Window, batch, cut
from training.losses import WEIGHTS, losses
from training.measure import SIZE
from training.network import Reader
from training.train import Data, optimizer


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "base", "weights", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--steps", type=int, default=240)
    parser.add_argument("--upper", type=int, default=2, help="how many layers learn")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def lower(reader: Reader, windows: list[Window], tokenizer: WordPiece, depth: int) -> list[Tensor]:
    """What the first `depth` layers make of each window, in half precision."""
    kept = []
    encoder = reader.encoder
    with torch.no_grad():
        for k in range(0, len(windows), 8):
            part = batch(windows[k : k + 8], tokenizer)
            places = torch.arange(part.ids.shape[1])
            with torch.autocast("cpu", torch.bfloat16):
                x = encoder.words(part.ids) + encoder.places(places) + encoder.cases(part.cases)
                x = encoder.norm(x + encoder.layouts(part.layouts))
                bias = (1.0 - part.mask[:, None, None, :]) * -1e4
                for layer in encoder.layers[:depth]:
                    x = layer(x, bias)
            kept += [
                row[: w.stop - w.start + 2].bfloat16().clone() for row, w in zip(x, windows[k : k + 8], strict=True)
            ]
            if k % 400 == 0:
                print(f"kept {k} of {len(windows)} windows", flush=True)
    return kept


def upper(reader: Reader, part: Batch, kept: list[Tensor], depth: int) -> Tensor:
    """The last layers over what the lower ones made."""
    x = torch.zeros(*part.ids.shape, kept[0].shape[-1])
    for row, vectors in enumerate(kept):
        x[row, : len(vectors)] = vectors.float()
    bias = (1.0 - part.mask[:, None, None, :]) * -1e4
    with torch.autocast("cpu", torch.bfloat16):
        for layer in reader.encoder.layers[depth:]:
            x = layer(x, bias)
    return x.float()


def main() -> None:
    """The whole run."""
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    rng = random.Random(1)
    words = (options.base / "vocab.txt").read_text(encoding="utf-8").splitlines()
    tokenizer = WordPiece(words)
    data = Data(options.data, tokenizer, None)
    reader = Reader(len(words))
    reader.load_state_dict({name: value.float() for name, value in torch.load(options.weights).items()})
    depth = len(reader.encoder.layers) - options.upper
    pools = {"gold": cut(data.gold, SIZE, rng)}
    for name in ("roles", "names"):
        windows = cut(getattr(data, name), SIZE, rng)
        rng.shuffle(windows)
        pools[name] = windows[:500]
    kept = {name: lower(reader.eval(), windows, tokenizer, depth) for name, windows in pools.items()}
    for name, parameter in reader.named_parameters():
        is_upper = any(name.startswith(f"encoder.layers.{k}.") for k in range(depth, len(reader.encoder.layers)))
        parameter.requires_grad_(is_upper or not name.startswith("encoder."))
    optimiser = optimizer(reader, options.rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / 20, max(0.02, (options.steps - s) / (options.steps - 20)))
    )
    average = copy.deepcopy(reader)
    learning = [(a, p) for a, p in zip(average.parameters(), reader.parameters(), strict=True) if p.requires_grad]
    waiting: dict[str, list[int]] = {name: [] for name in pools}
    began = time.time()
    reader.train()
    for done in range(1, options.steps + 1):
        chosen, vectors = [], []
        for name, count in (("gold", 16), ("roles", 8), ("names", 6)):
            for _ in range(count):
                if not waiting[name]:
                    waiting[name] = rng.sample(range(len(pools[name])), len(pools[name]))
                index = waiting[name].pop()
                chosen.append(pools[name][index])
                vectors.append(kept[name][index])
        part = batch(chosen, tokenizer)
        found = losses(reader, part, upper(reader, part, vectors, depth))
        total = sum(WEIGHTS[name] * value for name, value in found.items())
        total.backward()
        torch.nn.utils.clip_grad_norm_([p for _, p in learning], 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        with torch.no_grad():
            for slow, fast in learning:
                slow.lerp_(fast, max(0.03, 1 / (done + 1)))
        if done % 10 == 0:
            line = "  ".join(f"{name} {value.item():.3f}" for name, value in found.items())
            left = (time.time() - began) / done * (options.steps - done)
            print(f"step {done}/{options.steps}, {left:.0f} s left  {line}", flush=True)
        if done % 80 == 0 or done == options.steps:
            options.out.mkdir(parents=True, exist_ok=True)
            torch.save({k: v.half() for k, v in average.state_dict().items()}, options.out / "weights.pt")


if __name__ == "__main__":
    main()
