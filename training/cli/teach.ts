/** `npm run teach`: teaches a model new signs by drawings. */
import { availableParallelism } from 'node:os';
import { parseChoice, parseNumber, parseWhole } from '../../engine/command-line/arguments.ts';
import { parseCommandLine, runCommand, UsageError, UserError, userPath } from '../../engine/command-line/command.ts';
import { isFolder, parseInputFile, writeFileAtomic } from '../../engine/command-line/files.ts';
import { dirname } from 'node:path';
import { encodeModelFile } from '../../engine/common/model/file.ts';
import { messageOf } from '../../engine/common/error-message.ts';
import { checkSigns } from '../../engine/learning/teach/check-signs.ts';
import { runCourse, USUAL_SECONDS } from '../../engine/learning/teach/run-course.ts';
import type { Sign } from '../../engine/learning/teach/sign.ts';
import type { Measurement, TeachProgress } from '../../engine/learning/teach/teacher.ts';
import { readModel } from '../bake/imported-model.ts';
import { readGlyphs } from '../strokes/glyphs.ts';
import { describeIssue } from '../teach/describe-issue.ts';
import { TEACH_BACKENDS, type TeachBackend } from '../teach/start-pupil.ts';
import { ThreadTeam } from '../teach/thread-team.ts';

const MOST_WORKERS = 64;
const MOST_SECONDS = 86_400;
const MOST_STEPS = 1_000_000;
/** Seconds between two lines about how it goes. */
const LINE_SECONDS = 5;

const HELP = `Usage: npm run teach -- --model FILE --drawings FILE.json --out FILE.ktx2 [options]

Teaches a model one or more new signs. The digits are rehearsed, so that they
are not forgotten; so are signs that the model was taught before.

  --model FILE          the model to begin with; the file is not changed
  --drawings FILE.json  an array, gzipped or not, of {"label": "heart",
                        "strokes": [[x0, y0, x1, y1, ...], ...]}: one object a
                        drawing, one array a stroke, y down. Each label is a
                        sign; 8 to 12 drawings of each are enough
  --out FILE.ktx2       the taught model; one that is there is replaced
  --seconds N           how long to learn (${USUAL_SECONDS})
  --steps N             training steps to take instead: they repeat a course of
                        the same drawings, seed and backend bit for bit
  --seed N              seed of all random numbers (0)
  --backend NAME        ${['auto', ...TEACH_BACKENDS].join(', ')}; auto is wasm, as in the page
  --workers N           threads that share the work; no effect on the result
  --json                one JSON object a line
  --help                this text
`;

/** The signs of a file of drawings, one for each label, in the order in which the labels first occur. */
function readSigns(path: string): Sign[] {
  const { glyphs } = readGlyphs(path);
  const names = [...new Set(glyphs.map(({ label }) => label))];
  return names.map((name) => ({
    name,
    drawings: glyphs.filter(({ label }) => label === name).map(({ strokes }) => strokes),
  }));
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function describeMeasurement({ signs, digits }: Measurement): string {
  const parts = signs.map(
    ({ name, accuracy, confusion }) =>
      `${name} ${percent(accuracy)}${confusion ? ` (${percent(confusion.share)} taken for ${confusion.name})` : ''}`,
  );
  return `${parts.join(', ')}; digits ${percent(digits.accuracy)}`;
}

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      model: { type: 'string' },
      drawings: { type: 'string' },
      out: { type: 'string' },
      seconds: { type: 'string' },
      steps: { type: 'string' },
      seed: { type: 'string', default: '0' },
      backend: { type: 'string', default: 'auto' },
      workers: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (!values.model) throw new UsageError('Name the model to begin with: --model FILE.');
  if (!values.drawings) throw new UsageError('Name the file of drawings: --drawings FILE.json.');
  if (!values.out) throw new UsageError('Name the file to write: --out FILE.ktx2.');
  if (values.seconds !== undefined && values.steps !== undefined) {
    throw new UsageError('A course ends after --seconds or after --steps, not both.');
  }
  const seconds = values.seconds === undefined ? undefined : parseNumber(values.seconds, '--seconds', 0, MOST_SECONDS);
  const steps = values.steps === undefined ? undefined : parseWhole(values.steps, '--steps', 0, MOST_STEPS);
  const seed = parseWhole(values.seed, '--seed');
  const choice = parseChoice(values.backend, '--backend', ['auto', ...TEACH_BACKENDS]);
  const backend: TeachBackend = choice === 'auto' ? 'wasm' : choice;
  const workers =
    values.workers === undefined
      ? Math.min(3, availableParallelism())
      : parseWhole(values.workers, '--workers', 1, MOST_WORKERS);
  const out = userPath(values.out);
  // Better now than after a minute of learning.
  if (!isFolder(dirname(out))) throw new UserError(`The folder "${dirname(out)}" does not exist.`);
  if (isFolder(out)) throw new UserError(`"${out}" is a folder, not a file.`);

  const model = parseInputFile(userPath(values.model), readModel);
  const signs = readSigns(userPath(values.drawings));
  const say = (text: string, event: Record<string, unknown>): void =>
    console.log(values.json ? JSON.stringify(event) : text);
  const hint = (text: string): void => {
    if (values.json) console.log(JSON.stringify({ event: 'hint', text }));
    else console.error(text);
  };
  for (const issue of checkSigns(model.specification, signs)) {
    if (issue.severity === 'error') throw new UserError(describeIssue(issue, signs));
    hint(describeIssue(issue, signs));
  }

  let isStopped = false;
  const stop = (): void => {
    // A second signal ends at once, as the first may wait for a step.
    if (isStopped) process.exit(130);
    isStopped = true;
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  let team: ThreadTeam | null = null;
  let toldAt = -LINE_SECONDS;
  const tell = ({ step, seconds: elapsed, share, loss }: TeachProgress): void => {
    if (!values.json && elapsed - toldAt < LINE_SECONDS) return;
    toldAt = elapsed;
    say(`${Math.round(100 * share)} %, step ${step}, ${elapsed.toFixed(0)} s, loss ${loss.toFixed(2)}`, {
      event: 'step',
      ...{ step, seconds: elapsed, share, loss },
    });
  };
  try {
    const result = await runCourse(
      { model, signs, seed, seconds, steps },
      {
        startTeam: async (settings) => (team = await ThreadTeam.start(settings, backend, workers)),
        clock: () => performance.now() / 1000,
        shouldStop: () => isStopped,
        // Signals are only heard when the event loop turns.
        breathe: () => new Promise((resolve) => setImmediate(resolve)),
      },
      {
        issue: (issue) => hint(describeIssue(issue, signs)),
        progress: tell,
        measured: (measurement, step) =>
          say(`step ${step}: cells right: ${describeMeasurement(measurement)}`, {
            event: 'measured',
            step,
            ...measurement,
          }),
      },
    );
    writeFileAtomic(out, encodeModelFile(result.model));
    say(
      `Taught ${signs.map(({ name }) => name).join(', ')} in ${result.steps} steps, ${result.seconds.toFixed(1)} s: ${describeMeasurement(result.measurement)}. The model is ${out}.`,
      {
        event: 'done',
        ...{ model: out, steps: result.steps, seconds: result.seconds, seed, backend, workers },
        ...result.measurement,
      },
    );
  } catch (fault) {
    if (fault instanceof RangeError || (fault instanceof Error && /out of memory/i.test(fault.message))) {
      throw new UserError(`There is not enough memory to teach this model: ${messageOf(fault)}.`);
    }
    throw fault;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await (team as ThreadTeam | null)?.close();
  }
});
