import { expect, test } from 'vitest';
import type { Operation, SimulationObserver } from '../../automaton/operation.ts';
import type { Simulation } from '../../automaton/simulation.ts';
import { SessionRecorder } from './recorder.ts';

/** The part of a simulation that the recorder uses. */
function fakeSimulation() {
  let saves = 0;
  const simulation = {
    model: { specification: { name: 'fake' } },
    layout: { columns: 1, rows: 1, tile: 28 },
    seed: 4,
    time: { step: 0, dropout: 0.5, noise: 0, firing: 'block' },
    strategy: { name: 'texture' },
    observer: null as SimulationObserver | null,
    save: () => {
      saves += 1;
      return Promise.resolve({});
    },
    saves: () => saves,
  };
  const recorder = new SessionRecorder(simulation as unknown as Simulation);
  const run = (steps: number): void => {
    recorder.stepping(steps);
    simulation.time.step += steps;
  };
  return { simulation, recorder, run };
}

const anEdit = (): Extract<Operation, { kind: 'forget' }>['edit'] =>
  ({}) as Extract<Operation, { kind: 'forget' }>['edit'];

test('operations are recorded between their steps, with the values that the steps depend on', () => {
  const { recorder, run, simulation } = fakeSimulation();
  run(3);
  recorder.changed({ kind: 'clear' });
  simulation.time.dropout = 0.25;
  run(2);
  run(2);
  const { start, events, after } = recorder.take();
  expect(start).toMatchObject({ kind: 'empty', seed: 4 });
  expect(events.map((event) => [event.after, event.operation.kind])).toEqual([
    [0, 'tune'],
    [3, 'clear'],
    [0, 'tune'],
  ]);
  expect(events[2].operation).toMatchObject({ dropout: 0.25 });
  expect(after).toBe(4);
});

test('images and points are copied, whatever their owner does with them later', () => {
  const { recorder } = fakeSimulation();
  const image = new Uint8Array(784).fill(5);
  const points = [{ x: 1, y: 2 }];
  recorder.changed({ kind: 'tile', column: 0, row: 0, image, label: null, keepState: false });
  recorder.changed({ kind: 'damage', points, radius: 2 });
  image.fill(9);
  points[0] = { x: 7, y: 7 };
  const [tile, damage] = recorder.take().events.map(({ operation }) => operation);
  expect(tile.kind === 'tile' && tile.image[0]).toBe(5);
  expect(damage.kind === 'damage' && damage.points).toEqual([{ x: 1, y: 2 }]);
});

test('edits are identified by number; undoing one that is older than the record restarts it', () => {
  const { recorder, simulation } = fakeSimulation();
  const [edit, inverse, older] = [anEdit(), anEdit(), anEdit()];
  recorder.changed({ kind: 'begin' });
  recorder.changed({ kind: 'end', edit });
  recorder.changed({ kind: 'revert', edit, inverse });
  recorder.changed({ kind: 'forget', edit });
  recorder.changed({ kind: 'forget', edit: older });
  expect(recorder.take().events.map(({ operation }) => operation)).toEqual([
    { kind: 'begin' },
    { kind: 'end', edit: 0 },
    { kind: 'revert', edit: 0, inverse: 1 },
    { kind: 'forget', edit: 0 },
  ]);
  recorder.changed({ kind: 'revert', edit: older, inverse: null });
  expect(recorder.take()).toMatchObject({ start: { kind: 'scene' }, events: [], after: 0 });
  expect(simulation.saves()).toBe(1);
});

test('a canvas that was replaced, or changed unnoticed, restarts the record', () => {
  const { recorder, run, simulation } = fakeSimulation();
  run(5);
  recorder.changed({ kind: 'replaced' });
  expect(recorder.take()).toMatchObject({ start: { kind: 'scene' }, events: [] });
  run(2);
  simulation.time.step = 100;
  run(1);
  expect(simulation.saves()).toBe(2);
  expect(recorder.take()).toMatchObject({ after: 1, events: [{ after: 0, operation: { kind: 'tune' } }] });
});
