"""Makes the files that the product reads from trained weights: `python -m training.export WEIGHTS VOCABULARY TEXTS
OUT`.

OUT receives encoder.onnx (int8 weights, one scale a column; activations are quantised as they come; what looks at one
piece alone is part of it), heads.npz (links, pair scorer and the taggers' chains, in half precision) and
vocabulary.txt. onnxruntime's optimiser fuses attention, GELU and norms first. Before that, channels that run far
higher than others are evened out over TEXTS (lines of JSON with "text"), as in SmoothQuant (Xiao et al. 2023), and the
three matrices that int8 hurts most stay as they are.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

from digests.extract.heads import PIECEWISE
from digests.extract.pieces import sequence
from digests.extract.wordpiece import WordPiece
from training.network import HEADS, WIDTH, Reader

EVENED = 0.8
"""How much of a channel's height its weights take over (SmoothQuant's alpha): 0.8 left half the error of none."""
KEPT = ("/layers.0/down/MatMul", "/layers.1/down/MatMul", "/heads/MatMul")
"""Matrices left in full precision: the first two together made a third of the error, for 3.5 MB."""


class _Attention(nn.Module):
    """A layer with query, key and value apart and in plain operators: the shape that the optimiser knows."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.inner = layer
        parts = zip(layer.qkv.weight.chunk(3), layer.qkv.bias.chunk(3), strict=True)
        self.query, self.key, self.value = (_linear(weight, bias) for weight, bias in parts)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        def split(y: Tensor) -> Tensor:
            return y.view(y.size(0), y.size(1), HEADS, WIDTH // HEADS).permute(0, 2, 1, 3)

        layer = self.inner
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = torch.matmul(q, k.transpose(-1, -2)) / float((WIDTH // HEADS) ** 0.5) + bias
        seen = torch.matmul(scores.softmax(-1), v).permute(0, 2, 1, 3).contiguous()
        x = layer.norm1(layer.out(seen.view(seen.size(0), seen.size(1), WIDTH)) + x)
        return layer.norm2(layer.down(torch.nn.functional.gelu(layer.up(x))) + x)


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    module = nn.Linear(weight.shape[1], weight.shape[0])
    module.weight, module.bias = nn.Parameter(weight.detach()), nn.Parameter(bias.detach())
    return module


class _Exported(nn.Module):
    """The encoder, and behind each vector what the heads make of it by itself."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.encoder = reader.encoder
        self.layers = nn.ModuleList(_Attention(layer) for layer in self.encoder.layers)
        heads = [reader.get_submodule(name) for name in PIECEWISE]
        self.heads = _linear(torch.cat([head.weight for head in heads]), torch.cat([head.bias for head in heads]))

    def forward(self, ids: Tensor, cases: Tensor, layouts: Tensor, mask: Tensor) -> Tensor:
        one = self.encoder
        places = torch.arange(ids.size(1))
        x = one.norm(one.words(ids) + one.places(places) + one.cases(cases) + one.layouts(layouts))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return torch.cat([x, self.heads(x)], -1)


def feed(text: str, tokenizer: WordPiece, most: int = 318) -> dict[str, np.ndarray]:
    """The network's inputs for the first pieces of a text."""
    seen = sequence(text, tokenizer)
    rows = {
        "ids": [tokenizer.begin, *seen.pieces.ids[:most], tokenizer.end],
        "cases": [0, *seen.cases[:most], 0],
        "layouts": [0, *seen.layouts[:most], 0],
    }
    found = {name: np.array([row]) for name, row in rows.items()}
    return {**found, "mask": np.ones_like(found["ids"])}


def even(path: Path, texts: list[str], tokenizer: WordPiece) -> None:
    """Divide the inputs of the inner matrices by what their channels reach on `texts`, and multiply the weights by
    it.
    """
    model = onnx.load(str(path))
    inner = [n for n in model.graph.node if n.op_type == "MatMul" and n.name.split("/")[-2] in ("up", "down")]
    probe = onnx.load(str(path))
    probe.graph.output.extend(helper.make_tensor_value_info(n.input[0], onnx.TensorProto.FLOAT, None) for n in inner)
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    reach = {node.name: np.zeros(1, np.float32) for node in inner}
    for text in texts:
        values = session.run([node.input[0] for node in inner], feed(text, tokenizer))
        for node, value in zip(inner, values, strict=True):
            reach[node.name] = np.maximum(reach[node.name], np.abs(value).reshape(-1, value.shape[-1]).max(0))
    weights = {one.name: one for one in model.graph.initializer}
    for node in inner:
        matrix = numpy_helper.to_array(weights[node.input[1]])
        scale = np.maximum(reach[node.name], 1e-3) ** EVENED / np.maximum(np.abs(matrix).max(1), 1e-4) ** (1 - EVENED)
        scale = np.clip(scale / np.exp(np.log(scale).mean()), 0.02, 50).astype(np.float32)
        weights[node.input[1]].CopyFrom(numpy_helper.from_array(matrix * scale[:, None], node.input[1]))
        name = f"{node.name}_evened"
        model.graph.initializer.append(numpy_helper.from_array(1 / scale, f"{name}_by"))
        place = list(model.graph.node).index(node)
        model.graph.node.insert(place, helper.make_node("Mul", [node.input[0], f"{name}_by"], [name], name=name))
        node.input[0] = name
    onnx.save(model, str(path))


def export(reader: Reader, tokenizer: WordPiece, texts: list[str], out: Path) -> None:
    """Write encoder.onnx and heads.npz to `out`; `texts` are typical ones, to even out channels over."""
    ids = torch.randint(1000, 2000, (2, 32))
    zeros = torch.zeros_like(ids)
    mask = torch.ones_like(ids)
    axes = {name: {0: "window", 1: "piece"} for name in ("ids", "cases", "layouts", "mask", "vectors")}
    with tempfile.TemporaryDirectory() as name:
        plain, fused = Path(name) / "plain.onnx", Path(name) / "fused.onnx"
        torch.onnx.export(
            _Exported(reader).eval(), (ids, zeros, zeros, mask), str(plain),
            input_names=["ids", "cases", "layouts", "mask"], output_names=["vectors"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        model = optimizer.optimize_model(
            str(plain), "bert", num_heads=HEADS, hidden_size=WIDTH, optimization_options=options
        )
        model.save_model_to_file(str(fused))
        even(fused, texts, tokenizer)
        quantize_dynamic(
            fused, out / "encoder.onnx", per_channel=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention", "Gather"],
            nodes_to_exclude=list(KEPT),
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip
    onnx.checker.check_model(str(out / "encoder.onnx"))
    heads = {
        name: value.numpy().astype(np.float16)
        for name, value in reader.state_dict().items()
        if not name.startswith("encoder.") and name.rpartition(".")[0] not in PIECEWISE
    }
    np.savez_compressed(out / "heads.npz", **heads)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    words = options.vocabulary.read_text(encoding="utf-8").splitlines()
    reader = Reader(len(words))
    reader.load_state_dict({k: v.float() for k, v in torch.load(options.weights).items()})
    lines = options.texts.read_text(encoding="utf-8").splitlines()[:16]
    export(reader.eval(), WordPiece(words), [json.loads(line)["text"] for line in lines], options.out)
    shutil.copy(options.vocabulary, options.out / "vocabulary.txt")


if __name__ == "__main__":
    main()
