/** Measures how well a model reads drawings that were held back, and handwritten digits. */
import { drawDigit } from '../../common/handwriting/draw-digit.ts';
import type { Stroke } from '../../common/handwriting/stroke.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';
import { Random } from '../../common/random/random.ts';
import type { Sample } from '../rollout/batch.ts';
import { scoresOf, tallyOf, type Verdict } from '../rollout/tally.ts';
import { drawGlyph } from '../strokes/draw-glyph.ts';
import type { Lesson } from './course.ts';
import type { Look } from './pupil.ts';
import type { Measurement, Score, SignScore } from './teacher.ts';
import type { Team } from './team.ts';

/** Drawings of each sign, and digits; few, since a measurement takes the time of some training steps. */
const SIGN_SAMPLES = 12;
const DIGIT_SAMPLES = 20;
const DIGITS = 10;
const STEPS = 80;
/** Samples of a look. It is fixed, so that the number of workers does not change the result. */
const LOOK_SAMPLES = 6;
const MEASURE_STREAM = 0x6d656173;

/** Sizes and pens that drawings are measured with, upright as they were drawn. */
const HEIGHTS = [14, 18, 22];
const RADIUS = 1.5;

/** What a model is measured on; always the same for the same drawings. */
export interface Examination {
  readonly signs: readonly { readonly label: number; readonly samples: readonly Sample[] }[];
  readonly digits: readonly Sample[];
}

/** Draws everything that is measured on. */
export function prepareExamination(heldBack: readonly Lesson[]): Examination {
  const random = new Random(MEASURE_STREAM);
  return {
    signs: heldBack.map(({ label, drawings }) => ({
      label,
      samples: Array.from({ length: SIGN_SAMPLES }, (_, index) => ({
        pixels: drawUpright(drawings[index % drawings.length], HEIGHTS[index % HEIGHTS.length], random),
        label,
        state: null,
      })),
    })),
    digits: Array.from({ length: DIGIT_SAMPLES }, (_, index) => ({
      pixels: drawDigit(random, index % DIGITS),
      label: index % DIGITS,
      state: null,
    })),
  };
}

function drawUpright(strokes: readonly Stroke[], height: number, random: Random): Uint8Array {
  return drawGlyph(strokes, { height, radius: RADIUS, turnDegrees: 0, slant: 0, stretch: 1 }, random);
}

/** Measures weights; the digits are those classes of the model that have their names. */
export async function measure(
  { signs, digits }: Examination,
  { classes }: ModelSpecification,
  weights: Float32Array,
  team: Pick<Team, 'look'>,
): Promise<Measurement> {
  const named = digits.flatMap((sample) => {
    const label = classes.findIndex(({ name }) => name === String(sample.label));
    return label < 0 ? [] : [{ ...sample, label }];
  });
  const samples = [...signs.flatMap((sign) => sign.samples), ...named];
  const looks: Look[] = [];
  for (let start = 0; start < samples.length; start += LOOK_SAMPLES) {
    looks.push({ weights, samples: samples.slice(start, start + LOOK_SAMPLES), seed: start, steps: STEPS });
  }
  const verdicts = (await team.look(looks)).flat();
  return {
    signs: signs.map(({ label }, index): SignScore => {
      const own = verdicts.slice(index * SIGN_SAMPLES, (index + 1) * SIGN_SAMPLES);
      return { name: classes[label].name, ...scoreOf(own), confusion: confusionOf(own, label, classes) };
    }),
    digits: scoreOf(verdicts.slice(signs.length * SIGN_SAMPLES)),
  };
}

function scoreOf(verdicts: readonly Verdict[]): Score {
  const { cellAccuracy, majorityAccuracy } = scoresOf(tallyOf(verdicts));
  return { accuracy: cellAccuracy, majority: majorityAccuracy };
}

/** The class that most drawings are taken for that are not read as `label`. */
function confusionOf(
  verdicts: readonly Verdict[],
  label: number,
  classes: ModelSpecification['classes'],
): SignScore['confusion'] {
  const counts = classes.map((_, vote) => verdicts.filter((verdict) => verdict.vote === vote && vote !== label).length);
  const most = Math.max(...counts);
  return most === 0 ? null : { name: classes[counts.indexOf(most)].name, share: most / verdicts.length };
}
