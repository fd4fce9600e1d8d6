import { describe, expect, it, vi } from 'vitest';
import { DISTILL_SPECIFICATION } from '../../engine/common/model/architectures.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { Batch, NO_CLASS } from '../../engine/learning/rollout/batch.ts';
import { flattenWeights, nameWeights, variablesOf } from '../../engine/learning/rollout/layers.ts';
import { startBackend } from '../backend/backend.ts';
import { digitAt, sliceDigits, type Digits } from '../digits/digits.ts';
import { imagesFile } from '../digits/made-up-digits.ts';
import { describeEvaluation } from './describe.ts';
import { accuracyRecord, evaluateModel, groupDigits, type Evaluation } from './evaluate.ts';
import { ExaminerTeam } from './examiner-team.ts';
import { parseMergedClasses } from './merged-classes.ts';
import { CONDITIONS, measureRobustness } from './robustness.ts';
import { mistakesOf } from './confusion.ts';
import { roundToHalf } from './half.ts';
import { labelsOf, NO_INK, scoresOf, tallyOf, UNDECIDED, verdictsOf } from '../../engine/learning/rollout/tally.ts';

/** A thread takes a second to start on a quiet machine. */
vi.setConfig({ testTimeout: 60_000 });

const COUNT = 24;
const DIGITS: Digits = {
  name: 'strokes',
  count: COUNT,
  images: imagesFile(COUNT).subarray(16),
  classNames: Array.from('0123456789'),
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
    expect(scoresOf(tallyOf(verdictsOf(batch, labels, 10)))).toEqual({
      cellAccuracy: 13 / 24,
      agreement: 2 / 3,
      unanimousCorrect: 1 / 3,
      majorityAccuracy: 2 / 3,
      undecided: 0,
    });
  });

  it('counts cells that say nothing as neither right nor agreeing, unless there is nothing to say', () => {
    const { specification } = stubbornModel();
    const samples = [4, NO_CLASS, 4].map((label) => ({ pixels: DIGITS.images.subarray(0, 784), label, state: null }));
    const batch = new Batch(samples, specification);
    const labels = new Int8Array(batch.liveCount).fill(4);
    // Of the first digit three cells of eight are undecided, of what is none five, of the last all.
    labels.fill(UNDECIDED, 0, 3);
    labels.fill(UNDECIDED, batch.starts[1], batch.starts[1] + 5);
    labels.fill(UNDECIDED, batch.starts[2]);
    const verdicts = verdictsOf(batch, labels, 10);
    expect(verdicts.map(({ vote }) => vote)).toEqual([4, NO_CLASS, NO_CLASS]);
    expect(scoresOf(tallyOf(verdicts))).toEqual({
      cellAccuracy: 10 / 24,
      agreement: 1 / 3,
      unanimousCorrect: 0,
      majorityAccuracy: 2 / 3,
      undecided: 16 / 24,
    });
  });

  it('leaves out live cells without ink of their own', () => {
    const { specification } = stubbornModel();
    const halo = { ...specification, life: { rule: 'ink-halo', inkThreshold: 0.1, dead: 'zero' } } as const;
    const batch = new Batch([{ pixels: DIGITS.images.subarray(0, 784), label: 4, state: null }], halo);
    const labels = labelsOf(batch, batch.initialState(), halo);
    expect(labels.filter((label) => label !== NO_INK)).toHaveLength(8);
    expect(labels.length).toBe(30);
  });
});

describe('an evaluation', () => {
  it('gives workers a digit without the set that it is from', () => {
    expect(digitAt(DIGITS, 1).pixels.buffer.byteLength).toBe(784);
  });

  it('mutates every digit into another one, each of them once', () => {
    const groups = groupDigits(DIGITS, 5);
    const successors = groups.flatMap((group) => group.successors.map(({ pixels }) => pixels.join()));
    const images = groups.flatMap((group) => group.digits.map(({ pixels }) => pixels.join()));
    expect(new Set(images).size).toBe(COUNT);
    expect(successors.toSorted()).toEqual(images.toSorted());
    expect(successors).not.toEqual(images);
  });

  it('finds what a model that always says 4 is worth, and the same with two threads', async () => {
    const results: Evaluation[] = [];
    for (const workers of [1, 2]) {
      const team = await ExaminerTeam.start(stubbornModel(), { backend: 'wasm', workers });
      results.push(await evaluateModel(team, { digits: DIGITS, seeds: [1], driftDigits: 0 }));
      await team.close();
    }
    const [evaluation, shared] = results;
    const recorded = { cellAccuracy: 1 / 3, agreement: 1, unanimousCorrect: 1 / 3, majorityAccuracy: 1 / 3 };
    const third = { ...recorded, undecided: 0 };
    expect(evaluation.steps).toEqual({ 20: third, 80: third, 200: third });
    expect(evaluation.mutation['200'].majorityAccuracy).toBeCloseTo(1 / 3, 9);
    expect(evaluation.flicker).toBe(0);
    expect(shared).toEqual(evaluation);
    expect(evaluation.drift).toBeNull();
    expect(evaluation.spread).toBeNull();
    expect(accuracyRecord(evaluation, 'strokes').steps[1]).toEqual({ step: 80, ...recorded });
  });

  it('tells which classes are taken for which, the worst digits, the drift and the spread over seeds', async () => {
    const team = await ExaminerTeam.start(stubbornModel(), { backend: 'wasm', workers: 1 });
    const few = sliceDigits(DIGITS, DIGITS.name, 0, 5);
    const merged = parseMergedClasses('7=4', DIGITS.classNames ?? []);
    const evaluation = await evaluateModel(team, { digits: few, seeds: [1, 2], driftDigits: 2, merged });
    await team.close();
    expect(evaluation.pairs).toEqual([{ classes: [4, 7], n: 10, confused: 6, firstAsSecond: 0 }]);
    const whole = { cellAccuracy: 1, agreement: 1, unanimousCorrect: 1, majorityAccuracy: 1, undecided: 0 };
    expect(evaluation.merged).toEqual({ groups: [['7', '4']], scores: whole });
    // Of 4, 7, 7, 4, 7 all are taken for a 4, under both seeds.
    expect(mistakesOf(evaluation.confusion, 5)).toEqual([{ label: 7, vote: 4, count: 6 }]);
    expect(evaluation.confusion[4][4]).toBe(4);
    expect(evaluation.worst).toEqual([1, 2, 4].map((index) => ({ index, label: 7, vote: 4, cellAccuracy: 0 })));
    const half = { cellAccuracy: 0.5, agreement: 1, unanimousCorrect: 0.5, majorityAccuracy: 0.5, undecided: 0 };
    expect(evaluation.drift).toEqual({ digits: 2, steps: { 200: half, 1000: half } });
    expect(evaluation.seeds).toEqual([1, 2]);
    expect(evaluation.spread?.steps['80'].cellAccuracy).toBe(0);
    const text = describeEvaluation(evaluation, '0123456789'.split(''));
    expect(text).toMatch(/is 7 +· +· +· +· +6/);
    expect(text).toContain('Counted as one: 7 = 4');
    expect(text).toContain('4 and 7: 6 of 10 (60.00 %; 4 as 7: 0, 7 as 4: 6)');
    expect(text).toContain('#1: 7 → 4 (0 %)');
  });

  it('keeps the expected drive when less drops out, and makes no update larger when more does', async () => {
    const { specification, weights } = stubbornModel();
    const flat = flattenWeights(specification, weights);
    const { automaton: make } = await startBackend('wasm');
    const batch = new Batch([{ ...digitAt(DIGITS, 0), state: null }], specification);
    const means: number[] = [];
    for (const dropout of [0, 0.25, 0.5, 0.75]) {
      const automaton = make(specification, { dropout });
      automaton.setWeights(flat);
      const options = { seed: 3, firstStep: 0, steps: 400, firstSlot: 0 };
      const state = await automaton.run(batch, batch.initialState(), options);
      const logits = state
        .subarray(0, batch.liveCount * 20)
        .filter((_, index) => index % 20 === specification.channels.firstLogit + 4);
      automaton.dispose();
      means.push(logits.reduce((total, value) => total + value, 0) / logits.length);
    }
    // 400 steps of 0.01 each, half of which fire as trained; at 0.75 a quarter does, of the same size.
    [2, 2, 2, 1].forEach((expected, index) => expect(Math.abs(means[index] - expected)).toBeLessThan(0.15));
  });
});

describe('robustness', () => {
  it('is measured under every condition, and what does not look at the image is not hurt', async () => {
    const team = await ExaminerTeam.start(stubbornModel(), { backend: 'wasm', workers: 1 });
    const few = { ...DIGITS, count: 3 };
    const results = await measureRobustness(team, few, 1);
    await team.close();
    expect(Object.keys(results)).toEqual(CONDITIONS.map(({ name }) => name));
    const blind = CONDITIONS.filter(({ name }) => /plain|dropout|dilated|step|half/.test(name));
    for (const { name } of blind) expect(results[name].majorityAccuracy, name).toBeCloseTo(1 / 3, 9);
    // Strokes of one cell have no ink left.
    expect(results['eroded 2×2'].majorityAccuracy).toBe(0);
  });
});

describe('rounding to half floats', () => {
  it.each([
    [1, 1],
    [-0.1, -0.0999755859375],
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [2 ** -24, 2 ** -24],
    [2 ** -26, 0],
    [65_504, 65_504],
    [65_530, Infinity],
    [-1e9, -Infinity],
  ])('takes %f to %f', (value, expected) => expect(roundToHalf(value)).toBe(expected));
});
