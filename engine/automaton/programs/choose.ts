/** Which way to compute the step is right for this device: by name, or by trying. */
import { multiplyAdds } from '../../common/model/specification.ts';
import type { Model } from '../../common/model/weights.ts';
import { CapabilityError, DeviceError, type Device } from '../../gpu/device.ts';
import type { GroupRange } from '../slot-store.ts';
import { createFused } from './fused.ts';
import type { StepProgram } from './step-program.ts';
import { isStrategy, STRATEGIES } from './strategies.ts';

/** Multiply-adds up to which a network is worth writing out: compilers take minutes over more. */
const MOST_CONSTANTS = 60_000;

/** A candidate that has not compiled by then is given up. */
const PATIENCE_SECONDS = 30;

/** Another strategy has to be this much faster to be taken, so that noise does not decide. */
const WORTHWHILE = 0.9;

/**
 * @param strategy one of {@link STRATEGIES}
 * @throws DeviceError if there is no such strategy, or it does not run on this GPU
 */
export async function createStepProgram(
  device: Device,
  model: Model,
  ranges: readonly GroupRange[],
  strategy: string,
): Promise<StepProgram> {
  if (!isStrategy(strategy)) {
    throw new DeviceError(`There is no strategy "${strategy}"; there are ${STRATEGIES.join(', ')}.`);
  }
  return createFused(device, model, ranges, strategy);
}

/**
 * The strategy to start on. A renderer in software is known to gain most from
 * constants, whatever a noisy measurement says; elsewhere it is the one that
 * compiles at once, until the others have been tried.
 */
export function firstStrategy(device: Device, { specification }: Model): string {
  return device.isSoftware && multiplyAdds(specification) <= MOST_CONSTANTS ? 'constants' : 'texture';
}

/** The strategies worth trying beside the first. */
export function candidatesFor(device: Device, { specification }: Model): readonly string[] {
  if (device.isSoftware) return [];
  return STRATEGIES.filter((name) => name !== 'constants' || multiplyAdds(specification) <= MOST_CONSTANTS);
}

/** What a trial needs of the machine whose program is to be chosen. */
export interface Trial {
  readonly device: Device;
  readonly model: Model;
  readonly ranges: readonly GroupRange[];
  readonly program: StepProgram;
  /** Milliseconds that a step takes with a program. */
  measure(program: StepProgram): Promise<number>;
  /** Whether a program computes what the reference does. */
  verify(program: StepProgram): Promise<boolean>;
}

export interface Choice {
  readonly program: StepProgram;
  /** What failed on this GPU, one sentence each; what is slower, or asks for too much, did not fail. */
  readonly rejected: readonly string[];
}

/**
 * Tries the candidates one after the other and gives the best program, which
 * may be the one there is. The others are freed.
 */
export async function chooseProgram(trial: Trial, candidates: readonly string[]): Promise<Choice> {
  const rejected: string[] = [];
  let best = trial.program;
  let bestTime: number | null = null;
  for (const name of candidates) {
    let program: StepProgram | null = null;
    try {
      program = await withPatience(createStepProgram(trial.device, trial.model, trial.ranges, name), name);
      if (!(await trial.verify(program))) {
        throw new DeviceError(`The strategy "${name}" computes wrong numbers on this GPU and is not used.`);
      }
      const isOnly = candidates.length === 1;
      bestTime ??= isOnly ? Infinity : await trial.measure(best);
      const time = isOnly ? 0 : await trial.measure(program);
      if (time > bestTime * WORTHWHILE) {
        program.dispose();
        continue;
      }
      if (best !== trial.program) best.dispose();
      best = program;
      bestTime = time;
    } catch (error) {
      program?.dispose();
      if (!(error instanceof DeviceError)) throw error;
      if (!(error instanceof CapabilityError)) rejected.push(error.message);
    }
  }
  return { program: best, rejected };
}

/** A program that comes too late is freed when it comes. */
function withPatience(made: Promise<StepProgram>, name: string): Promise<StepProgram> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new DeviceError(`The strategy "${name}" took over ${PATIENCE_SECONDS} s to compile and is not used.`));
    }, PATIENCE_SECONDS * 1000);
    made.then(
      (program) => {
        clearTimeout(timer);
        if (isLate) program.dispose();
        else resolve(program);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
