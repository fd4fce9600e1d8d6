/** Numbers, vectors and matrices as GLSL. */
import { codeOf, type Activation } from '../../common/model/activations.ts';

/** The functions that {@link finished} uses. */
export const ACTIVATION_TEXT = '#include "activation.glsl"\n';

export const COMPONENTS = [0, 1, 2, 3] as const;
export const LETTERS = ['x', 'y', 'z', 'w'] as const;

/**
 * A float32 as GLSL.
 *
 * @throws RangeError if it is not finite; only numbers may get into a shader
 */
export function literal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be a constant of a shader.`);
  // Most weights are whole numbers (see `gridOf`), which need no rounding to float32.
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 24) return `${value}.0`;
  const text = String(Number(Math.fround(value).toPrecision(9)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

export function vector(values: readonly number[]): string {
  return `vec4(${values.map(literal).join(', ')})`;
}

/** @param entries column by column */
export function matrix(entries: readonly number[]): string {
  return `mat4(${entries.map(literal).join(', ')})`;
}

/** A sum of grid values, multiplied by the grid's scale and activated. The text may need {@link ACTIVATION_TEXT}. */
export function finished(sum: string, scale: number, activation: Activation): string {
  const scaled = scale === 1 ? `(${sum})` : `(${sum}) * ${literal(scale)}`;
  if (activation === 'none') return scaled;
  return activation === 'relu' ? `max(${scaled}, 0.0)` : `activated(${codeOf(activation)}, ${scaled})`;
}
