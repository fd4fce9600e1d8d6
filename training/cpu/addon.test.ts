import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ALPHABET_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import { Random } from '../../engine/common/random/random.ts';
import { Eigenbasis } from '../../engine/learning/loop/eigenbasis.ts';
import { CASES, differentiate, example, LOSS, narrow, OPTIONS } from '../automaton/made-up-rollouts.ts';
import { startBackend, type Backend } from '../backend/backend.ts';
import { loadAddon } from './addon.ts';

const cpu = await startBackend('cpu').catch((fault: unknown) => String(fault));
// Where `.ci/run` has made everything ready, a missing addon is a failure; elsewhere it is a visible gap.
const isGap = typeof cpu === 'string' && process.env.CPU_TESTS !== 'required';
const suite = `an automaton on the processor${isGap ? ` (skipped: ${cpu})` : ''}`;

function backend(): Backend {
  if (typeof cpu === 'string') throw new Error(cpu);
  return cpu;
}

// What it computes is compared with the plain reference in `automaton/rollout.test.ts`.
describe.skipIf(isGap)(suite, () => {
  it('gives what WASM gives with noise, many digits and many classes, and does not change the state it gets', async () => {
    const specification = { ...narrow(ALPHABET_SPECIFICATION, 37), step: ALPHABET_SPECIFICATION.step };
    // More cells than go through the layers together.
    const { batch, weights } = example(specification, 40);
    const wasm = await startBackend('wasm');
    const expected = await differentiate(specification, wasm.automaton, batch, weights);
    const found = await differentiate(specification, backend().automaton, batch, weights);
    const steepest = Math.max(...expected.gradient.map(Math.abs));
    expect(steepest).toBeGreaterThan(0.1);
    expect(Math.abs(found.loss / expected.loss - 1)).toBeLessThan(1e-5);
    found.gradient.forEach((value, index) => {
      expect(Math.abs(value - expected.gradient[index]) / steepest).toBeLessThan(1e-5);
    });

    const automaton = backend().automaton(specification);
    automaton.setWeights(weights);
    const state = batch.initialState();
    const before = state.slice();
    expect(await automaton.run(batch, state, OPTIONS)).toEqual(found.state);
    expect(state).toEqual(before);
  });

  it('gives the same bits again, whatever it computed in between', async () => {
    const [, specification] = CASES[3];
    const { batch, weights } = example(specification);
    const other = example(specification, 9);
    const automaton = backend().automaton(specification);
    const loss = { weights: LOSS, batchSize: 3 };
    automaton.setWeights(weights);
    const first = await automaton.differentiate(batch, OPTIONS, loss);
    automaton.setWeights(other.weights.map((value) => 2 * value));
    await automaton.differentiate(other.batch, { ...OPTIONS, steps: 7 }, loss);
    automaton.setWeights(weights);
    expect(await automaton.differentiate(batch, OPTIONS, loss)).toEqual(first);
  });

  it('multiplies for the optimizer as plain loops do', () => {
    const variables = [{ name: 'kernel', shape: [37, 21], offset: 0, size: 777 }];
    const random = new Random(3);
    const slopes = Float32Array.from({ length: 777 }, () => random.normal());
    const [expected, found] = [undefined, loadAddon().multiply].map((product) => {
      const basis = new Eigenbasis(variables, product);
      const sides = basis.beginSides();
      for (let round = 0; round < 3; round += 1) {
        basis.follow(sides, slopes, 0.5);
        basis.turn(sides);
      }
      const values = slopes.slice();
      basis.enter(sides, values);
      return [...sides.covariances, ...values];
    });
    expect(found).toHaveLength(expected.length);
    found.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 3));
  });

  it('refuses arrays that are too short or of another type', () => {
    const addon = loadAddon();
    const network = addon.openNetwork({
      ...{ channels: 3, filters: 2, perceptionActivation: 0, layers: Int32Array.of(6, 2, 0) },
      ...{ channelOfUnit: Int32Array.of(1, 2), scale: 1, noise: new Float32Array(0) },
    });
    expect(() => addon.setWeights(network, new Float32Array(9 * 6 + 6 * 2 + 1))).toThrow('too short');
    expect(() => addon.setWeights(network, new Float64Array(100) as unknown as Float32Array)).toThrow('right type');
    const none = new Int32Array(0);
    const rollout = { rows: 2, live: 1, steps: 1, neighbours: none, fired: none, firedCounts: none, noiseStarts: none };
    expect(() => addon.run(network, new Float32Array(6), false, rollout)).toThrow('too short');
    expect(() => addon.setWeights(network, null as unknown as Float32Array)).toThrow('right type');
    addon.closeNetwork(network);
    expect(() => addon.setWeights(network, new Float32Array(100))).toThrow('The network is closed.');
  });
});

describe('training/cpu/build.sh', () => {
  it('tells a wrong option and a missing compiler in one line', () => {
    const run = (args: string[], env: NodeJS.ProcessEnv): string => {
      try {
        execFileSync('bash', ['training/cpu/build.sh', ...args], { env: { ...process.env, ...env }, stdio: 'pipe' });
      } catch (fault) {
        return String((fault as { stderr: Buffer }).stderr);
      }
      return '';
    };
    expect(run(['--fast'], {})).toBe("build: unknown option '--fast' (see --help)\n");
    expect(run([], { CXX: 'no-such-compiler' })).toBe("build: the C++ compiler 'no-such-compiler' was not found\n");
  });
});
