/**
 * Causes typical faults in a running exhibit, and measures how long it takes to recover by itself: kills its browser,
 * hangs its page, kills its GPU process and its server. Linux only, because it looks for processes in /proc. Usage: npx
 * tsx engine/cli/kiosk/faults.ts --runs 5
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SOFTWARE_WEBGL_FLAGS } from '../browser-flags.ts';
import { parseNumber, parseWhole } from '../../command-line/arguments.ts';
import { parseCommandLine, runCommand, UsageError, UserError } from '../../command-line/command.ts';
import { buildSiteIfNeeded } from '../site.ts';
import { isRunning } from './health.ts';
import { descendants, type ProcessEntry } from './processes.ts';
import { askHealth } from './server.ts';

const HELP = `Usage: npx tsx engine/cli/kiosk/faults.ts [options]

Starts the exhibit in a headless browser with software rendering, does a fault to it,
and prints after how many seconds it was running again: two heartbeats were
heard since, and the automaton has made steps between them. Fails if one took too long.

Options:
  --runs N       of each fault, 5 by default
  --only NAME    one fault: browser, page, gpu, server
  --most N       seconds that each may take, 60 by default
  --help         shows this text`;

const POLL_MILLISECONDS = 200;
/** How long to wait before giving up. */
const LONGEST_SECONDS = 300;
/** How long it runs undisturbed before the fault. */
const CALM_SECONDS = 10;

/** What to do, and to which of the exhibit's processes. */
interface Fault {
  readonly words: string;
  readonly signal: NodeJS.Signals;
  readonly hits: (process: ProcessEntry) => boolean;
}

const FAULTS: Readonly<Record<string, Fault>> = {
  browser: {
    words: 'the browser is killed',
    signal: 'SIGKILL',
    hits: ({ command }) => command.includes('--user-data-dir=') && !command.includes('--type='),
  },
  page: {
    words: 'the page hangs',
    signal: 'SIGSTOP',
    hits: ({ command }) => command.includes('--type=renderer'),
  },
  gpu: {
    words: 'the GPU process is killed',
    signal: 'SIGKILL',
    hits: ({ command }) => command.includes('--type=gpu-process'),
  },
  server: {
    words: 'the server is killed',
    signal: 'SIGKILL',
    hits: ({ command }) => command.includes('server-process.ts'),
  },
};

/** Resolves with the seconds until the exhibit runs, judged by two heartbeats from now on. */
async function untilRunning(address: string): Promise<number> {
  const begin = performance.now();
  const seconds = (): number => (performance.now() - begin) / 1000;
  let earlier: { readonly moment: number; readonly uptime: number; readonly step: number } | null = null;
  while (seconds() < LONGEST_SECONDS) {
    await sleep(POLL_MILLISECONDS);
    const report = await askHealth(address);
    if (!report?.page || !isRunning(report.status) || report.heardSecondsAgo === null) continue;
    const moment = seconds() - report.heardSecondsAgo;
    const { uptimeSeconds: uptime, step } = report.page;
    // The age is from the moment when the server answered, which was a little earlier.
    if (moment < POLL_MILLISECONDS / 1000) continue;
    if (earlier && uptime > earlier.uptime && step > earlier.step) return seconds();
    if (earlier === null || uptime !== earlier.uptime) earlier = { moment, uptime, step };
  }
  throw new UserError(`The exhibit did not run again within ${LONGEST_SECONDS} s.`);
}

/** Causes the fault once, and resolves with the seconds until the exhibit runs again. */
async function strike(launcher: number, address: string, { words, signal, hits }: Fault): Promise<number> {
  const targets = descendants(launcher).filter(hits);
  if (targets.length === 0) throw new UserError(`There is no process to which this could be done: ${words}.`);
  for (const { pid } of targets) process.kill(pid, signal);
  return untilRunning(address);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2;
}

/** Resolves with the address that a command prints. */
function addressFrom(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /^http:\/\/localhost:\d+\//m.exec(text)?.[0];
      if (address !== undefined) resolve(address);
    });
    output.on('end', () => reject(new UserError('The exhibit did not start.')));
  });
}

/** Uses a new exhibit for each fault, because on a wall the previous fault is usually weeks ago. */
async function tryOnce(fault: Fault): Promise<{ started: number; again: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const config = join(folder, 'settings.json');
  const browserFlags = ['--headless=new', ...SOFTWARE_WEBGL_FLAGS];
  writeFileSync(config, JSON.stringify({ canvas: { columns: 2, rows: 1 }, supervision: { browserFlags } }));
  const launcher = spawn(process.execPath, ['engine/cli/run.mjs', 'kiosk', '--config', config], {
    cwd: join(import.meta.dirname, '..', '..', '..'),
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => launcher.on('exit', resolve));
  try {
    const address = await addressFrom(launcher.stdout);
    const started = await untilRunning(address);
    await sleep(CALM_SECONDS * 1000);
    return { started, again: await strike(launcher.pid ?? 0, address, fault) };
  } finally {
    launcher.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      runs: { type: 'string', default: '5' },
      only: { type: 'string' },
      most: { type: 'string', default: '60' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const runs = parseWhole(values.runs, '--runs', 1);
  const most = parseNumber(values.most, '--most', 1, 3600);
  const faults = Object.entries(FAULTS).filter(([name]) => values.only === undefined || values.only === name);
  if (faults.length === 0) throw new UsageError(`There is no such fault; there are ${Object.keys(FAULTS).join(', ')}.`);
  await buildSiteIfNeeded();

  let longest = 0;
  for (const [name, fault] of faults) {
    const times: number[] = [];
    for (let run = 1; run <= runs; run += 1) {
      const { started, again } = await tryOnce(fault);
      times.push(again);
      console.log(`${name} ${run}: ${again.toFixed(1)} s, after a first start of ${started.toFixed(1)} s`);
    }
    console.log(`${fault.words}: median ${median(times).toFixed(1)} s, most ${Math.max(...times).toFixed(1)} s`);
    longest = Math.max(longest, ...times);
  }
  if (longest > most) throw new UserError(`It took more than ${most} s.`);
});
