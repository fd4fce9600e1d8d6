import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TurnRecord } from '../../../together/room-record.ts';
import { MOST_REMEMBERED } from '../../../together/limits.ts';
import { FileStore } from './file-store.ts';
import { Journal } from './journal.ts';

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(folder, 'wall.log');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function record(step: number): TurnRecord {
  const operation = { event: { do: 'clear', after: 0 } } as const;
  const entries = [{ entry: step, step, by: 'hand', operation }] as const;
  return { turn: { entry: step, entries, closed: step + 1, time: 100 * step }, taken: { key: step + 1 } };
}

async function written(steps: number): Promise<Journal> {
  const journal = new Journal(new FileStore(path));
  await journal.begin('room');
  for (let step = 0; step < steps; step += 1) await journal.append(record(step));
  return journal;
}

test('what was written is there after a restart', async () => {
  await (await written(5)).close();
  const loaded = await new Journal(new FileStore(path)).load();
  expect(loaded).toEqual({ room: 'room', state: null, taken: {}, turns: [0, 1, 2, 3, 4].map(record) });
});

test('after a state only the turns since are kept, and it is still known what was taken before', async () => {
  const journal = await written(5);
  const state = { step: 3, entry: 3, bytes: new Uint8Array([1, 2, 3]) };
  await journal.keep(state);
  await journal.append(record(5));
  await journal.close();
  const loaded = await new Journal(new FileStore(path)).load();
  expect(loaded?.turns).toEqual([3, 4, 5].map(record));
  expect(loaded?.taken).toEqual({ key: 3 });
  expect([...(loaded?.state?.bytes ?? [])]).toEqual([1, 2, 3]);
});

test('the authors who wrote longest ago are forgotten when there are too many', async () => {
  const journal = await written(0);
  const taken = Object.fromEntries(Array.from({ length: MOST_REMEMBERED + 10 }, (_, index) => [`hand-${index}`, 7]));
  await journal.append({ ...record(0), taken });
  await journal.append({ ...record(1), taken: { 'hand-0': 9 } });
  await journal.keep({ step: 2, entry: 2, bytes: new Uint8Array() });
  const kept = (await new Journal(new FileStore(path)).load())?.taken ?? {};
  expect(Object.keys(kept)).toHaveLength(MOST_REMEMBERED);
  expect(kept).toMatchObject({ 'hand-0': 9, 'hand-4000': 7 });
  expect(kept).not.toHaveProperty('hand-1');
});

test('a record that is cut off anywhere costs no other', async () => {
  await (await written(3)).close();
  const whole = readFileSync(path);
  await (await written(2)).close();
  const shorter = readFileSync(path).length;
  for (let length = shorter; length < whole.length; length += 7) {
    writeFileSync(path, whole.subarray(0, length));
    expect((await new Journal(new FileStore(path)).load())?.turns).toHaveLength(2);
  }
});

test('nothing was written yet, or the file is of something else', async () => {
  expect(await new Journal(new FileStore(path)).load()).toBeNull();
  appendFileSync(path, Buffer.concat([Buffer.from([4, 0, 0, 0]), Buffer.from('nope')]));
  await expect(new Journal(new FileStore(path)).load()).rejects.toThrow();
});
