/** Which way to compute the step is right for this device: by trying. */
import { multiplyAdds } from '../../common/model/specification.ts';
import type { Model } from '../../common/model/weights.ts';
import type { Device } from '../../gpu/device.ts';
import { CapabilityError, ContextLostError, DeviceError } from '../../gpu/device-error.ts';
import type { GroupRange } from '../state-pair.ts';
import { createFused } from './fused.ts';
import { createLayered } from './layered.ts';
import { isSoftwareSpeed, readyingMilliseconds } from './speed.ts';
import type { StepProgram } from './step-program.ts';
import {
  hasWeightsInText,
  parseStrategy,
  PROGRAMS,
  quickProgram,
  STRATEGIES,
  strategyName,
  targetsOf,
  type ProgramName,
  type Strategy,
} from './strategies.ts';

/** Multiply-adds up to which a network is worth writing out: compilers take minutes over more. */
const MOST_CONSTANTS = 60_000;

/** With uniform blocks of this size the weights of every network that is worth writing out find room. */
const QUICK_BLOCK_BYTES = 65_536;

/** A candidate that has not compiled by then is given up; where the browser compiles it beside the page. */
const PATIENCE_SECONDS = 30;
const POLL_MILLISECONDS = 50;

/** For how long a trial may keep the GPU, and with it the page's pictures, from everything else. */
const MOST_READYING_MILLISECONDS = 2000;

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
  const { program } = strategyOf(strategy);
  const targets = targetsOf(program);
  switch (program) {
    case 'texture':
    case 'uniform':
    case 'blocks':
    case 'constants':
      return createFused(device, model, ranges, program);
    case 'layered-texture':
      return createLayered(device, model, ranges, targets, 'texture', program);
    case 'layered-blocks':
      return createLayered(device, model, ranges, targets, 'block', program);
    default:
      return createLayered(device, model, ranges, targets, 'constants', program);
  }
}

/**
 * What a strategy's name says.
 * @throws DeviceError if there is no such strategy
 */
export function strategyOf(name: string): Strategy {
  const strategy = parseStrategy(name);
  if (strategy) return strategy;
  throw new DeviceError(`There is no strategy "${name}"; there are ${STRATEGIES.join(', ')}.`);
}

/**
 * The strategy to start on. SwiftShader is known to gain most from constants,
 * whatever a noisy measurement says; a real GPU begins with what its compiler
 * likes, until the others have been tried; what is too large for either, and a
 * processor that plays a GPU, whose compiler takes seconds over everything
 * else, have the weights in a texture.
 */
export async function firstStrategy(device: Device, { specification }: Model): Promise<string> {
  if (multiplyAdds(specification) > MOST_CONSTANTS) return 'texture';
  if (device.isSwiftShader) return 'constants';
  if (await isSoftwareSpeed(device)) return 'texture';
  return device.capabilities.uniformBlockBytes >= QUICK_BLOCK_BYTES ? quickProgram(specification) : 'texture';
}

/**
 * The programs worth trying beside the first. A processor that plays a GPU
 * compiles loops over uniform blocks for longest and gains most from constants;
 * those are tried only where a program of a few of them tells that they do not
 * take too long.
 */
export async function candidatesFor(device: Device, model: Model): Promise<readonly string[]> {
  if (device.isSwiftShader) return [];
  const offered = PROGRAMS.filter((name) => isOffered(device, model, name));
  if (!(await isSoftwareSpeed(device))) return offered;
  const simple = offered.filter((name) => name === 'layered-texture');
  if (!offered.includes('constants')) return simple;
  const milliseconds = await readyingMilliseconds(device, multiplyAdds(model.specification));
  return milliseconds > MOST_READYING_MILLISECONDS ? simple : [...simple, 'constants'];
}

/**
 * Whether a program may be chosen by trial. Without a compiler that works
 * beside the page, a generated shader would freeze it for seconds while
 * somebody plays; who asks for one by name waits knowingly.
 */
export function isOffered({ capabilities }: Device, { specification }: Model, program: ProgramName): boolean {
  if (targetsOf(program) > capabilities.drawBuffers) return false;
  return !hasWeightsInText(program) || (capabilities.parallelCompile && multiplyAdds(specification) <= MOST_CONSTANTS);
}

/** A program, and whether the state is kept in half floats where the GPU would take float32. */
export interface Computation {
  readonly program: StepProgram;
  readonly half: boolean;
}

/** What a trial needs of the machine whose computation is to be chosen. */
export interface Trial {
  /** What there is; the trial never frees it. */
  readonly current: Computation;
  /** Whether the GPU leaves a choice between float32 and half floats. */
  readonly canHalve: boolean;
  /** Compiles the program of a strategy. */
  create(strategy: string): Promise<StepProgram>;
  /** Milliseconds that a step takes. */
  measure(computation: Computation): Promise<number>;
  /** Whether it computes what the reference does. */
  verify(computation: Computation): Promise<boolean>;
  /** Whether nothing is to be chosen any more; what there is then stays. */
  isOver(): boolean;
}

export interface Choice {
  readonly computation: Computation;
  /** What failed on this GPU, one sentence each; what is slower, or asks for too much, did not fail. */
  readonly rejected: readonly string[];
}

/**
 * Tries programs one after the other, then the best of them with the state in
 * half floats, and gives the best, which may be what there is. Other programs
 * are freed. What there is goes only where it computes wrong numbers and
 * another does not.
 * @param candidates programs to be tried
 * @param hint the strategy that was best here before: if it works, nothing is measured
 */
export async function chooseComputation(trial: Trial, candidates: readonly string[], hint?: string): Promise<Choice> {
  const { current } = trial;
  const rejected: string[] = [];
  let best = current;
  let bestTime: number | null = null;

  /** @returns whether the strategy is the best now */
  const attempt = async (name: string, isMeasured: boolean): Promise<boolean> => {
    if (trial.isOver()) return false;
    let made: StepProgram | null = null;
    try {
      const strategy = strategyOf(name);
      if (strategy.program !== best.program.name) {
        made = await withPatience(trial, name);
      }
      const computation = { program: made ?? best.program, half: strategy.half };
      if (!(await trial.verify(computation))) {
        throw new DeviceError(`The strategy "${name}" computes wrong numbers on this GPU and is not used.`);
      }
      if (isMeasured) {
        bestTime ??= await trial.measure(best);
        const time = await trial.measure(computation);
        if (time > bestTime * WORTHWHILE) {
          made?.dispose();
          return false;
        }
        bestTime = time;
      }
      if (made && best.program !== current.program) best.program.dispose();
      best = computation;
      return true;
    } catch (error) {
      made?.dispose();
      if (!(error instanceof DeviceError)) throw error;
      const isFault = !(error instanceof CapabilityError || error instanceof ContextLostError);
      if (isFault && !trial.isOver()) rejected.push(sentenceOf(name, error));
      return false;
    }
  };

  if (hint !== undefined && (hint === nameOf(current) || (await attempt(hint, false)))) {
    return { computation: best, rejected };
  }
  if (candidates.length > 0 && !trial.isOver() && !(await trial.verify(current))) {
    rejected.push(`The strategy "${nameOf(current)}" computes wrong numbers on this GPU.`);
    // Whatever computes right takes its place, however slow.
    bestTime = Infinity;
  }
  for (const name of candidates) {
    if (name !== current.program.name && name !== hint) await attempt(name, true);
  }
  if (trial.isOver()) {
    if (best.program !== current.program) best.program.dispose();
    return { computation: current, rejected: [] };
  }
  const halved = strategyName(best.program.name, true);
  if (trial.canHalve && candidates.length > 0 && !best.half && halved !== hint) await attempt(halved, true);
  return { computation: best, rejected };
}

/** Why a strategy is not used; a driver's own complaint does not say which one it is. */
function sentenceOf(name: string, { message }: DeviceError): string {
  return message.includes(`"${name}"`) ? message : `The strategy "${name}" is not used: ${message}`;
}

/** The name of the strategy that a computation is. */
export function nameOf({ program, half }: Computation): string {
  return strategyName(program.name, half);
}

/** The program of a strategy; one that comes too late, or when the trial is over, is freed when it comes. */
function withPatience(trial: Trial, name: string): Promise<StepProgram> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const giveUp = (message: string): void => {
      isLate = true;
      clearInterval(timer);
      reject(new DeviceError(message));
    };
    let waits = 0;
    const timer = setInterval(() => {
      waits += 1;
      if (trial.isOver()) giveUp('The trial is over.');
      else if (waits * POLL_MILLISECONDS > PATIENCE_SECONDS * 1000) {
        giveUp(`The strategy "${name}" took over ${PATIENCE_SECONDS} s to compile and is not used.`);
      }
    }, POLL_MILLISECONDS);
    trial.create(name).then(
      (program) => {
        clearInterval(timer);
        if (isLate) program.dispose();
        else resolve(program);
      },
      (error: unknown) => {
        clearInterval(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
