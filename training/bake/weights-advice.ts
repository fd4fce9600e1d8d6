/** What to do about weights that are not those of their specification: most often the axes of another framework. */
import type { ModelSpecification } from '../../engine/common/model/specification.ts';
import type { ModelError } from '../../engine/common/model/model-error.ts';
import { weightShapes, type Weights } from '../../engine/common/model/weights.ts';

const NAMES_SHOWN = 8;

/** One or two sentences for the user, or null if there is nothing to advise. */
export function adviceOn({ field }: ModelError, specification: ModelSpecification, weights: Weights): string | null {
  if (field === null) return null;
  const wanted = weightShapes(specification).get(field);
  if (!wanted) return adviceOnUnknown(field, specification);
  const found = weights.get(field)?.shape;
  if (!found) return adviceOnMissing([...weights.keys()]);
  const remedy = remedyFor(field, found, wanted);
  return remedy && `In Python: weights["${field}"] = ${remedy}`;
}

function adviceOnUnknown(name: string, specification: ModelSpecification): string {
  if (name === 'perceive.bias') {
    return 'A depthwise perception has no bias: without an activation add "bias @ update.0.kernel" to update.0.bias and leave it out.';
  }
  return `Its tensors are ${[...weightShapes(specification).keys()].join(', ')}.`;
}

function adviceOnMissing(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => name.slice(0, 40));
  const more = names.length > NAMES_SHOWN ? ', …' : '';
  const held = names.length > 0 ? `The file holds ${shown.join(', ')}${more}` : 'The file holds no tensors';
  return `${held}; training/SPECIFICATION.md tells how weights come out of flax, Keras and PyTorch.`;
}

/** The line of Python that brings a tensor of another framework into the shape that is wanted. */
function remedyFor(name: string, found: readonly number[], wanted: readonly number[]): string | null {
  const tensor = `weights["${name}"]`;
  const [rows, columns] = wanted.slice(-2);
  const isShape = (...shape: number[]): boolean => String(shape) === String(found);
  if (name === 'perceive.kernel') {
    if (isShape(columns, rows, 3, 3)) return `${tensor}.transpose(2, 3, 1, 0)`;
    if (isShape(rows * columns, 1, 3, 3)) return `${tensor}.transpose(2, 3, 1, 0).reshape(3, 3, ${rows}, ${columns})`;
    if (isShape(3, 3, 1, rows * columns)) return `${tensor}.reshape(3, 3, ${rows}, ${columns})`;
    return null;
  }
  if (isShape(columns, rows)) return `${tensor}.T`;
  if (isShape(1, 1, rows, columns)) return `${tensor}[0, 0]`;
  if (isShape(columns, rows, 1, 1)) return `${tensor}[:, :, 0, 0].T`;
  return null;
}
