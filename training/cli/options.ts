/** What the training package's commands read from their options alike. */
import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../../engine/cli/command.ts';
import type { ModelSpecification } from '../../engine/common/model/specification.ts';

/**
 * A whole number of an option.
 * @throws UsageError that names the option
 */
export function parseWhole(text: string, option: string, low = 0, high = 0xffff_ffff): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high) {
    throw new UsageError(`${option} takes a whole number from ${low} to ${high}, not "${text}".`);
  }
  return value;
}

/** The part of a specification that makes weights of one fit the other, or null if all are the same. */
export function sameArchitecture(found: ModelSpecification, wanted: ModelSpecification): string | null {
  for (const part of ['classes', 'channels', 'perceive', 'update', 'life'] as const) {
    if (!isDeepStrictEqual(found[part], wanted[part])) {
      return `its ${part} are ${JSON.stringify(found[part])}, not ${JSON.stringify(wanted[part])}`;
    }
  }
  return null;
}

/**
 * One of a few words.
 * @throws UsageError that lists them
 */
export function parseChoice<T extends string>(text: string, option: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === text);
  if (!choice) throw new UsageError(`${option} takes ${choices.join(', ')}, not "${text}".`);
  return choice;
}
