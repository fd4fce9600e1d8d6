import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ALPHABET_SPECIFICATION, SWIFT_SPECIFICATION } from '../../common/model/architectures.ts';
import type { ModelSpecification } from '../../common/model/specification.ts';
import type { Model } from '../../common/model/weights.ts';
import type { Device } from '../../gpu/device.ts';
import { ContextLostError, DeviceError } from '../../gpu/device-error.ts';
import { chooseComputation, firstStrategy, isOffered, nameOf, type Computation, type Trial } from './choose.ts';
import type { StepProgram } from './step-program.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A GPU on which each strategy takes the given milliseconds. Strategies without a time do not compile. */
function gpu(times: Record<string, number>, faulty: readonly string[] = []) {
  const log: string[] = [];
  const alive = new Set<string>();
  const programOf = (name: string): StepProgram => {
    alive.add(name);
    return { name, run: () => undefined, replaceWeights: null, dispose: () => alive.delete(name) };
  };
  const trial: Trial = {
    current: { program: programOf('texture'), half: false },
    canHalve: true,
    create: (name) => {
      const program = name.replace(/-half$/, '');
      return program in times
        ? Promise.resolve(programOf(program))
        : Promise.reject(new DeviceError(`${name} does not compile.`));
    },
    measure: (computation: Computation) => {
      log.push(`measure ${nameOf(computation)}`);
      return Promise.resolve(times[nameOf(computation)]);
    },
    verify: (computation) => Promise.resolve(!faulty.includes(nameOf(computation))),
    isOver: () => false,
  };
  return { trial, log, alive };
}

it('chooses the fastest, then half floats if they are faster still, and frees the others', async () => {
  const { trial, alive } = gpu({ texture: 9, uniform: 8, constants: 4, 'constants-half': 3 });
  const choice = await chooseComputation(trial, ['texture', 'uniform', 'constants']);
  expect(nameOf(choice.computation)).toBe('constants-half');
  expect(choice.rejected).toEqual([]);
  expect([...alive]).toEqual(['texture', 'constants']);
});

it('keeps the current program if nothing is faster by a margin', async () => {
  const { trial, alive } = gpu({ texture: 9, uniform: 8.5, 'texture-half': 8.4 });
  const { computation } = await chooseComputation(trial, ['uniform']);
  expect(computation).toBe(trial.current);
  expect([...alive]).toEqual(['texture']);
});

it('never chooses a program that computes wrong numbers or does not compile, and says so', async () => {
  const { trial, log, alive } = gpu({ texture: 9, uniform: 1, 'texture-half': 9 }, ['uniform']);
  const { computation, rejected } = await chooseComputation(trial, ['uniform', 'constants']);
  expect(computation).toBe(trial.current);
  expect(rejected).toEqual([
    'The strategy "uniform" computes wrong numbers on this GPU and is not used.',
    'The strategy "constants" is not used: constants does not compile.',
  ]);
  expect(log).not.toContain('measure uniform');
  expect([...alive]).toEqual(['texture']);
});

it('replaces a current program that computes wrong numbers, even if all others are slower', async () => {
  const { trial, alive } = gpu({ texture: 1, uniform: 50, 'uniform-half': 50 }, ['texture']);
  const { computation, rejected } = await chooseComputation(trial, ['uniform']);
  expect(nameOf(computation)).toBe('uniform');
  expect(rejected).toEqual(['The strategy "texture" computes wrong numbers on this GPU.']);
  // Freed by its owner.
  expect([...alive]).toEqual(['texture', 'uniform']);
});

it('uses the program that was best before without measuring, but not unchecked', async () => {
  const right = gpu({ texture: 9, constants: 4 });
  const { computation } = await chooseComputation(right.trial, ['uniform', 'constants'], 'constants-half');
  expect(nameOf(computation)).toBe('constants-half');
  expect(right.log).toEqual([]);
  const wrong = gpu({ texture: 9, uniform: 5, constants: 4, 'uniform-half': 9 }, ['constants']);
  const other = await chooseComputation(wrong.trial, ['uniform', 'constants'], 'constants');
  expect(nameOf(other.computation)).toBe('uniform');
  expect(other.rejected).toHaveLength(1);
});

it('gives up a program that compiles for too long, and frees it when it comes', async () => {
  const { trial, alive } = gpu({ texture: 9, 'texture-half': 9 });
  let deliver: (program: StepProgram) => void = () => undefined;
  const late = new Promise<StepProgram>((resolve) => {
    deliver = resolve;
  });
  const chosen = chooseComputation({ ...trial, create: () => late }, ['constants']);
  await vi.advanceTimersByTimeAsync(31_000);
  const { computation, rejected } = await chosen;
  expect(computation).toBe(trial.current);
  expect(rejected[0]).toContain('took over 30 s to compile');
  alive.add('constants');
  deliver({ name: 'constants', run: () => undefined, replaceWeights: null, dispose: () => alive.delete('constants') });
  await vi.advanceTimersByTimeAsync(0);
  expect([...alive]).toEqual(['texture']);
});

it('stops without complaints once the choice is no longer needed', async () => {
  const { trial } = gpu({ texture: 9 });
  let isOver = false;
  const create = vi.fn(() => {
    isOver = true;
    return Promise.reject(new DeviceError('The GPU context was lost.'));
  });
  const over = { ...trial, create, isOver: () => isOver };
  expect((await chooseComputation(over, ['uniform', 'constants'])).rejected).toEqual([]);
  expect(create).toHaveBeenCalledTimes(1);
});

it('does not report a strategy that a lost context has ended, even if the context is back by then', async () => {
  const { trial } = gpu({ texture: 9, 'texture-half': 9 });
  const lost = { ...trial, create: () => Promise.reject(new ContextLostError()) };
  expect((await chooseComputation(lost, ['uniform', 'constants'])).rejected).toEqual([]);
});

it('writes the weights of a large network into programs for each layer, and of a huge one into a texture', async () => {
  const capabilities = { drawBuffers: 8, parallelCompile: true };
  const device = { isSwiftShader: true, capabilities } as unknown as Device;
  const modelOf = (specification: ModelSpecification): Model => ({ specification, weights: [] }) as unknown as Model;
  const [, update] = ALPHABET_SPECIFICATION.update;
  const huge = modelOf({
    ...ALPHABET_SPECIFICATION,
    update: [{ kind: 'dense', units: 512, activation: 'relu' }, update],
  });
  const large = modelOf(ALPHABET_SPECIFICATION);
  const small = modelOf(SWIFT_SPECIFICATION);
  expect(await Promise.all([small, large, huge].map((model) => firstStrategy(device, model)))).toEqual([
    'constants',
    'layered-4',
    'texture',
  ]);
  expect([small, large, huge].map((model) => isOffered(device, model, 'constants'))).toEqual([true, false, false]);
  expect([small, large, huge].map((model) => isOffered(device, model, 'layered-8'))).toEqual([true, true, false]);
});
