/** Runs a course until its time is over, and tells how it goes. */
import { sha256 } from '../../common/digest/sha256.ts';
import { encodeModelFile } from '../../common/model/file.ts';
import type { ModelSpecification, TeachingRecord } from '../../common/model/specification.ts';
import type { Model } from '../../common/model/weights.ts';
import { nameWeights } from '../rollout/layers.ts';
import { measure, prepareExamination } from './measure.ts';
import { prepareCourse } from './prepare.ts';
import { TEACHING } from './recipe.ts';
import { storeDrawings } from './stored-drawings.ts';
import type { PupilSettings } from './pupil.ts';
import type { Measurement, TeachListener, TeachRequest, TeachResult } from './teacher.ts';
import type { Team } from './team.ts';

/** How long a course takes if nobody says so. */
export const USUAL_SECONDS = 90;
/** A sign that most of its drawings are already read as is told before learning. */
const KNOWN_SHARE = 0.6;
const MODEL_SECONDS = 1;
const MEASURE_SECONDS = 8;
/** What seems to take longer than this is something during which the device was asleep. */
const MOST_AWAKE_SECONDS = 20;

/** What runs a course: threads, and time. */
export interface CourseHost {
  /** Starts the threads. */
  readonly startTeam: (settings: PupilSettings) => Promise<Team>;
  /** Seconds since some moment. */
  readonly clock: () => number;
  /** Asked after every step; true ends the course. */
  readonly shouldStop: () => boolean;
  /** Called between steps: lets messages arrive, and does not return while the course is paused. */
  readonly breathe: () => Promise<void>;
}

/**
 * @throws TeachError if the signs cannot be taught
 */
export async function runCourse(
  request: TeachRequest,
  host: CourseHost,
  listener: TeachListener,
): Promise<TeachResult> {
  const { model, signs, seed = 0, steps = null } = request;
  const limit = steps === null ? (request.seconds ?? USUAL_SECONDS) : Infinity;
  const { course, settings, model: extended, learnt, heldBack } = prepareCourse(model, signs, TEACHING, seed);
  const { specification } = extended;
  const team = await host.startTeam(settings);
  const examination = prepareExamination(heldBack);
  const look = (): Promise<Measurement> => measure(examination, specification, course.result(), team);
  const present = (record: ModelSpecification['taught']): Model => ({
    specification: { ...nameTaught(specification, request), accuracy: null, ...(record && { taught: record }) },
    weights: nameWeights(specification, course.result()),
  });

  let measurement = await look();
  tellKnownSigns(measurement, listener);
  listener.measured?.(measurement, 0);
  listener.model?.(present(model.specification.taught), 0);
  const since = (start: number): number => Math.min(host.clock() - start, MOST_AWAKE_SECONDS);
  let seconds = 0;
  let modelAt = 0;
  let measuredAt = 0;
  while (course.step < (steps ?? Infinity) && seconds < limit && !host.shouldStop()) {
    await host.breathe();
    const start = host.clock();
    const loss = await course.learn(team);
    seconds += since(start);
    const share = steps === null ? Math.min(1, seconds / limit) : course.step / steps;
    listener.progress?.({ step: course.step, steps, seconds, share, loss });
    if (listener.model && seconds - modelAt >= MODEL_SECONDS) {
      modelAt = seconds;
      listener.model(present(model.specification.taught), course.step);
    }
    if (listener.measured && seconds - measuredAt >= MEASURE_SECONDS) {
      const before = host.clock();
      listener.measured(await look(), course.step);
      // What is looked at takes time from learning.
      seconds += since(before);
      measuredAt = seconds;
    }
  }
  measurement = await look();
  listener.measured?.(measurement, course.step);
  const record: TeachingRecord = {
    from: sha256(encodeModelFile(model)),
    signs: signs.map(({ name }, index) => ({
      name,
      drawings: storeDrawings(learnt[index]),
      cellAccuracy: measurement.signs[index].accuracy,
    })),
    steps: course.step,
    seed,
    backend: team.backend,
    digitCellAccuracy: measurement.digits.accuracy,
  };
  return {
    model: present([...(model.specification.taught ?? []), record]),
    measurement,
    seconds,
    steps: course.step,
    backend: team.backend,
  };
}

const NAME_ENDING = '-taught';
const LONGEST_NAME = 64;
const LONGEST_DESCRIPTION = 2000;

/** The specification under a name of its own, so that nobody takes it for the model that it began as. */
function nameTaught({ name, description, ...rest }: ModelSpecification, { signs }: TeachRequest): ModelSpecification {
  const base = name.endsWith(NAME_ENDING) ? name : name.slice(0, LONGEST_NAME - NAME_ENDING.length) + NAME_ENDING;
  const taught = `Taught by drawings: ${signs.map((sign) => sign.name).join(', ')}.`;
  return { ...rest, name: base, description: `${description} ${taught}`.slice(0, LONGEST_DESCRIPTION) };
}

/** Tells of new signs whose drawings the model already takes for something it knows. */
function tellKnownSigns({ signs }: Measurement, listener: TeachListener): void {
  signs.forEach(({ confusion }, sign) => {
    if (confusion && confusion.share >= KNOWN_SHARE) {
      listener.issue?.({ severity: 'hint', sign, kind: 'known-sign', ...confusion });
    }
  });
}
