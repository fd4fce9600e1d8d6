/** Checks what scripts ask `window.nca.teach` for. */
import type { Sign } from '../../../learning/teach/sign.ts';
import { checkRecord, checkSeed, checkWhole } from '../../../session/arguments.ts';
import { describe } from '../../../session/settings.ts';
import { drawingsIn } from './drawing-sheet.ts';
import { TEACH_BACKEND_CHOICES } from '../../../learning/teach/teacher.ts';
import type { CourseOptions } from './teaching.ts';

const MOST_SECONDS = 3600;
const MOST_STEPS = 100_000;

/** @throws TypeError or RangeError that names the value that cannot be used */
export function checkTeachArguments(sign: unknown, given: unknown): { sign: Sign; options: CourseOptions } {
  const { name, color, drawings } = checkRecord('The sign', sign);
  if (typeof name !== 'string') throw new TypeError(`The name of the sign must be a text, not ${describe(name)}.`);
  const checked = drawingsIn(drawings);
  if (!checked)
    throw new TypeError('The drawings must be lists of strokes, which are lists of points {x, y} in cells.');
  const { seconds, steps, seed, backend } = checkRecord('The options of "teach"', given ?? {});
  return {
    sign: { name, drawings: checked, ...(color === undefined ? {} : { color: checkColor(color) }) },
    options: {
      ...(seconds === undefined ? {} : { seconds: checkSeconds(seconds) }),
      ...(steps === undefined ? {} : { steps: checkWhole('"steps"', steps, 1, MOST_STEPS) }),
      ...(seed === undefined ? {} : { seed: checkSeed(seed) }),
      ...(backend === undefined ? {} : { backend: checkBackend(backend) }),
    },
  };
}

function checkColor(value: unknown): [number, number, number] {
  if (!Array.isArray(value) || value.length !== 3) {
    throw new TypeError(`The colour must be three bytes, red, green and blue, not ${describe(value)}.`);
  }
  const [red, green, blue] = value.map((byte: unknown) => checkWhole('A byte of the colour', byte, 0, 255));
  return [red, green, blue];
}

function checkBackend(value: unknown): (typeof TEACH_BACKEND_CHOICES)[number] {
  const found = TEACH_BACKEND_CHOICES.find((choice) => choice === value);
  if (found) return found;
  throw new TypeError(`"backend" must be one of ${TEACH_BACKEND_CHOICES.join(', ')}, not ${describe(value)}.`);
}

function checkSeconds(value: unknown): number {
  if (typeof value === 'number' && value > 0 && value <= MOST_SECONDS) return value;
  throw new RangeError(`"seconds" must be a number from 0 to ${MOST_SECONDS}, not ${describe(value)}.`);
}
