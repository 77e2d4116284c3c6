"""Trains the reader: `python -m training.train DATA BASE OUT`, or `make train DATA=DIR`; docs/training.md tells more.

DATA holds the data sets (training/corpora.py), BASE the MiniLM weights (model.safetensors, vocab.txt), OUT receives
weights.pt and figures.json. Goes on from the weights given with --start (training/restore.py takes them out of the
product's own files), or begins afresh with MiniLM's. A GPU is used when there is one.
"""

import argparse
import copy
import json
import random
import sys
import time
from pathlib import Path

import torch
from torch import Tensor

from digests.extract.wordpiece import WordPiece
from training import corpora
from training.examples import Batch, Example, Window, batch, crops, cut, example
from training.losses import WEIGHTS, losses
from training.measure import SIZE, stances, tagging
from training.network import Reader, load_base

RATE, HEAD_RATE, DECAY, FADE = 2e-4, 6.7e-4, 0.01, 0.9
"""Learning rates of the encoder's top layer and of the heads, weight decay, and each lower layer's share of the
rate.
"""
FOLDS = 5


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="go on from these weights (weights.pt) instead of MiniLM's")
    parser.add_argument("--steps", type=int, default=1000, help="how many; two cores take 3.4 s for one")
    parser.add_argument("--epochs", type=int, default=0, help="passes over the attributions, instead of --steps")
    parser.add_argument("--batch", type=int, default=8, help="windows of attributions, and half as many of names")
    parser.add_argument("--share", type=float, default=3.0, help="windows of gold a step, as a share of the batch")
    parser.add_argument("--rate", type=float, default=RATE, help="of the encoder's top layer")
    parser.add_argument("--start-share", type=float, default=0.0, help="of the weights begun with in those left")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--fold", type=int, help="hold back this fifth of the gold articles and a tenth of the attributions"
    )
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


class Data:
    """The examples to train on, and those held back."""

    def __init__(self, folder: Path, tokenizer: WordPiece, fold: int | None) -> None:
        def examples(documents: list[corpora.Document]) -> list[Example]:
            return [example(document, tokenizer) for document in documents]

        newswire = corpora.newswire(folder / "ner" / "worldwide_train.jsonl")
        quotes = corpora.attribution(folder / "attribution" / "train.jsonl")
        gold = corpora.gold(folder / "gold" / "train")
        near = corpora.more_gold(corpora.stories(folder / "stories"))
        more = corpora.more_gold([*newswire, *quotes])
        kept = [d for d in (*near, *more) if corpora.held_back(d.id)]
        near = [d for d in near if not corpora.held_back(d.id)]
        # Annotated articles of the other two sets are learnt from for all that they are annotated with.
        whole = {d.id: d for d in more if not corpora.held_back(d.id)}
        newswire, quotes = ([whole.get(d.id, d) for d in some] for some in (newswire, quotes))
        is_held = {id(d) for k, d in enumerate(gold) if fold is not None and k % FOLDS == fold}
        self.names = examples([d for d in newswire if not corpora.held_back(d.id)])
        self.roles = examples([d for d in quotes if fold is None or not corpora.held_back(d.id)])
        self.gold = examples([d for d in gold if id(d) not in is_held] + near)  # the kind that the bot is for
        self.held_names = examples([d for d in newswire if corpora.held_back(d.id)])
        self.held_gold = examples([d for d in gold if id(d) in is_held] or kept)
        held = [d for d in quotes if fold is not None and corpora.held_back(d.id)]
        self.held_roles = examples(held or corpora.attribution(folder / "attribution" / "dev.jsonl"))


SHORT, BESIDE = 64, 0.5
"""Pieces of a short window of names or attributions, and what the losses of short texts weigh beside those of long."""


def batches(data: Data, size: int, share: float, tokenizer: WordPiece, rng: random.Random):
    """One pass over the attributions, each step with half as many windows of names, and gold beside them.

    Each step's second batch is of short texts, as feeds' teasers are: one to three sentences of gold, as many as its
    long windows, and half a batch of bits of the other two.
    """
    pools: dict[str, list[Window]] = {}
    makers = {
        "names": lambda: cut(data.names, SIZE, rng), "gold": lambda: cut(data.gold, SIZE, rng),
        "teasers": lambda: crops(data.gold, rng), "short names": lambda: cut(data.names, SHORT, rng),
        "short roles": lambda: cut(data.roles, SHORT, rng),
    }  # fmt: skip

    def draw(name: str, count: int) -> list[Window]:
        taken = []
        while len(taken) < count:
            if not pools.get(name):
                pools[name] = makers[name]()
                rng.shuffle(pools[name])
            taken.append(pools[name].pop())
        return taken

    roles, many = cut(data.roles, SIZE, rng), max(1, round(size * share))
    rng.shuffle(roles)
    for k in range(0, len(roles) - size + 1, size):
        long = roles[k : k + size] + draw("names", size // 2) + draw("gold", many)
        short = draw("teasers", many) + draw("short names", size // 2) + draw("short roles", size // 2)
        yield batch(long, tokenizer), batch(short, tokenizer)


def optimizer(reader: Reader, rate: float) -> torch.optim.Optimizer:
    """AdamW; lower layers learn more slowly (Howard and Ruder 2018), norms and biases do not decay."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in reader.named_parameters():
        speed = rate * HEAD_RATE / RATE
        if name.startswith("encoder."):
            level = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
            speed = rate * FADE ** (5 - level)
            if "cases" in name or "layouts" in name:
                speed = rate * HEAD_RATE / RATE
        decay = 0.0 if parameter.ndim < 2 or "norm" in name else DECAY
        groups.setdefault((speed, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": p, "lr": s, "weight_decay": d} for (s, d), p in groups.items()], betas=(0.9, 0.98)
    )


def has_bfloat16(device: torch.device) -> bool:
    """Whether the device computes in bfloat16 itself; a CPU that does not is ten times slower with it."""
    able = torch.cpu.get_capabilities()
    return device.type == "cuda" or bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def step(reader: Reader, parts: tuple[Batch, ...], device: torch.device) -> dict[str, Tensor]:
    """The losses of a step's batches, weighed and added to the gradients."""
    found: dict[str, Tensor] = {}
    for part in parts:
        moved = part.to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=has_bfloat16(device)):
            hidden = reader(moved.ids, moved.cases, moved.layouts, moved.mask)
        these = losses(reader, moved, hidden.float())
        total = sum(WEIGHTS[name] * value * (1.0 if part is parts[0] else BESIDE) for name, value in these.items())
        total.backward()
        found = {**these, **found}
    return found


def save(reader: Reader, out: Path) -> None:
    """Write weights.pt, in half precision: the last is whole, and a run that was cut off leaves the one before."""
    out.mkdir(parents=True, exist_ok=True)
    torch.save({name: value.half().cpu() for name, value in reader.state_dict().items()}, out / "weights.new")
    (out / "weights.new").replace(out / "weights.pt")


def mix(reader: Reader, others: dict[str, Tensor], share: float) -> None:
    """Put a share of other weights into these: a mean of two fine-tuned networks often reads better than each."""
    with torch.no_grad():
        for name, value in reader.state_dict().items():
            value.lerp_(others[name].to(value), share)


def train(options: argparse.Namespace) -> None:
    """The whole run."""
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_float32_matmul_precision("high")
    vocabulary = (options.base / "vocab.txt").read_text(encoding="utf-8").splitlines()
    tokenizer, began = WordPiece(vocabulary), time.time()
    data, rng = Data(options.data, tokenizer, options.fold), random.Random(options.seed)
    reader = Reader(len(vocabulary))
    reader.encoder.load_minilm(load_base(options.base))
    if options.start:
        reader.load_state_dict({name: value.float() for name, value in torch.load(options.start).items()})
    reader.to(device)
    optimiser = optimizer(reader, options.rate)
    count = len(cut(data.roles, SIZE, random.Random(0))) // options.batch
    total = options.epochs * count or options.steps
    warm = max(10, total // 12)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.01, (total - s) / (total - warm)))
    )
    average = copy.deepcopy(reader).requires_grad_(False)
    print(f"{device}: {count} steps a pass, {total} in all; read in {time.time() - began:.0f} s", flush=True)
    done, began = 0, time.time()
    while done < total:
        reader.train()
        for parts in batches(data, options.batch, options.share, tokenizer, rng):
            found = step(reader, parts, device)
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            done += 1
            keep = min(0.995, done / (done + 10))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(reader.parameters()), 1 - keep)
            if done % 20 == 0 or done == total:
                line = "  ".join(f"{name} {value.item():.3f}" for name, value in found.items())
                left = (time.time() - began) / done * (total - done)
                print(f"step {done}/{total}, {left:.0f} s left  {line}", flush=True)
            if done % 100 == 0:
                save(average, options.out)
            if done == total:
                break
    average.eval()
    if options.start and options.start_share:
        mix(average, torch.load(options.start), options.start_share)
    save(average, options.out)
    figures = {
        **tagging(average, data.held_names, tokenizer, device),
        **tagging(average, data.held_roles, tokenizer, device),
        **stances(average, data.held_gold, tokenizer, device),
        "seconds": round(time.time() - began),
    }
    print(json.dumps(figures), flush=True)
    (options.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    train(arguments())
    sys.exit(0)
