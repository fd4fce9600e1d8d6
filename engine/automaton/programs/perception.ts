/** How generated GLSL reads the neighbourhood of a cell. */
import { gridOf } from '../../common/model/grid.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';
import { tensorOf, type Model } from '../../common/model/weights.ts';
import { COMPONENTS, finished, LETTERS, vector } from './glsl-text.ts';

export const TAPS = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
const OWN_TAP = 4;

/** The words that hold the slot and the ink of each neighbour. The cell itself has none. */
const LINKS = TAPS.map((tap) => `${tap < OWN_TAP ? 'before' : 'after'}.${'xyzw?xyzw'.charAt(tap)}`);

/** Declares the position of each tap's state: `at0` to `at8`. */
export const NEIGHBOURS: readonly string[] = [
  'uvec4 before = texelFetch(linksBefore, texel, 0);',
  'uvec4 after = texelFetch(linksAfter, texel, 0);',
  ...TAPS.map((tap) => `ivec2 at${tap} = ${tap === OWN_TAP ? 'texel' : `texelOfSlot(slotOfLink(${LINKS[tap]}))`};`),
];

/** Fetches four channels of a tap. The ink of dead cells is found only in the links. */
export function fetchLines({ channels }: ModelSpecification, group: number, tap: number, into: string): string[] {
  const lines = [`${into} = texelFetch(state${group}, at${tap}, 0);`];
  if (channels.ink >> 2 === group && tap !== OWN_TAP) {
    lines.push(`${into}.${LETTERS[channels.ink & 3]} = inkOfLink(${LINKS[tap]});`);
  }
  return lines;
}

/** Writes the filters of four channels, one at a time, from their `near0` to `near8`. */
export function filterText(model: Model, filters: number): (group: number, filter: number) => string {
  const { channels, perceive } = model.specification;
  const { values, scale } = gridOf(tensorOf(model.weights, 'perceive.kernel').data);
  return (group, filter) => {
    const terms = TAPS.map((tap) => {
      const row = COMPONENTS.map((component) => {
        const channel = group * 4 + component;
        return channel < channels.count ? values[(tap * channels.count + channel) * filters + filter] : 0;
      });
      return `${vector(row)} * near${tap}`;
    });
    return finished(terms.join(' + '), scale, perceive.activation);
  };
}
