/** Finds the best strategy for this device by trying several. */
import { multiplyAdds } from '../../common/model/specification.ts';
import type { Model } from '../../common/model/weights.ts';
import type { Device } from '../../gpu/device.ts';
import { CapabilityError, ContextLostError, DeviceError } from '../../gpu/device-error.ts';
import { packedLength, packNetwork, vectorsFor } from '../packed-network.ts';
import type { GroupRange } from '../state-pair.ts';
import { createFused } from './fused.ts';
import { createLayered } from './layered.ts';
import { isSoftwareSpeed, readyingMilliseconds } from './speed.ts';
import type { StepProgram } from './step-program.ts';
import {
  canPair,
  isSlowToCompile,
  GPU_PROGRAMS,
  orderFor,
  parseStrategy,
  quickProgram,
  STRATEGIES,
  strategyName,
  targetsOf,
  type ProgramName,
  type Strategy,
} from './strategies.ts';

/**
 * The largest network, in multiply-adds, whose weights are worth writing into a single shader. Compilers take minutes for
 * larger ones.
 */
const MOST_CONSTANTS = 60_000;

/** The largest network whose layers are worth a program of their own, with the weights as constants or in blocks. */
const MOST_LAYERED = 100_000;

/** Uniform blocks of this size have room for the weights of every network that is worth writing into the shader. */
const QUICK_BLOCK_BYTES = 65_536;

/** A candidate that has not compiled after this time is given up, if the browser compiles in parallel. */
const PATIENCE_SECONDS = 30;
const POLL_MILLISECONDS = 50;

/** How long a trial may block the GPU, and with it the rendering of the page. */
const MOST_READYING_MILLISECONDS = 2000;

/** Another strategy must take at most this share of the time to be chosen, so that noise does not decide. */
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
    case 'paired': {
      const { createPaired } = await import('./paired.ts').catch((cause: unknown) => {
        throw new DeviceError('The program "paired" could not be loaded.', { cause });
      });
      return createPaired(device, model, ranges);
    }
    case 'layered-texture':
      return createLayered(device, model, ranges, targets, 'texture', program);
    case 'layered-blocks':
      return createLayered(device, model, ranges, targets, 'looped-block', program);
    case 'layered-unrolled':
      return createLayered(device, model, ranges, targets, 'block', program);
    default:
      return createLayered(device, model, ranges, targets, 'constants', program);
  }
}

/**
 * Parses the name of a strategy.
 *
 * @throws DeviceError if there is no such strategy
 */
export function strategyOf(name: string): Strategy {
  const strategy = parseStrategy(name);
  if (strategy) return strategy;
  throw new DeviceError(`There is no strategy "${name}"; the strategies are ${STRATEGIES.join(', ')}.`);
}

/**
 * The strategy to start with. SwiftShader is known to gain most from constants, whatever a noisy measurement says. If the
 * state takes several passes, each of them computes all layers: compiling `alphabet` that way takes more than half a
 * minute, and one layer after the other seven seconds. A real GPU starts with the program that its compiler handles best,
 * until the others have been tried. Networks that are too large for either, and software GPUs, whose compilers take
 * seconds for everything else, have their weights in a texture.
 */
export async function firstStrategy(device: Device, { specification }: Model): Promise<string> {
  if (multiplyAdds(specification) > MOST_LAYERED) return 'texture';
  if (device.isSwiftShader) {
    const passes = Math.ceil(vectorsFor(specification.channels.count) / device.capabilities.drawBuffers);
    return passes * multiplyAdds(specification) <= MOST_CONSTANTS ? 'constants' : 'layered-4';
  }
  if (await isSoftwareSpeed(device)) return 'texture';
  const hasRoom = device.capabilities.uniformBlockBytes >= QUICK_BLOCK_BYTES;
  return hasRoom ? quickProgram(specification, device.renderer) : 'texture';
}

/**
 * The strategy for a model whose weights change while it runs. They are in a uniform block if they fit, because a
 * texture is slower to read on most GPUs. In software, reading weights takes most of the time, wherever they are.
 */
export function learningStrategy({ capabilities, isSwiftShader }: Device, model: Model): string {
  if (isSwiftShader) return canPair(model.specification, capabilities.drawBuffers) ? 'paired' : 'texture';
  const bytes = 4 * packedLength(packNetwork(model));
  return bytes <= capabilities.uniformBlockBytes ? 'uniform' : 'texture';
}

/**
 * The programs worth trying in addition to the first one. A software GPU takes longest to compile loops over uniform
 * blocks and gains most from constants. Constants are tried only if a small program with a few of them shows that they
 * do not take too long.
 */
export async function candidatesFor(device: Device, model: Model): Promise<readonly string[]> {
  if (device.isSwiftShader) return [];
  const offered = GPU_PROGRAMS.filter((name) => isOffered(device, model, name));
  if (!(await isSoftwareSpeed(device))) return orderFor(device.renderer, device.capabilities.tiles, offered);
  const simple = offered.filter((name) => name === 'layered-texture');
  if (!offered.includes('constants')) return simple;
  const milliseconds = await readyingMilliseconds(device, multiplyAdds(model.specification));
  return milliseconds > MOST_READYING_MILLISECONDS ? simple : [...simple, 'constants'];
}

/**
 * Whether a program may be chosen by trial. Without parallel compilation, a generated shader would freeze the page for
 * seconds while it is in use. A user who asks for a program by name accepts that wait.
 */
export function isOffered({ capabilities }: Device, { specification }: Model, program: ProgramName): boolean {
  if (targetsOf(program) > capabilities.drawBuffers) return false;
  const most = program === 'constants' ? MOST_CONSTANTS : MOST_LAYERED;
  return !isSlowToCompile(program) || (capabilities.parallelCompile && multiplyAdds(specification) <= most);
}

/** A program, and whether the state is kept in half floats on a GPU that supports float32. */
export interface Computation {
  readonly program: StepProgram;
  readonly half: boolean;
}

/** What a trial needs from the machine whose computation is to be chosen. */
export interface Trial {
  /** The computation in use; the trial never frees it. */
  readonly current: Computation;
  /** Whether the GPU supports both float32 and half floats. */
  readonly canHalve: boolean;
  /** Compiles the program of a strategy. */
  create(strategy: string): Promise<StepProgram>;
  /** Measures the duration of a step, in milliseconds. */
  measure(computation: Computation): Promise<number>;
  /** Whether the computation agrees with the reference. */
  verify(computation: Computation): Promise<boolean>;
  /** Whether the choice has been cancelled. The present computation stays in that case. */
  isOver(): boolean;
}

export interface Choice {
  readonly computation: Computation;
  /**
   * One sentence for each strategy that failed on this GPU. A strategy that is slower or needs more than the GPU offers
   * has not failed.
   */
  readonly rejected: readonly string[];
}

/**
 * Tries programs one after the other, then the best of them with the state in half floats, and returns the best one,
 * which may be the present one. The other programs are freed. The present computation is replaced by a slower one only
 * if it computes wrong numbers and the other does not.
 *
 * @param candidates the programs to try
 * @param hint the strategy that was best here before; if it works, nothing is measured
 */
export async function chooseComputation(trial: Trial, candidates: readonly string[], hint?: string): Promise<Choice> {
  const { current } = trial;
  const rejected: string[] = [];
  let best = current;
  let bestTime: number | null = null;

  /** @returns whether the strategy is now the best one */
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
    // Any strategy with correct results replaces it, however slow.
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

/** Why a strategy is not used. A driver's own message does not say which strategy it is about. */
function sentenceOf(name: string, { message }: DeviceError): string {
  return message.includes(`"${name}"`) ? message : `The strategy "${name}" is not used: ${message}`;
}

/** The name of a computation's strategy. */
export function nameOf({ program, half }: Computation): string {
  return strategyName(program.name, half);
}

/** Compiles the program of a strategy. If it arrives too late, or after the trial is over, it is freed on arrival. */
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
