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
    progress: (seconds: number) => listener.progress?.({ step: 1, steps: null, seconds, share: 0, loss: 1 }),
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
  const { teaching, rates, settings, progress, clock, log, finish } = setUp();
  const learning = teaching.learn(SIGN, {});
  await settle();
  /** Takes training steps of half a second for a minute. Returns the seconds of rest. */
  let seconds = 0;
  const learnForMinute = (): number => {
    const end = clock.now() + 60_000;
    let rest = 0;
    while (clock.now() < end) {
      seconds += 0.5;
      clock.advance(500);
      progress(seconds);
      for (; log.at(-1) === 'pause'; rest += 0.01) clock.advance(10);
    }
    return rest;
  };
  rates.stepsPerSecond = 29;
  expect(learnForMinute()).toBe(0);
  rates.stepsPerSecond = 12;
  const rest = learnForMinute();
  expect(rest).toBeGreaterThan(20);
  expect(rest).toBeLessThan(45);
  settings.values.paused = true;
  expect(learnForMinute()).toBeLessThan(5);
  expect(learnForMinute()).toBe(0);
  finish();
  await learning;
});
