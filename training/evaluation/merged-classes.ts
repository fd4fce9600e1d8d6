/** Classes that are counted as one, such as the letter O and the digit 0, which no reader can tell apart. */
import { UsageError } from '../../engine/command-line/command.ts';
import { NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { scoresOf, tallyOf, verdictOf, type Scores, type Verdict } from '../../engine/learning/rollout/tally.ts';
import { listNames } from '../digits/contract.ts';

export interface MergedClasses {
  /** The names of the classes that count as one, group by group. */
  readonly groups: readonly (readonly string[])[];
  /** For each class, the first class of its group, or the class itself. */
  readonly countsAs: readonly number[];
}

/**
 * Parses groups of class names such as "O=0,I=1=L".
 * @throws UsageError that shows a value that works
 */
export function parseMergedClasses(text: string, classNames: readonly string[]): MergedClasses {
  const example = classNames.length > 1 ? `${classNames[0]}=${classNames[1]}` : 'O=0';
  const refuse = (fault: string): never => {
    throw new UsageError(`--merge takes groups of classes such as ${example}, and ${fault}.`);
  };
  const groups = text.split(',').map((group) => group.split('=').map((name) => name.trim()));
  const countsAs = classNames.map((_, label) => label);
  const seen = new Set<string>();
  for (const group of groups) {
    if (group.length < 2) refuse(`"${group.join('=')}" is not two classes`);
    for (const name of group) {
      if (!classNames.includes(name)) {
        refuse(`the model has no class "${name}"; its classes are ${listNames(classNames)}`);
      }
      if (seen.has(name)) refuse(`"${text}" names ${name} twice`);
      seen.add(name);
    }
    const labels = group.map((name) => classNames.indexOf(name));
    for (const label of labels) countsAs[label] = Math.min(...labels);
  }
  return { groups, countsAs };
}

/** What a digit says when merged classes are one: their cells say the first class of the group. */
function mergeVerdict({ label, cellsOfClass, undecidedCells }: Verdict, { countsAs }: MergedClasses): Verdict {
  const merged = cellsOfClass.map(() => 0);
  cellsOfClass.forEach((cells, said) => (merged[countsAs[said]] += cells));
  return verdictOf(label === NO_CLASS ? NO_CLASS : countsAs[label], merged, undecidedCells);
}

/** The scores of some verdicts when merged classes are one. */
export function mergedScores(verdicts: readonly Verdict[], merged: MergedClasses): Scores {
  return scoresOf(tallyOf(verdicts.map((verdict) => mergeVerdict(verdict, merged))));
}

/** The groups for people, such as "O = 0, I = 1". */
export function describeGroups(groups: MergedClasses['groups']): string {
  return groups.map((group) => group.join(' = ')).join(', ');
}
