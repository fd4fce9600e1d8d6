/** Runs the external programs of the compilers command. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';

export interface ToolResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was terminated because it took too long. */
  readonly isLate: boolean;
  /** The CPU time that it took. */
  readonly processorSeconds: number;
}

export interface ToolOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly timeoutSeconds?: number;
}

/** Runs a program through the shell, which reports its CPU time. */
export function runTool(command: string, words: readonly string[], options: ToolOptions = {}): ToolResult {
  const script = '"$@"; status=$?; times >&2; exit $status';
  const { status, stdout, stderr, error } = spawnSync('sh', ['-c', script, 'sh', command, ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.timeoutSeconds === undefined ? {} : { timeout: 1000 * options.timeoutSeconds }),
  });
  const isLate = error !== undefined && 'code' in error && error.code === 'ETIMEDOUT';
  // Two lines with the user and system time, of the shell itself and of its children.
  const lines = stderr.trimEnd().split('\n');
  const seconds = [...(lines.at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => 60 * Number(m) + Number(s));
  return {
    ok: status === 0,
    stdout,
    stderr: error ? error.message : lines.slice(0, -2).join('\n'),
    isLate,
    processorSeconds: seconds.reduce((sum, value) => sum + value, 0),
  };
}

export function isInstalled(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}
