"""The step of nca.py in JAX: it can be compiled, differentiated and mapped over digits.

    import jax, nca, nca_jax
    model = nca.read_model("assets/tiny.ktx2")
    state = jax.numpy.asarray(nca.initial_state(model.specification, ink), "float32")
    state = jax.jit(nca_jax.step, static_argnums=0)(nca_jax.Static(model.specification), model.weights, state, fire)
"""

import jax.numpy as jnp
from jax import lax
from nca import channel_of_ink, spread_update, update_scale


class Static(dict):
    """A specification that jax.jit takes as a static argument."""

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other


def step(specification, weights, state, fire=None, dropout=None, noise=None):
    """The next state, in the precision of `state`; see nca.step."""
    if dropout is None:
        dropout = 0 if fire is None else specification["step"]["dropout"]
    features = _activated(_perceive(specification, weights, state), specification["perceive"])
    for index, layer in enumerate(specification["update"]):
        product = jnp.matmul(features, weights[f"update.{index}.kernel"], precision="highest")
        features = _activated(product + weights[f"update.{index}.bias"], layer)
    update = spread_update(jnp, specification, features)
    if noise is not None:
        update = update + noise
    alive = is_alive(specification, state)
    takes = alive if fire is None else alive & fire
    ink = channel_of_ink(jnp, specification)
    following = state + jnp.where(takes[..., None] & ~ink, update_scale(specification, dropout) * update, 0)
    if specification["life"]["dead"] == "zero":
        following = jnp.where(alive[..., None] | ink, following, 0)
    return following


def is_alive(specification, state):
    """[height, width]: the cells that live."""
    ink = state[..., specification["channels"]["ink"]]
    if specification["life"]["rule"] == "ink-halo":
        ink = lax.reduce_window(ink, -jnp.inf, lax.max, (3, 3), (1, 1), "SAME")
    return ink > specification["life"]["inkThreshold"]


def _perceive(specification, weights, state):
    channels, perceive = specification["channels"]["count"], specification["perceive"]
    kernel = jnp.asarray(weights["perceive.kernel"], state.dtype)
    depthwise = perceive["kind"] == "depthwise3x3"
    if depthwise:
        # As one group a channel: filter m of channel c makes feature c M + m.
        kernel = kernel.reshape(3, 3, 1, channels * perceive["filters"])
    features = lax.conv_general_dilated(
        state[None],
        kernel,
        window_strides=(1, 1),
        padding="SAME",
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
        feature_group_count=channels if depthwise else 1,
        precision="highest",
    )[0]
    return features if depthwise else features + weights["perceive.bias"]


def _activated(values, layer):
    activation = layer["activation"]
    if activation == "none":
        return values
    if activation == "relu":
        return jnp.maximum(values, 0)
    if activation == "leaky-relu":
        return jnp.where(values > 0, values, 0.01 * values)
    if activation == "tanh":
        return jnp.tanh(values)
    raise ValueError(f'This reader does not know the activation "{activation}".')
