/**
 * Colours for up to 48 classes, most distinct first: each is the colour of a grid over sRGB that is furthest from all
 * before it, by its distance in Oklab, seen as it is and with protanopia and deuteranopia. The first ten are those of
 * the digits. The closest pair is 0.083 apart in normal vision, and 0.040 with protanopia and deuteranopia. Only the
 * digits' own 1, 5 and 9 are closer then: 5 and 9 are 0.031 and 0.016 apart. A legend therefore names its classes too.
 */
import type { ModelClass } from './specification.ts';

/** sRGB bytes. */
// prettier-ignore
export const CLASS_COLORS: readonly ModelClass['color'][] = [
  [128, 0, 0], [230, 25, 75], [70, 240, 240], [210, 245, 60], [250, 190, 190], [170, 110, 40],
  [170, 255, 195], [165, 163, 159], [0, 128, 128], [128, 128, 0], [150, 0, 255], [255, 105, 255],
  [0, 45, 195], [0, 195, 0], [120, 0, 135], [165, 105, 195], [60, 75, 90], [30, 105, 15],
  [75, 165, 240], [135, 210, 135], [90, 90, 165], [180, 195, 255], [255, 195, 0], [0, 255, 135],
  [225, 120, 105], [195, 0, 210], [180, 45, 0], [255, 135, 195], [105, 120, 255], [60, 165, 120],
  [240, 150, 0], [150, 15, 90], [210, 75, 150], [0, 195, 210], [165, 90, 105], [255, 15, 210],
  [75, 45, 165], [165, 45, 150], [105, 60, 120], [90, 0, 225], [210, 120, 180], [120, 120, 165],
  [105, 60, 60], [225, 30, 255], [105, 105, 75], [180, 180, 105], [255, 210, 255], [150, 225, 75],
];

/** Classes of these names in the colours above. */
export function colorClasses(names: readonly string[]): ModelClass[] {
  return names.map((name, index) => ({ name, color: CLASS_COLORS[index] }));
}
