/**
 * One step of the automaton on the CPU, written as plainly as possible. Every GPU program is checked against it. It is
 * not meant to be fast.
 */
import { activate, type Activation } from '../common/model/activations.ts';
import { featureCount, keptUpdateScale, updateUnitOfChannel } from '../common/model/specification.ts';
import { tensorOf, type Model, type Tensor } from '../common/model/weights.ts';
import type { StateRecord } from './types.ts';

/** The random part of a step. Without it, every cell fires and there is no noise. */
export interface Chance {
  /** The share of cells that do not fire, which determines the scale of kept updates. */
  readonly dropout: number;
  fires(cell: number): boolean;
  /** The noise that is added to a channel's update. */
  noise(cell: number, channel: number): number;
}

export const NO_CHANCE: Chance = { dropout: 0, fires: () => true, noise: () => 0 };

/** A state with the given ink (0…1, one value per cell) and everything else zero. */
export function initialState(model: Model, width: number, height: number, ink: ArrayLike<number>): StateRecord {
  const { count, ink: inkChannel } = model.specification.channels;
  const data = new Float32Array(width * height * count);
  for (let cell = 0; cell < width * height; cell += 1) data[cell * count + inkChannel] = ink[cell];
  return { width, height, channels: count, data };
}

/** Returns the next state. The arithmetic is in double precision, the state in float32. */
export function referenceStep(model: Model, state: StateRecord, chance: Chance = NO_CHANCE): StateRecord {
  const { specification } = model;
  const { width, height, channels } = state;
  const unitOfChannel = updateUnitOfChannel(specification);
  const scale = keptUpdateScale(specification, chance.dropout) * specification.step.size;
  const next = state.data.slice();
  for (let cell = 0; cell < width * height; cell += 1) {
    if (!isAlive(model, state, cell)) {
      if (specification.life.dead === 'zero') clearAllButInk(model, next, cell);
      continue;
    }
    if (!chance.fires(cell)) continue;
    const update = referenceUpdate(model, state, cell);
    for (let channel = 0; channel < channels; channel += 1) {
      const unit = unitOfChannel[channel];
      if (unit < 0) continue;
      next[cell * channels + channel] += scale * (update[unit] + chance.noise(cell, channel));
    }
  }
  return { width, height, channels, data: next };
}

/** A cell's update before scaling and without noise, one value per unit of the last layer. */
export function referenceUpdate(model: Model, state: StateRecord, cell: number): Float64Array {
  return updateOf(model, perceptionOf(model, state, cell));
}

/** The label of every cell: its class, −1 without ink, −2 if undecided. */
export function referenceLabels(model: Model, state: StateRecord): Int8Array {
  const { channels: layout, classes, classification } = model.specification;
  return Int8Array.from({ length: state.width * state.height }, (_, cell) => {
    const start = cell * state.channels;
    if (state.data[start + layout.ink] <= classification.inkThreshold) return -1;
    const logits = state.data.subarray(start + layout.firstLogit, start + layout.firstLogit + classes.length);
    const best = Math.max(...logits);
    return best < classification.undecidedBelow ? -2 : logits.indexOf(best);
  });
}

function isAlive(model: Model, state: StateRecord, cell: number): boolean {
  const { life, channels } = model.specification;
  const hasInk = (near: number) => state.data[near * state.channels + channels.ink] > life.inkThreshold;
  if (life.rule === 'own-ink') return hasInk(cell);
  return neighbours(state, cell).some((near) => near >= 0 && hasInk(near));
}

function clearAllButInk(model: Model, data: Float32Array, cell: number): void {
  const { count, ink } = model.specification.channels;
  for (let channel = 0; channel < count; channel += 1) {
    if (channel !== ink) data[cell * count + channel] = 0;
  }
}

/** The 3×3 cells around a cell in reading order, −1 outside the canvas. */
function neighbours({ width, height }: StateRecord, cell: number): number[] {
  const x = cell % width;
  const y = Math.floor(cell / width);
  const near: number[] = [];
  for (let ny = y - 1; ny <= y + 1; ny += 1) {
    for (let nx = x - 1; nx <= x + 1; nx += 1) {
      near.push(nx < 0 || ny < 0 || nx >= width || ny >= height ? -1 : ny * width + nx);
    }
  }
  return near;
}

function perceptionOf(model: Model, state: StateRecord, cell: number): Float64Array {
  const { specification, weights } = model;
  const { channels } = state;
  const { perceive } = specification;
  const kernel = tensorOf(weights, 'perceive.kernel').data;
  const features = new Float64Array(featureCount(specification));
  if (perceive.kind === 'conv3x3') features.set(tensorOf(weights, 'perceive.bias').data);
  neighbours(state, cell).forEach((near, tap) => {
    if (near < 0) return;
    for (let channel = 0; channel < channels; channel += 1) {
      const value = state.data[near * channels + channel];
      if (perceive.kind === 'conv3x3') {
        const start = (tap * channels + channel) * perceive.features;
        for (let feature = 0; feature < perceive.features; feature += 1) {
          features[feature] += value * kernel[start + feature];
        }
      } else {
        const { filters } = perceive;
        for (let filter = 0; filter < filters; filter += 1) {
          features[channel * filters + filter] += value * kernel[(tap * channels + channel) * filters + filter];
        }
      }
    }
  });
  return activated(features, perceive.activation);
}

function updateOf(model: Model, features: Float64Array): Float64Array {
  return model.specification.update.reduce((inputs, layer, index) => {
    const kernel = tensorOf(model.weights, `update.${index}.kernel`);
    const bias = tensorOf(model.weights, `update.${index}.bias`);
    return activated(dense(inputs, kernel, bias), layer.activation);
  }, features);
}

function dense(inputs: Float64Array, kernel: Tensor, bias: Tensor): Float64Array {
  const units = bias.data.length;
  const outputs = Float64Array.from(bias.data);
  inputs.forEach((value, input) => {
    for (let unit = 0; unit < units; unit += 1) outputs[unit] += value * kernel.data[input * units + unit];
  });
  return outputs;
}

function activated(values: Float64Array, activation: Activation): Float64Array {
  return values.map((value) => activate(activation, value));
}
