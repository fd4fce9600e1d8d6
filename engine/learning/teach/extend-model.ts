/**
 * Gives a model more classes, and spare hidden units to learn them with. The extended model computes the same as before:
 * nothing writes to the new logits yet, nothing reads them, and the output of the new units is not used.
 */
import type { ModelClass, ModelSpecification } from '../../common/model/specification.ts';
import type { Model } from '../../common/model/weights.ts';
import { Random } from '../../common/random/random.ts';
import { flattenWeights, nameWeights, variablesOf } from '../rollout/layers.ts';

/** What a model gets to learn with. */
export interface Room {
  readonly classes: readonly ModelClass[];
  /** Channels without a meaning of their own. */
  readonly hiddenChannels: number;
  /** Units of the first layer, if it is not the last. */
  readonly units: number;
}

/** The specification with more room. The new channels are after the logits: first new logits, then hidden ones. */
export function extendedSpecification(specification: ModelSpecification, room: Room): ModelSpecification {
  const { channels, classes, update } = specification;
  const count = room.classes.length + room.hiddenChannels;
  const behindLogits = channels.firstLogit + classes.length;
  const last = update.length - 1;
  return {
    ...specification,
    classes: [...classes, ...room.classes],
    channels: {
      count: channels.count + count,
      ink: channels.ink < behindLogits ? channels.ink : channels.ink + count,
      firstLogit: channels.firstLogit,
    },
    update: update.map((layer, index) => {
      if (index === last) return { ...layer, units: layer.units + count };
      return index === 0 ? { ...layer, units: layer.units + room.units } : layer;
    }),
  };
}

/** For each of `size` old places the new one, if `count` places are inserted at `at`. */
function placesAfter(size: number, at: number, count: number): number[] {
  return Array.from({ length: size }, (_, place) => (place < at ? place : place + count));
}

interface Matrix {
  readonly data: Float32Array;
  readonly columns: number;
}

/** Copies `from` into `to`: row r goes to `rows[r]`, column c to `columns[c]`. */
function scatter(from: Matrix, to: Matrix, rows: readonly number[], columns: readonly number[]): void {
  rows.forEach((toRow, row) => {
    columns.forEach((toColumn, column) => {
      to.data[toRow * to.columns + toColumn] = from.data[row * from.columns + column];
    });
  });
}

/** The model with more room; `seed` decides what the new units look at. */
export function extendModel(model: Model, room: Room, seed: number): Model {
  const { channels, classes, perceive, update } = model.specification;
  const specification = extendedSpecification(model.specification, room);
  const count = room.classes.length + room.hiddenChannels;
  const behindLogits = channels.firstLogit + classes.length;
  const channelPlaces = placesAfter(channels.count, behindLogits, count);
  const before = flattenWeights(model.specification, model.weights);
  const flat = new Float32Array(variablesOf(specification).reduce((total, { size }) => total + size, 0));
  const old = variablesOf(model.specification);
  const random = new Random(seed).split(0x756e6974);
  const last = update.length - 1;
  const identity = (size: number): number[] => Array.from({ length: size }, (_, index) => index);
  const outputs = placesAfter(update[last].units, outputBehindLogits(model.specification), count);

  /** Where the inputs of the first layer stand, and where those of the others do. */
  const features =
    perceive.kind === 'conv3x3'
      ? identity(perceive.features)
      : channelPlaces.flatMap((channel) =>
          identity(perceive.filters).map((filter) => channel * perceive.filters + filter),
        );

  variablesOf(specification).forEach(({ name, shape, offset, size }, index) => {
    const data = flat.subarray(offset, offset + size);
    const source = before.subarray(old[index].offset, old[index].offset + old[index].size);
    const columns = shape[shape.length - 1];
    const oldColumns = old[index].shape[old[index].shape.length - 1];
    const to = { data, columns };
    const from = { data: source, columns: oldColumns };
    if (name === 'perceive.bias') {
      data.set(source);
      return;
    }
    if (name === 'perceive.kernel') {
      const taps = shape[0] * shape[1];
      const rows = identity(taps).flatMap((tap) =>
        channelPlaces.map((channel) => tap * specification.channels.count + channel),
      );
      if (perceive.kind === 'depthwise3x3') fillNewFilters(to, taps, specification.channels.count, behindLogits, count);
      scatter(from, to, rows, identity(oldColumns));
      return;
    }
    const layer = Number(name.split('.')[1]);
    const isBias = name.endsWith('.bias');
    const columnPlaces = layer === last ? outputs : identity(oldColumns);
    const rowPlaces = isBias ? [0] : layer === 0 ? features : identity(old[index].shape[0]);
    if (layer === 0 && last > 0 && !isBias) fillNewUnits(to, oldColumns, random);
    scatter(from, to, rowPlaces, columnPlaces);
  });
  return { specification, weights: nameWeights(specification, flat) };
}

/** The unit of the last layer that comes after those of the logits. */
function outputBehindLogits({ channels, classes, update }: ModelSpecification): number {
  const behindLogits = channels.firstLogit + classes.length;
  const full = update[update.length - 1].units === channels.count;
  return full || channels.ink > behindLogits ? behindLogits : behindLogits - 1;
}

/** New channels are seen as they are, by their slopes, and by their curvature. */
const FILTERS = [
  [0, 0, 0, 0, 1, 0, 0, 0, 0],
  [-1, 0, 1, -2, 0, 2, -1, 0, 1].map((value) => value / 4),
  [-1, -2, -1, 0, 0, 0, 1, 2, 1].map((value) => value / 4),
  [1, 2, 1, 2, -12, 2, 1, 2, 1].map((value) => value / 8),
];

function fillNewFilters({ data, columns }: Matrix, taps: number, channels: number, first: number, count: number): void {
  for (let tap = 0; tap < taps; tap += 1) {
    for (let channel = first; channel < first + count; channel += 1) {
      for (let filter = 0; filter < columns; filter += 1) {
        data[(tap * channels + channel) * columns + filter] = FILTERS[filter % FILTERS.length][tap];
      }
    }
  }
}

/** New units look at random mixtures of all features. */
function fillNewUnits({ data, columns }: Matrix, firstColumn: number, random: Random): void {
  const rows = data.length / columns;
  const limit = Math.sqrt(6 / (rows + columns));
  for (let row = 0; row < rows; row += 1) {
    for (let column = firstColumn; column < columns; column += 1) {
      data[row * columns + column] = random.range(-limit, limit);
    }
  }
}
