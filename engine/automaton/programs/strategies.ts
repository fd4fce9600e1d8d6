/** The ways to compute a step, by where the weights stand; the quickest to compile first. */
export const STRATEGIES = ['texture', 'uniform', 'constants'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export function isStrategy(name: string): name is Strategy {
  return STRATEGIES.some((strategy) => strategy === name);
}
