import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { DISTILL_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { Batch } from '../automaton/batch.ts';
import { flattenWeights, nameWeights, variablesOf } from '../automaton/layers.ts';
import { Automaton } from '../automaton/rollout.ts';
import { startBackend } from '../backend/backend.ts';
import { digitAt, type Digits } from '../digits/digits.ts';
import { imagesFile } from '../digits/made-up-digits.ts';
import { accuracyRecord, evaluateModel, groupDigits, type Evaluation } from './evaluate.ts';
import { ExaminerTeam } from './examiner-team.ts';
import { CONDITIONS, measureRobustness } from './robustness.ts';
import { labelsOf, scoresOf, tallyLabels } from './tally.ts';

/** A thread takes a second to start on a quiet machine. */
vi.setConfig({ testTimeout: 60_000 });

const COUNT = 24;
const DIGITS: Digits = {
  name: 'strokes',
  count: COUNT,
  images: imagesFile(COUNT).subarray(16),
  labels: Uint8Array.from({ length: COUNT }, (_, index) => (index % 3 === 0 ? 4 : 7)),
};

/** A network that adds the same to every cell: it always says 4. */
function stubbornModel(): Model {
  const specification = {
    ...DISTILL_SPECIFICATION,
    perceive: { kind: 'conv3x3', features: 2, activation: 'relu' },
    update: [{ kind: 'dense', units: 19, activation: 'none' }],
    step: { ...DISTILL_SPECIFICATION.step, noise: 0 },
  } satisfies Model['specification'];
  const variables = variablesOf(specification);
  const last = variables[variables.length - 1];
  const flat = new Float32Array(last.offset + last.size);
  // The ink is channel 0, so unit 9 + 4 is the logit of class 4.
  flat[last.offset + 9 + 4] = 0.01;
  return { specification, weights: nameWeights(specification, flat) };
}

describe('a tally', () => {
  it('counts cells, agreement and majority of labels', () => {
    const { specification } = stubbornModel();
    const samples = [0, 1, 2].map((index) => ({
      pixels: DIGITS.images.subarray(index * 784, (index + 1) * 784),
      label: 4,
      state: null,
    }));
    const batch = new Batch(samples, specification);
    const labels = new Int8Array(batch.liveCount).fill(4);
    // The second digit has three wrong cells of eight, the third says something else throughout.
    labels.fill(9, batch.starts[1], batch.starts[1] + 3);
    labels.fill(2, batch.starts[2]);
    expect(scoresOf(tallyLabels(batch, labels, 10))).toEqual({
      cellAccuracy: 13 / 24,
      agreement: 2 / 3,
      unanimousCorrect: 1 / 3,
      majorityAccuracy: 2 / 3,
    });
  });

  it('leaves out live cells without ink of their own', () => {
    const { specification } = stubbornModel();
    const halo = { ...specification, life: { rule: 'ink-halo', inkThreshold: 0.1, dead: 'zero' } } as const;
    const batch = new Batch([{ pixels: DIGITS.images.subarray(0, 784), label: 4, state: null }], halo);
    const labels = labelsOf(batch, batch.initialState(), halo);
    expect(labels.filter((label) => label >= 0)).toHaveLength(8);
    expect(labels.length).toBe(30);
  });
});

describe('an evaluation', () => {
  it('mutates every digit into another one, each of them once', () => {
    const groups = groupDigits(DIGITS, 5);
    const successors = groups.flatMap((group) => group.successors.map(({ pixels }) => pixels.byteOffset));
    expect(new Set(successors).size).toBe(COUNT);
    expect(successors).not.toEqual(groups.flatMap((group) => group.digits.map(({ pixels }) => pixels.byteOffset)));
  });

  it('finds what a model that always says 4 is worth, and the same with two threads', async () => {
    const results: Evaluation[] = [];
    for (const workers of [1, 2]) {
      const team = await ExaminerTeam.start(stubbornModel(), { seed: 1, backend: 'wasm', workers });
      results.push(await evaluateModel(team, DIGITS, 1));
      await team.close();
    }
    const [evaluation, shared] = results;
    const third = { cellAccuracy: 1 / 3, agreement: 1, unanimousCorrect: 1 / 3, majorityAccuracy: 1 / 3 };
    expect(evaluation.steps).toEqual({ 20: third, 80: third, 200: third });
    expect(evaluation.mutation['200'].majorityAccuracy).toBeCloseTo(1 / 3, 9);
    expect(evaluation.flicker).toBe(0);
    expect(shared).toEqual(evaluation);
    expect(accuracyRecord(evaluation, 'strokes').steps[1]).toEqual({ step: 80, ...third });
  });

  it('keeps the expected drive when less drops out, and makes no update larger when more does', async () => {
    const { specification, weights } = stubbornModel();
    const flat = flattenWeights(specification, weights);
    const { kernels } = await startBackend('wasm');
    const batch = new Batch([{ ...digitAt(DIGITS, 0), state: null }], specification);
    const means = [0, 0.25, 0.5, 0.75].map((dropout) => {
      const automaton = new Automaton(specification, kernels, { dropout });
      automaton.setWeights(flat);
      const start = tf.tensor2d(batch.initialState(), [batch.rowCount, 20]);
      const state = automaton.run(batch, start, { seed: 3, firstStep: 0, steps: 400, firstSlot: 0 });
      const logits = state
        .dataSync<'float32'>()
        .filter((_, index) => index % 20 === specification.channels.firstLogit + 4);
      tf.dispose(state);
      automaton.dispose();
      return logits.reduce((total, value) => total + value, 0) / logits.length;
    });
    // 400 steps of 0.01 each, half of which fire as trained; at 0.75 a quarter does, of the same size.
    [2, 2, 2, 1].forEach((expected, index) => expect(Math.abs(means[index] - expected)).toBeLessThan(0.15));
  });
});

describe('robustness', () => {
  it('is measured under every condition, and what does not look at the image is not hurt', async () => {
    const team = await ExaminerTeam.start(stubbornModel(), { seed: 1, backend: 'wasm', workers: 1 });
    const few = { ...DIGITS, count: 3 };
    const results = await measureRobustness(team, few, 1);
    await team.close();
    expect(Object.keys(results)).toEqual(CONDITIONS.map(({ name }) => name));
    const blind = CONDITIONS.filter(({ name }) => /plain|dropout|dilated|step/.test(name));
    for (const { name } of blind) expect(results[name].majorityAccuracy, name).toBeCloseTo(1 / 3, 9);
    // Strokes of one cell have no ink left.
    expect(results['eroded 2×2'].majorityAccuracy).toBe(0);
  });
});
