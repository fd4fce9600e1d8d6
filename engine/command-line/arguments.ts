/** Parses and checks the values of a command's options. */
import { UsageError } from './command.ts';

/**
 * Parses an option's value as a whole number from `low` to `high`.
 * @throws UsageError that names the option
 */
export function parseWhole(text: string, option: string, low = 0, high = 0xffff_ffff): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high) {
    throw new UsageError(`${option} takes a whole number from ${low} to ${high}, not "${text}".`);
  }
  return value;
}

/**
 * Parses an option's value as a number from `low` to `high`, such as "1.5".
 * @throws UsageError that names the option
 */
export function parseNumber(text: string, option: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high)) {
    throw new UsageError(`${option} takes a number from ${low} to ${high}, not "${text}".`);
  }
  return value;
}

/**
 * Checks that an option's value is one of `choices`, and returns it.
 * @throws UsageError that lists them
 */
export function parseChoice<T extends string>(text: string, option: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === text);
  if (!choice) throw new UsageError(`${option} takes ${choices.join(', ')}, not "${text}".`);
  return choice;
}
