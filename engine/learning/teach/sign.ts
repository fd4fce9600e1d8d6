/** What a model is taught: a sign with its name, its colour, and drawings of it. */
import type { Stroke } from '../../common/handwriting/stroke.ts';
import type { ModelClass } from '../../common/model/specification.ts';

/** A point of a drawn stroke in cells; x to the right, y down. The origin does not matter. */
export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}

/** What was drawn between touching the paper and leaving it. */
export type DrawnStroke = readonly DrawnPoint[];

/** One drawing of a sign. */
export type Drawing = readonly DrawnStroke[];

/** A sign to be taught. If the model has a class of this name, it learns further drawings of that class. */
export interface Sign {
  /** The name of the class, 1 to 32 characters. */
  readonly name: string;
  /** In sRGB bytes; a colour that no class has yet by default. */
  readonly color?: ModelClass['color'];
  readonly drawings: readonly Drawing[];
}

/** A drawing as the brush draws it, with full pressure; strokes without points are left out. */
export function strokesOf(drawing: Drawing): Stroke[] {
  return drawing.filter(({ length }) => length > 0).map((stroke) => stroke.map(({ x, y }) => ({ x, y, pressure: 1 })));
}
