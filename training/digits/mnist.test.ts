import { createServer, type Server } from 'node:http';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawDigit } from '../../engine/common/handwriting/draw-digit.ts';
import { Random } from '../../engine/common/random/random.ts';
import { fetchMnist } from './download.ts';
import { imagesFile, labelsFile, writeTrainingFiles } from './made-up-digits.ts';
import { KNOWN_MD5, readMnist, splitTraining, TRAINING } from './mnist.ts';

let folder: string;
const told: string[] = [];
const note = (message: string): void => void told.push(message);
beforeEach(() => {
  told.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'nca-mnist-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a folder of MNIST', () => {
  it('is read and cut into digits to train on and digits to validate with', () => {
    writeTrainingFiles(folder, 24);
    const { training, validation } = splitTraining(readMnist(folder, TRAINING, note));
    expect([training.count, validation.count]).toEqual([22, 2]);
    expect([...validation.labels].sort()).toEqual([0, 1]);
    expect(validation.images.length).toBe(2 * 784);
  });

  it('is refused when a file is missing, or images and labels do not match', () => {
    expect(() => readMnist(folder, TRAINING, note)).toThrow(
      /has no train-images-idx3-ubyte.gz and no train-images-idx3-ubyte/,
    );
    writeTrainingFiles(folder, 24);
    writeFileSync(join(folder, TRAINING.labels), labelsFile([1, 2, 3]));
    expect(() => readMnist(folder, TRAINING, note)).toThrow(/24 images but 3 labels/);
  });

  it('of MNIST’s size and of other content is read, with a warning: other sets have the same names', () => {
    const labels = Uint8Array.from({ length: 60_000 }, (_, index) => index % 10);
    writeFileSync(join(folder, TRAINING.images), imagesFile(60_000));
    writeFileSync(join(folder, TRAINING.labels), labelsFile([...labels]));
    const { name, count } = readMnist(folder, TRAINING, note);
    expect([name, count]).toEqual([basename(folder), 60_000]);
    expect(told).toEqual([
      expect.stringMatching(/train-images-idx3-ubyte and .* not MNIST's; if it should be MNIST, it/),
    ]);
  });

  it('of digits that are dim, inverted or turned is read, with a word on each', () => {
    const random = new Random(1);
    const labels = Array.from({ length: 40 }, (_, index) => index % 10);
    const digits = labels.flatMap((label) => [...drawDigit(random, label)]);
    writeFileSync(join(folder, TRAINING.labels), labelsFile(labels));
    const file = imagesFile(40);
    const oddOnes = { '255 − ink': (ink: number) => 255 - ink, '0 or 1': (ink: number) => Number(ink > 127) };
    for (const [what, change] of Object.entries(oddOnes)) {
      file.set(digits.map(change), 16);
      writeFileSync(join(folder, TRAINING.images), file);
      told.length = 0;
      readMnist(folder, TRAINING, note);
      expect(told).toEqual([expect.stringMatching(what === '0 or 1' ? /no value above 63/ : /look inverted/)]);
    }
  });
});

describe('MNIST’s mirrors', () => {
  let server: Server;
  let bodies: Record<string, { status: number; body: Uint8Array | 'never' }>;
  let mirror: string;
  const known = new Map(KNOWN_MD5);
  const notes: string[] = [];

  beforeEach(async () => {
    bodies = {};
    notes.length = 0;
    server = createServer((request, response) => {
      const { status, body } = bodies[request.url ?? ''] ?? { status: 404, body: new Uint8Array(0) };
      if (body === 'never') return;
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mnist/`;
  });
  afterEach(async () => {
    known.forEach((digest, file) => KNOWN_MD5.set(file, digest));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const fetchFrom = (mirrors: string[]): Promise<void> =>
    fetchMnist(folder, TRAINING, (message) => notes.push(message), {
      mirrors,
      timeoutSeconds: 3,
      mostBytes: 100_000,
    });

  it('are tried in turn, and what they give is checked and kept', async () => {
    const { createHash } = await import('node:crypto');
    const files = { [TRAINING.images]: imagesFile(4), [TRAINING.labels]: labelsFile([1, 2, 3, 4]) };
    for (const [file, bytes] of Object.entries(files)) {
      KNOWN_MD5.set(file, createHash('md5').update(bytes).digest('hex'));
      bodies[`/mnist/${file}.gz`] = { status: 200, body: gzipSync(bytes) };
    }
    await fetchFrom([`${mirror}elsewhere/`, mirror]);
    expect(readMnist(folder, TRAINING, note)).toMatchObject({ count: 4, isMixed: true });
    expect(notes).toHaveLength(4);
    await fetchFrom(['http://127.0.0.1:1/']);
    expect(notes, 'files that are there are not fetched again').toHaveLength(4);
  });

  it('that give something else, an error, too much or nothing are refused, and no file is left', async () => {
    const path = `/mnist/${TRAINING.images}.gz`;
    bodies[path] = { status: 200, body: gzipSync(imagesFile(4)) };
    await expect(fetchFrom([mirror])).rejects.toThrow(/its file has the MD5 .* which is not MNIST's\); give a folder/);
    bodies[path] = { status: 500, body: new Uint8Array(0) };
    bodies[path] = { status: 200, body: new Uint8Array(100_001) };
    await expect(fetchFrom([mirror])).rejects.toThrow(/far too long/);
    bodies[path] = { status: 200, body: gzipSync(imagesFile(4)).subarray(0, 30) };
    await expect(fetchFrom([mirror])).rejects.toThrow(/damaged, cut short/);
    bodies[path] = { status: 200, body: 'never' };
    await expect(fetchFrom([mirror])).rejects.toThrow(/no mirror gives it/);
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });
});
