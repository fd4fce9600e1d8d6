import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { hasPackages, runPython } from './find-python.ts';

const PROGRAM = fileURLToPath(new URL('./compare_training.py', import.meta.url));

describe.skipIf(runPython('--version').status !== 0)('the comparison with JAX', () => {
  it('explains itself, and refuses what it cannot use before it installs anything', () => {
    expect(runPython(PROGRAM, '--help').stdout).toContain('Times a training step');
    expect(runPython(PROGRAM, '--data', '/nowhere').stderr).toContain('there is no folder "/nowhere".');
    expect(runPython(PROGRAM, '--steps', '0').stderr).toContain('must be 1 or more');
  });

  it.skipIf(process.env['COMPARE_TRAINING'] === undefined || !hasPackages('cax', 'jax', 'flax', 'optax'))(
    'times a step of each side',
    { timeout: 600_000 },
    () => {
      const { stdout, stderr } = runPython(PROGRAM, '--steps', '1', '--ours', '3', '--backend', 'wasm', '--json');
      const result = JSON.parse(stdout || stderr) as Record<'jax' | 'ours', { secondsAStep: number }> & {
        ratio: number;
      };
      expect(result.jax.secondsAStep).toBeGreaterThan(0);
      expect(result.ratio).toBeCloseTo(result.jax.secondsAStep / result.ours.secondsAStep, 6);
    },
  );
});
