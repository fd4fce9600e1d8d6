import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import { madeUpDigits, madeUpHearts } from '../strokes/made-up-strokes.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODEL = join(ROOT, 'assets/tiny.ktx2');

function teach(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'training/cli/teach.ts', ...args],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('npm run teach', () => {
  let folder: string;
  let drawings: string;
  let out: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nca-teach-'));
    drawings = join(folder, 'hearts.json');
    out = join(folder, 'taught.ktx2');
    writeFileSync(drawings, JSON.stringify(madeUpHearts(5)));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes a model with one more class, the same each time', () => {
    const args = ['--model', MODEL, '--drawings', drawings, '--out', out, '--steps', '2', '--json'];
    const { status, stdout, stderr } = teach(...args, '--workers', '1');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(lines.map(({ event }) => event)).toEqual(['hint', 'measured', 'step', 'step', 'measured', 'done']);
    expect(lines.at(-1)).toMatchObject({ model: out, steps: 2, seed: 0, backend: 'wasm', signs: [{ name: 'heart' }] });
    const bytes = readFileSync(out);
    expect(decodeModelFile(bytes).specification.classes.at(-1)?.name).toBe('heart');
    expect(teach(...args, '--workers', '2').status).toBe(0);
    expect(readFileSync(out)).toEqual(bytes);
  });

  it('refuses what cannot be taught with one line, and writes nothing', () => {
    const few = join(folder, 'few.json');
    writeFileSync(few, JSON.stringify(madeUpHearts(2)));
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '[{"label": 7}]');
    const nameless = join(folder, 'nameless.json');
    writeFileSync(nameless, JSON.stringify(madeUpHearts(3).map((glyph) => ({ ...glyph, label: '' }))));
    const crowd = join(folder, 'crowd.json');
    const many = Array.from({ length: 40 }, (_, sign) =>
      madeUpHearts(3).map((glyph) => ({ ...glyph, label: `s${sign}` })),
    );
    writeFileSync(crowd, JSON.stringify(many.flat()));
    const good = ['--model', MODEL, '--drawings', drawings, '--out', out];
    const refusals: [RegExp, string[]][] = [
      [/3 drawings with ink at least; "heart" has 2/, ['--model', MODEL, '--drawings', few, '--out', out]],
      [/broken\.json: 0\.label/, ['--model', MODEL, '--drawings', broken, '--out', out]],
      [/label that is not empty/, ['--model', MODEL, '--drawings', nameless, '--out', out]],
      [/room for 38 more classes/, ['--model', MODEL, '--drawings', crowd, '--out', out]],
      [/hearts\.json/, ['--model', drawings, '--drawings', drawings, '--out', out]],
      [
        /folder ".*none" does not exist/,
        ['--model', MODEL, '--drawings', drawings, '--out', join(folder, 'none', 'x.ktx2')],
      ],
      [/--model FILE/, ['--drawings', drawings, '--out', out]],
      [/not both/, [...good, '--steps', '1', '--seconds', '1']],
      [/--backend/, [...good, '--backend', 'abacus']],
      [/--workers/, [...good, '--workers', '0']],
      [/--seed/, [...good, '--seed', '-1']],
      [/--seconds/, [...good, '--seconds', 'long']],
    ];
    for (const [message, args] of refusals) {
      const { status, stdout, stderr } = teach(...args);
      expect(status).toBeGreaterThan(0);
      expect(stdout).toBe('');
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/^[^\n]+\n$/);
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.ktx2') || name.endsWith('.tmp'))).toEqual([]);
  });

  it('points out what makes learning hard', () => {
    const [heart] = madeUpHearts(1);
    writeFileSync(drawings, JSON.stringify(Array.from({ length: 4 }, () => heart)));
    const { status, stderr } = teach('--model', MODEL, '--drawings', drawings, '--out', out, '--steps', '0');
    expect(status).toBe(0);
    expect(stderr).toContain('All drawings of "heart" are the same');
    writeFileSync(
      drawings,
      JSON.stringify(
        madeUpDigits(1)
          .filter(({ label }) => label === '7')
          .concat(madeUpDigits(2).filter(({ label }) => label === '7'))
          .map((glyph) => ({ ...glyph, label: 'seven' })),
      ),
    );
    expect(teach('--model', MODEL, '--drawings', drawings, '--out', out, '--steps', '0').stderr).toContain('for "7"');
  });
});
