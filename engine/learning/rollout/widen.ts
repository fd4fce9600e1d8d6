/**
 * Widens a trained model: its hidden layers, its hidden channels, and its classes. The wider model computes the same
 * steps, and has spare units and channels for a run that continues from it (a function-preserving transformation, Chen
 * et al. 2016, arXiv:1511.05641). The logits of new classes stay at zero. A class that the wider model does not have
 * goes on as a hidden channel if there is room for one; only then do the steps stay the same.
 */
import { updateUnitOfChannel, type ModelSpecification } from '../../common/model/specification.ts';
import { variablesOf } from './layers.ts';

/**
 * `narrow` with the classes and channels of `wide` if `wide` has one of its classes and room for its hidden channels,
 * and with every hidden layer that has fewer units than in `wide` given as many; the same if there is nothing to add.
 */
export function widenedSpecification(narrow: ModelSpecification, wide: ModelSpecification): ModelSpecification {
  const last = narrow.update.length - 1;
  const fits = channelMap(narrow, wide) !== null;
  const update = narrow.update.map((layer, index) => {
    const units = wide.update[index]?.units ?? 0;
    if (index < last) return { ...layer, units: Math.max(layer.units, units) };
    return fits && hasUnitForInk(narrow) === hasUnitForInk(wide) ? { ...layer, units } : layer;
  });
  return fits ? { ...narrow, classes: wide.classes, channels: wide.channels, update } : { ...narrow, update };
}

function hasUnitForInk({ channels, update }: ModelSpecification): boolean {
  return update[update.length - 1].units === channels.count;
}

/** For each channel of `wide`, the one of `narrow` that goes on in it, or −1; null if the two do not fit. */
function channelMap(narrow: ModelSpecification, wide: ModelSpecification): number[] | null {
  const map = new Array<number>(wide.channels.count).fill(-1);
  map[wide.channels.ink] = narrow.channels.ink;
  const places = narrow.classes.map(({ name }) => wide.classes.findIndex((entry) => entry.name === name));
  const logits = places.map((_, index) => narrow.channels.firstLogit + index);
  logits.forEach((logit, index) => {
    if (places[index] >= 0) map[wide.channels.firstLogit + places[index]] = logit;
  });
  const [own, wider] = [hiddenChannels(narrow), hiddenChannels(wide)];
  if (own.length > wider.length || places.every((place) => place < 0)) return null;
  const givenUp = logits.filter((_, index) => places[index] < 0);
  [...own, ...givenUp].slice(0, wider.length).forEach((channel, index) => (map[wider[index]] = channel));
  return map;
}

function hiddenChannels({ channels, classes }: ModelSpecification): number[] {
  const { count, ink, firstLogit } = channels;
  const isHidden = (channel: number): boolean =>
    channel !== ink && (channel < firstLogit || channel >= firstLogit + classes.length);
  return [...Array(count).keys()].filter(isHidden);
}

/** A map of places that adds new ones at the end. */
function extended(count: number, before: number): number[] {
  return Array.from({ length: count }, (_, index) => (index < before ? index : -1));
}

/**
 * Flat weights of `wide`, which is {@link widenedSpecification} of `narrow`, that compute what `weights` do, but for
 * the channels of given up classes that have no room. A new unit or channel has the inputs that it has in `fresh`, and its output is not used yet.
 */
export function widenWeights(
  narrow: ModelSpecification,
  weights: Float32Array,
  wide: ModelSpecification,
  fresh: Float32Array,
): Float32Array {
  const flat = fresh.slice();
  const before = variablesOf(narrow);
  const channels = channelMap(narrow, wide) ?? [];
  const { perceive } = wide;
  const features =
    perceive.kind === 'conv3x3'
      ? extended(perceive.features, narrow.perceive.kind === 'conv3x3' ? narrow.perceive.features : 0)
      : channels.flatMap((channel) =>
          Array.from({ length: perceive.filters }, (_, filter) =>
            channel < 0 ? -1 : channel * perceive.filters + filter,
          ),
        );
  const unitsOf = (layer: number): number[] => {
    const [units, had] = [wide.update[layer].units, narrow.update[layer].units];
    if (layer < wide.update.length - 1) return extended(units, had);
    const [wideUnits, narrowUnits] = [updateUnitOfChannel(wide), updateUnitOfChannel(narrow)];
    const map = hasUnitForInk(wide) ? extended(units, 0) : new Array<number>(units).fill(-1);
    channels.forEach((channel, place) => {
      if (wideUnits[place] >= 0 && channel >= 0) map[wideUnits[place]] = narrowUnits[channel];
    });
    if (hasUnitForInk(wide)) map[wide.channels.ink] = narrow.channels.ink;
    return map;
  };
  variablesOf(wide).forEach(({ name, shape, offset, size }, index) => {
    const old = before[index];
    const [part, layer] = name.split('.');
    // A kernel is a matrix from inputs to units, a 3×3 one of nine; a bias is one of a single row.
    const isKernel = name.endsWith('kernel');
    let [rows, columns] = [[0], features];
    if (part === 'update') {
      columns = unitsOf(Number(layer));
      if (isKernel) rows = Number(layer) === 0 ? features : unitsOf(Number(layer) - 1);
    } else if (isKernel) {
      rows = Array.from({ length: 9 }, (_, tap) =>
        channels.map((channel) => (channel < 0 ? -1 : tap * narrow.channels.count + channel)),
      ).flat();
      if (perceive.kind === 'depthwise3x3') columns = extended(perceive.filters, perceive.filters);
    }
    const oldColumns = old.shape[old.shape.length - 1];
    const width = shape[shape.length - 1];
    // What a new channel looks like to itself is its own, and no input of others.
    const isLast = part === 'update' && Number(layer) === wide.update.length - 1;
    const isDepthwise = part === 'perceive' && perceive.kind === 'depthwise3x3';
    rows.forEach((row, to) => {
      const start = offset + to * width;
      if (row < 0) {
        if (!isDepthwise) flat.fill(0, start, start + width);
        return;
      }
      columns.forEach((column, place) => {
        if (column >= 0) flat[start + place] = weights[old.offset + row * oldColumns + column];
        else if (isLast) flat[start + place] = 0;
      });
    });
    if (rows.length * width !== size) throw new Error(`${name} has ${size} weights, not ${rows.length} · ${width}.`);
  });
  return flat;
}
