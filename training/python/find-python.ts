/** Python for the tests of what stands in this folder; most machines have it, and few have the packages. */
import { spawnSync } from 'node:child_process';

/** The interpreter that the environment names, or the one on the path. */
export const PYTHON = process.env['PYTHON'] ?? 'python3';

/** Runs a script, or code after `-c`, and gives its outcome; nothing is written beside the script. */
export function runPython(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const environment = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', KERAS_BACKEND: 'jax', JAX_PLATFORMS: 'cpu' };
  return spawnSync(PYTHON, args, { encoding: 'utf8', env: environment });
}

/** Whether Python is there with all of these packages. */
export function hasPackages(...packages: string[]): boolean {
  const code = `from importlib.util import find_spec; exit(not all(map(find_spec, ${JSON.stringify(packages)})))`;
  return runPython('-c', code).status === 0;
}
