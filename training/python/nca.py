"""Reads models of this project and runs them, in NumPy and as plainly as can be.

    import nca
    model = nca.read_model("assets/tiny.ktx2")
    state = nca.initial_state(model.specification, ink)          # ink: [height, width], 0 to 1
    for step in range(20):
        fire = nca.fires(seed=0, step=step, slot=0, shape=ink.shape, dropout=0.5)
        state = nca.step(model, state, fire)
    labels = nca.labels(model.specification, state)              # -1 without ink, -2 undecided

A state is [height, width, channels]. Needs numpy alone. nca_jax.py has the same step in JAX.
"""

import json
import struct
from dataclasses import dataclass

import numpy as np

NO_INK = -1
UNDECIDED = -2

KTX2_IDENTIFIER = b"\xabKTX 20\xbb\r\n\x1a\n"
# Where a set of weights may lie in a checkpoint, best first.
PREFIXES = ("average.", "ema/", "")
DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I32": "<i4", "U8": "u1"}


@dataclass
class Model:
    """A specification, see SPECIFICATION.md, and its weights by name, float32."""

    specification: dict
    weights: dict


def read_model(path):
    """The model in a baked file (.ktx2), a checkpoint or a safetensors file with a specification in its metadata."""
    with open(path, "rb") as file:
        content = file.read()
    return _read_ktx2(content) if content.startswith(KTX2_IDENTIFIER) else _read_safetensors(content)


def _read_ktx2(content):
    text_start, text_bytes = struct.unpack_from("<II", content, 56)
    texel_start, texel_bytes = struct.unpack_from("<QQ", content, 80)
    texts, at = {}, text_start
    while at < text_start + text_bytes:
        (length,) = struct.unpack_from("<I", content, at)
        key, _, value = content[at + 4 : at + 4 + length].partition(b"\0")
        texts[key.decode()] = value.rstrip(b"\0").decode()
        # Entries begin at multiples of four bytes.
        at += 4 + (length + 3) // 4 * 4
    specification = json.loads(texts["nca"])
    texels = np.frombuffer(content, "<f4", texel_bytes // 4, texel_start)
    weights, at = {}, 0
    for name, shape in weight_shapes(specification).items():
        size = int(np.prod(shape))
        weights[name] = texels[at : at + size].reshape(shape)
        at += size
    return Model(specification, weights)


def _read_safetensors(content):
    (header_bytes,) = struct.unpack_from("<Q", content)
    start = 8 + header_bytes
    header = json.loads(content[8:start])
    specification = json.loads(header.pop("__metadata__")["nca"])
    shapes = weight_shapes(specification)
    prefix = next(prefix for prefix in PREFIXES if prefix + "perceive.kernel" in header)
    weights = {}
    for name in shapes:
        entry = header[prefix + name]
        begin, end = entry["data_offsets"]
        values = np.frombuffer(content[start + begin : start + end], DTYPES[entry["dtype"]])
        weights[name] = values.astype(np.float32).reshape(entry["shape"])
    return Model(specification, weights)


def weight_shapes(specification):
    """The shapes of all weights by name, in the order in which they are stored."""
    channels, perceive = specification["channels"]["count"], specification["perceive"]
    if perceive["kind"] == "conv3x3":
        inputs = perceive["features"]
        shapes = {"perceive.kernel": (3, 3, channels, inputs), "perceive.bias": (inputs,)}
    else:
        inputs = channels * perceive["filters"]
        shapes = {"perceive.kernel": (3, 3, channels, perceive["filters"])}
    for index, layer in enumerate(specification["update"]):
        shapes[f"update.{index}.kernel"] = (inputs, layer["units"])
        shapes[f"update.{index}.bias"] = (layer["units"],)
        inputs = layer["units"]
    return shapes


def initial_state(specification, ink):
    """The ink [height, width], 0 to 1, with all other channels at zero; double precision."""
    channels = specification["channels"]
    state = np.zeros((*np.shape(ink), channels["count"]))
    state[..., channels["ink"]] = np.asarray(ink, np.float32)
    return state


def step(model, state, fire=None, dropout=None, noise=None):
    """The next state.

    Args:
        model: what read_model gives.
        state: [height, width, channels].
        fire: [height, width], which cells take their update; None for all of them.
        dropout: the share that does not fire, for the scale of updates; None for the model's own, or for none of
            them if all cells fire.
        noise: [height, width, channels], added to the updates; None for none.
    """
    specification, weights = model.specification, model.weights
    if dropout is None:
        dropout = 0 if fire is None else specification["step"]["dropout"]
    features = _activated(_perceive(specification, weights, state), specification["perceive"])
    for index, layer in enumerate(specification["update"]):
        features = _activated(features @ weights[f"update.{index}.kernel"] + weights[f"update.{index}.bias"], layer)
    update = spread_update(np, specification, features)
    if noise is not None:
        update = update + noise
    alive = is_alive(specification, state)
    takes = alive if fire is None else alive & fire
    ink = channel_of_ink(np, specification)
    following = state + np.where(takes[..., None] & ~ink, update_scale(specification, dropout) * update, 0)
    if specification["life"]["dead"] == "zero":
        following = np.where(alive[..., None] | ink, following, 0)
    return following


def update_scale(specification, dropout):
    """What a kept update is multiplied by, so that the expected drive is that of training; never above training's."""
    rule = specification["step"]
    trained = 1 / (1 - rule["dropout"]) if rule["dropoutScaling"] == "inverted" else 1
    return rule["size"] * trained * min(1, (1 - rule["dropout"]) / (1 - dropout))


def channel_of_ink(np, specification):
    """[channels], true for the ink alone."""
    return np.arange(specification["channels"]["count"]) == specification["channels"]["ink"]


def spread_update(np, specification, units):
    """The last layer's units as updates of all channels, [..., channels]; the ink's is put in if the layer leaves it out."""
    count, ink = specification["channels"]["count"], specification["channels"]["ink"]
    if units.shape[-1] == count:
        return units
    return np.concatenate([units[..., :ink], np.zeros_like(units[..., :1]), units[..., ink:]], axis=-1)


def is_alive(specification, state):
    """[height, width]: the cells that live."""
    life = specification["life"]
    inked = state[..., specification["channels"]["ink"]] > np.float32(life["inkThreshold"])
    if life["rule"] == "own-ink":
        return inked
    return np.any([shifted for _, shifted in _neighbours(inked)], axis=0)


def labels(specification, state):
    """[height, width]: the class of each cell, NO_INK or UNDECIDED."""
    first, rule = specification["channels"]["firstLogit"], specification["classification"]
    logits = state[..., first : first + len(specification["classes"])]
    decided = np.where(logits.max(-1) < rule["undecidedBelow"], UNDECIDED, logits.argmax(-1))
    return np.where(state[..., specification["channels"]["ink"]] > rule["inkThreshold"], decided, NO_INK)


def _perceive(specification, weights, state):
    kernel = weights["perceive.kernel"].astype(np.float64)
    if specification["perceive"]["kind"] == "conv3x3":
        return weights["perceive.bias"] + sum(shifted @ kernel[tap] for tap, shifted in _neighbours(state))
    total = sum(shifted[..., None] * kernel[tap] for tap, shifted in _neighbours(state))
    # Filter m of channel c makes feature c M + m.
    return total.reshape(*total.shape[:-2], -1)


def _neighbours(values):
    """For each of the 3 x 3 taps, what stands there as seen from every cell; zero outside."""
    height, width = values.shape[:2]
    padded = np.pad(values, [(1, 1), (1, 1)] + [(0, 0)] * (values.ndim - 2))
    for row in range(3):
        for column in range(3):
            yield (row, column), padded[row : row + height, column : column + width]


def _activated(values, layer):
    activation = layer["activation"]
    if activation == "none":
        return values
    if activation == "relu":
        return np.maximum(values, 0)
    if activation == "leaky-relu":
        return np.where(values > 0, values, 0.01 * values)
    if activation == "tanh":
        return np.tanh(values)
    raise ValueError(f'This reader does not know the activation "{activation}".')


def fires(seed, step, slot, shape, dropout):
    """[height, width]: the cells that fire in a step of training and evaluation. `slot` is the digit's place in its batch."""
    cells = np.arange(shape[0] * shape[1], dtype=np.uint32).reshape(shape)
    key = _hash2(_hash2(np.uint32(seed), np.uint32(step)), np.uint32(slot), mixed=True)
    # The top 24 bits as a number in [0, 1).
    return (_hash2(key, cells) >> np.uint32(8)) * 2.0**-24 >= dropout


def _mix(value):
    """A bijective mix of 32 bits, as in engine/common/random/hash.ts."""
    x = np.uint32(value)
    with np.errstate(over="ignore"):
        x = x ^ (x >> np.uint32(16))
        x = x * np.uint32(0x21F0AAAD)
        x = x ^ (x >> np.uint32(15))
        x = x * np.uint32(0xD35A2D97)
        return x ^ (x >> np.uint32(15))


def _hash2(one, other, mixed=False):
    with np.errstate(over="ignore"):
        return _mix((one if mixed else _mix(one)) + other)
