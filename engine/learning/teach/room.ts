/** How much a model is extended by before it is taught. */
import { LIMITS, type ModelClass, type ModelSpecification } from '../../common/model/specification.ts';
import type { Room } from './extend-model.ts';
import type { TeachRecipe } from './recipe.ts';

/** A texel holds four channels: the rest of the last one costs nothing. */
const CHANNELS_PER_TEXEL = 4;

/** The room for new classes. A later sign has the hidden channels of the first: with new ones, steps would get slower. */
export function roomFor(
  { channels, taught }: ModelSpecification,
  classes: readonly ModelClass[],
  { newUnits, laterUnits }: TeachRecipe,
): Room {
  const isFirst = (taught ?? []).length === 0;
  return {
    classes,
    hiddenChannels: isFirst ? spareChannels(channels.count + classes.length) : 0,
    units: (isFirst ? newUnits : laterUnits) * classes.length,
  };
}

function spareChannels(count: number): number {
  return Math.min(LIMITS.channels, CHANNELS_PER_TEXEL * Math.ceil(count / CHANNELS_PER_TEXEL)) - count;
}
