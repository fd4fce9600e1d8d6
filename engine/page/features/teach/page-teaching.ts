/** What a page's scripts and features teach with: one course at a time, on the canvas. */
import { checkSigns } from '../../../learning/teach/check-signs.ts';
import { openTeacher } from '../../../learning/teach/open-teacher.ts';
import type { Playground } from '../../../session/playground.ts';
import type { ModelLibrary } from '../../shell/models.ts';
import { checkTeachArguments } from './teach-arguments.ts';
import { Teaching } from './teaching.ts';
import { TEACH_TEXTS } from './texts/index.ts';

/** What came of a course, for scripts. */
export interface TaughtFigures {
  /** The share of cells of held-back drawings of the sign, and of digits, that are right at step 80. */
  readonly accuracy: number;
  readonly digitsAccuracy: number;
  readonly seconds: number;
  readonly steps: number;
  readonly backend: string;
}

export function createTeaching(playground: Playground, library: ModelLibrary): Teaching {
  const isTaken = (name: string): boolean => library.choices.some((one) => one.name === name);
  return new Teaching(playground, openTeacher, isTaken);
}

/**
 * Teaches a sign to the model on the canvas, and keeps it.
 *
 * @throws Error that says what is wrong with the sign; nothing is learnt in that case
 */
export async function teachAndKeep(
  { playground, library }: { readonly playground: Playground; readonly library: ModelLibrary },
  teaching: Teaching,
  sign: unknown,
  options: unknown,
): Promise<TaughtFigures> {
  const checked = checkTeachArguments(sign, options);
  const fault = checkSigns(playground.simulation.model.specification, [checked.sign]).find(
    ({ severity }) => severity === 'error',
  );
  if (fault) {
    const places = 'drawings' in fault ? fault.drawings : 'drawing' in fault ? [fault.drawing] : [];
    throw new Error(
      TEACH_TEXTS.en.issue(
        fault,
        places.map((place) => place + 1),
      ),
    );
  }
  const { measurement, seconds, steps, backend } = await teaching.learn(checked.sign, checked.options);
  const model = teaching.keep();
  if (model) library.keep(model);
  const accuracy = measurement.signs[0].accuracy;
  return { accuracy, digitsAccuracy: measurement.digits.accuracy, seconds, steps, backend };
}
