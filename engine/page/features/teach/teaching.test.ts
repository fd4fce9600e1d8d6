import { expect, it, vi } from 'vitest';
import { DISTILL_SPECIFICATION } from '../../../common/model/architectures.ts';
import type { Model } from '../../../common/model/weights.ts';
import { Emitter } from '../../../core/events.ts';
import { SteppedClock } from '../../../core/clock.ts';
import type { Teacher, TeachListener, TeachResult } from '../../../learning/teach/teacher.ts';
import type { Playground } from '../../../session/playground.ts';
import { Teaching } from './teaching.ts';

const SIGN = { name: 'Heart ♥', drawings: [] };

function modelNamed(name: string): Model {
  return { specification: { ...DISTILL_SPECIFICATION, name }, weights: new Map() };
}

function setUp() {
  const log: string[] = [];
  const base = modelNamed('swift');
  const simulation = { model: base };
  let follows: Model | null = null;
  const learning = {
    get isOn() {
      return follows !== null && follows === simulation.model;
    },
    begin: () => (follows = simulation.model),
    end: () => (follows = null),
    handOver: async (model: Model) => {
      if (!learning.isOn) return false;
      simulation.model = model;
      follows = model;
      return true;
    },
  };
  const editor = { events: new Emitter<{ stroked: object }>(), goOnFromHere: () => undefined };
  const clock = new SteppedClock();
  const rates = { stepsPerSecond: 30 };
  const settings = { values: { paused: false, stepsPerSecond: 60 } };
  const events = new Emitter();
  const playground = { simulation, learning, editor, clock, rates, settings, live: true, events };
  const rests: number[] = [];
  let listener: TeachListener = {};
  let finish: (result: TeachResult) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const open = async (_: unknown, given: TeachListener): Promise<Teacher> => {
    listener = given;
    const done = new Promise<TeachResult>((resolve, reject) => {
      finish = resolve;
      fail = reject;
    });
    return {
      done,
      stop: () => log.push('stop'),
      pause: () => log.push('pause'),
      resume: () => log.push('resume'),
      rest: (share) => rests.push(share),
      cancel: () => {
        log.push('cancel');
        fail(new Error('cancelled'));
      },
    };
  };
  const teaching = new Teaching(playground as unknown as Playground, open, (name) => name === 'swift-taught');
  const result = (name = 'swift-taught'): TeachResult => ({
    model: modelNamed(name),
    measurement: { signs: [], digits: { accuracy: 1, majority: 1 } },
    seconds: 1,
    steps: 2,
    backend: 'wasm',
  });
  return {
    log,
    base,
    simulation,
    editor,
    clock,
    teaching,
    rates,
    settings,
    rests,
    version: () => listener.model?.(modelNamed('swift-taught'), 1),
    finish: () => finish(result()),
    fail: (error: Error) => fail(error),
  };
}

const settle = (): Promise<void> => vi.waitFor(() => Promise.resolve());

it('hands the versions to the canvas under a name that no other model has, and keeps the last one', async () => {
  const { teaching, version, finish, simulation } = setUp();
  const learning = teaching.learn(SIGN, {});
  await settle();
  version();
  await settle();
  expect(simulation.model.specification.name).toBe('swift-taught-2');
  expect(teaching.keep()).toBeNull();
  finish();
  const { model } = await learning;
  expect(simulation.model).toBe(model);
  expect(teaching.keep()).toBe(model);
  await teaching.takeBack();
  expect(simulation.model).toBe(model);
});

it('returns to the model before several courses', async () => {
  const { teaching, finish, simulation, base } = setUp();
  for (let course = 0; course < 2; course += 1) {
    const learning = teaching.learn(SIGN, {});
    await settle();
    finish();
    await learning;
  }
  expect(simulation.model.specification.name).toBe('swift-taught-2');
  await teaching.takeBack();
  expect(simulation.model).toBe(base);
});

it('is cancelled in the middle, without a trace', async () => {
  const { teaching, version, simulation, base, log } = setUp();
  const learning = teaching.learn(SIGN, {});
  await settle();
  version();
  await settle();
  const ended = expect(learning).rejects.toThrow('cancelled');
  await teaching.takeBack();
  await ended;
  expect(log).toContain('cancel');
  expect(teaching.isLearning).toBe(false);
  expect(simulation.model).toBe(base);
});

it('offers what was learnt when a worker has failed', async () => {
  const { teaching, version, fail, simulation } = setUp();
  const failures: unknown[] = [];
  teaching.events.on('failed', (error) => failures.push(error));
  const learning = teaching.learn(SIGN, {});
  await settle();
  version();
  await settle();
  fail(new Error('The worker ended.'));
  await expect(learning).rejects.toThrow('The worker ended.');
  expect(failures).toHaveLength(1);
  expect(teaching.keep()).toBe(simulation.model);
});

it('leaves a canvas alone that has got another model', async () => {
  const { teaching, version, finish, simulation } = setUp();
  const learning = teaching.learn(SIGN, {});
  await settle();
  version();
  await settle();
  const other = modelNamed('other');
  simulation.model = other;
  version();
  finish();
  await learning;
  await teaching.takeBack();
  expect(simulation.model).toBe(other);
});

it('rests while the user draws', async () => {
  const { teaching, editor, clock, log, finish } = setUp();
  const learning = teaching.learn(SIGN, {});
  await settle();
  editor.events.emit('stroked', {});
  clock.advance(200);
  editor.events.emit('stroked', {});
  clock.advance(200);
  expect(log).toEqual(['pause']);
  clock.advance(100);
  expect(log).toEqual(['pause', 'resume']);
  finish();
  await learning;
});

it('rests as long as the canvas needs to keep half of its steps, and not while it is paused', async () => {
  const { teaching, rates, settings, rests, clock, finish } = setUp();
  const learning = teaching.learn(SIGN, {});
  await settle();
  rates.stepsPerSecond = 29;
  clock.advance(10_000);
  expect(rests).toEqual([]);
  // The more it rests, the more the canvas gets: half of what it can make at half.
  for (let look = 0; look < 30; look += 1) {
    rates.stepsPerSecond = 30 * (rests.at(-1) ?? 0);
    clock.advance(1200);
  }
  expect(rests.at(-1)).toBeGreaterThan(0.6);
  expect(rests.at(-1)).toBeLessThan(0.7);
  rates.stepsPerSecond = 0;
  clock.advance(30_000);
  expect(rests.at(-1)).toBeLessThan(0.9);
  settings.values.paused = true;
  clock.advance(10_000);
  expect(rests.at(-1)).toBe(0);
  finish();
  await learning;
  const count = rests.length;
  settings.values.paused = false;
  clock.advance(10_000);
  expect(rests).toHaveLength(count);
});
