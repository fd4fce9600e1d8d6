/** The contract between data and a model: every label of the data is a class of the model. */
import { DataError } from './idx.ts';
import type { Digits } from './digits.ts';

/** A few names, for a message. */
export function listNames(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 10).join(', ')}, … ${names[names.length - 1]}` : names.join(', ');
}

/**
 * The digits with their labels counted as the model counts its classes: by the names of the classes if the data has
 * names, else by their numbers.
 * @throws DataError in one sentence if the model has no class for a label
 */
export function labelledFor(digits: Digits, modelClasses: readonly string[]): Digits {
  const { labels, classNames, name } = digits;
  const classOf = new Int16Array(256).fill(-1);
  for (let label = 0; label < 256; label += 1) {
    if (classNames === null) classOf[label] = label < modelClasses.length ? label : -1;
    else if (label < classNames.length) classOf[label] = modelClasses.indexOf(classNames[label]);
  }
  const bad = labels.findIndex((label) => classOf[label] < 0);
  if (bad >= 0) {
    const label = labels[bad];
    const said = classNames?.[label] === undefined ? `the label ${label}` : `the class "${classNames[label]}"`;
    throw new DataError(
      `The data (${name}) has ${said}, and the model has no such class; its classes are ${listNames(modelClasses)}.`,
    );
  }
  // Digits in the model's own order stay as they are.
  if (labels.every((label) => classOf[label] === label)) return { ...digits, classNames: modelClasses };
  return { ...digits, labels: labels.map((label) => classOf[label]), classNames: modelClasses };
}
