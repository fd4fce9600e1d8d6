/**
 * Teaches the made-up signs and measures them: `node --import tsx training/teach/signs-benchmark.ts --data DIR`. Each
 * sign alone, or with `--row` one after the other; with `--parts` also the parts of a sign that do not touch, each by
 * itself. The figures are in BENCHMARKS.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseChoice, parseNumber, parseWhole } from '../../engine/command-line/arguments.ts';
import { parseCommandLine, runCommand, userPath } from '../../engine/command-line/command.ts';
import { rasterizeStrokes } from '../../engine/common/handwriting/rasterize.ts';
import { decodeModelFile } from '../../engine/common/model/file.ts';
import type { Model } from '../../engine/common/model/weights.ts';
import { Random } from '../../engine/common/random/random.ts';
import type { Sample } from '../../engine/learning/rollout/batch.ts';
import { flattenWeights } from '../../engine/learning/rollout/layers.ts';
import { scoresOf, tallyOf, type Scores } from '../../engine/learning/rollout/tally.ts';
import { drawMadeUpSign, MADE_UP_SIGNS } from '../../engine/learning/teach/made-up-signs.ts';
import { runCourse, USUAL_SECONDS } from '../../engine/learning/teach/run-course.ts';
import { strokesOf, type Drawing } from '../../engine/learning/teach/sign.ts';
import { digitAt } from '../digits/digits.ts';
import { openEvaluationDigits } from '../digits/source.ts';
import { startPupil, TEACH_BACKENDS } from './start-pupil.ts';
import { ThreadTeam } from './thread-team.ts';

const DRAWINGS = 10;
/** Streams of random numbers: the drawings that are learnt, and those that are not. */
const LEARNT_STREAM = 100;
const UNSEEN_STREAM = 9000;
const STEPS = 80;
const SIDE = 28;
const RADIUS = 1.5;
const LOOK_SAMPLES = 25;
/** Cells with less ink, in bytes, do not live. */
const LIVING_INK = 26;

function drawingsOf(name: string, stream: number, count: number): Drawing[] {
  const random = new Random(stream + MADE_UP_SIGNS.indexOf(name));
  return Array.from({ length: count }, () => drawMadeUpSign(name, random));
}

async function look({ specification, weights }: Model, samples: readonly Sample[]): Promise<Scores> {
  const flat = flattenWeights(specification, weights);
  const unused = { firstNewClass: 0, newChannels: [], rollout: 1, knownLogits: 0, knownHidden: 0 };
  const pupil = await startPupil({ specification, before: flat, ...unused }, 'wasm');
  const verdicts = [];
  for (let start = 0; start < samples.length; start += LOOK_SAMPLES) {
    const part = samples.slice(start, start + LOOK_SAMPLES);
    verdicts.push(...(await pupil.look([{ weights: flat, samples: part, seed: start, steps: STEPS }])).flat());
  }
  pupil.dispose();
  return scoresOf(tallyOf(verdicts));
}

function unseen({ specification }: Model, name: string, count: number): Sample[] {
  const label = specification.classes.findIndex((known) => known.name === name);
  return drawingsOf(name, UNSEEN_STREAM, count).map((drawing) => ({
    pixels: rasterizeStrokes(strokesOf(drawing), { width: SIDE, height: SIDE, radius: RADIUS }),
    label,
    state: null,
  }));
}

/** The parts of an image that do not touch, the largest first: cells see only their neighbours. */
function partsOf({ pixels, label }: Sample): Sample[] {
  const left = pixels.map((ink) => (ink >= LIVING_INK ? ink : 0));
  const parts: { part: Uint8Array; size: number }[] = [];
  left.forEach((ink, start) => {
    if (ink === 0) return;
    const part = new Uint8Array(left.length);
    const found = [start];
    let size = 0;
    for (let cell = found.pop(); cell !== undefined; cell = found.pop()) {
      if (left[cell] === 0) continue;
      part[cell] = left[cell];
      left[cell] = 0;
      size += 1;
      const [x, y] = [cell % SIDE, Math.floor(cell / SIDE)];
      for (let row = Math.max(0, y - 1); row <= Math.min(SIDE - 1, y + 1); row += 1) {
        for (let column = Math.max(0, x - 1); column <= Math.min(SIDE - 1, x + 1); column += 1) {
          found.push(row * SIDE + column);
        }
      }
    }
    parts.push({ part, size });
  });
  parts.sort((one, other) => other.size - one.size);
  return parts.map(({ part }) => ({ pixels: part, label, state: null }));
}

async function tellParts(model: Model, sign: string, samples: readonly Sample[]): Promise<string> {
  const parts = samples.map(partsOf);
  const most = Math.max(...parts.map(({ length }) => length));
  const places = Array.from({ length: most }, (_, place) => parts.flatMap((own) => own.slice(place, place + 1)));
  const told: string[] = [];
  for (const part of places) {
    const cells = part.reduce((sum, { pixels }) => sum + pixels.filter((ink) => ink > 0).length, 0);
    const { cellAccuracy } = await look(model, part);
    told.push(`${percent(cellAccuracy)} of ${cells}`);
  }
  return `parts of ${sign}, cells: ${told.join(', ')}`;
}

const percent = (share: number): string => (100 * share).toFixed(1);

await runCommand(async (args) => {
  const { values } = parseCommandLine({
    args,
    options: {
      model: { type: 'string', default: join(import.meta.dirname, '../../assets/swift.ktx2') },
      data: { type: 'string' },
      signs: { type: 'string', default: MADE_UP_SIGNS.join() },
      steps: { type: 'string' },
      seconds: { type: 'string', default: String(USUAL_SECONDS) },
      limit: { type: 'string', default: '1000' },
      unseen: { type: 'string', default: '100' },
      workers: { type: 'string', default: '2' },
      backend: { type: 'string', default: 'wasm' },
      row: { type: 'boolean', default: false },
      parts: { type: 'boolean', default: false },
    },
  });
  const start = decodeModelFile(readFileSync(userPath(values.model)));
  const limit = parseWhole(values.limit, '--limit', 1);
  const backend = parseChoice(values.backend, '--backend', TEACH_BACKENDS);
  const names = values.signs.split(',').map((name) => parseChoice(name, '--signs', MADE_UP_SIGNS));
  const count = parseWhole(values.unseen, '--unseen', 1);
  const mnist = await openEvaluationDigits(
    { data: values.data },
    start.specification.classes.map((entry) => entry.name),
    'validation',
    limit,
    console.error,
  );
  const digits = Array.from({ length: mnist.count }, (_, index) => ({ ...digitAt(mnist, index), state: null }));
  const tell = async (model: Model): Promise<string> => {
    const { cellAccuracy, majorityAccuracy } = await look(model, digits);
    return `digits ${percent(cellAccuracy)} cells, ${percent(majorityAccuracy)} majority`;
  };
  console.log(`before: ${await tell(start)}`);
  let model = start;
  const taught: string[] = [];
  for (const name of names) {
    if (!values.row) {
      model = start;
      taught.length = 0;
    }
    const cpu = process.cpuUsage();
    let team: ThreadTeam | null = null;
    const result = await runCourse(
      {
        model,
        signs: [{ name, drawings: drawingsOf(name, LEARNT_STREAM, DRAWINGS) }],
        ...(values.steps === undefined
          ? { seconds: parseNumber(values.seconds, '--seconds', 0, 1e5) }
          : { steps: parseWhole(values.steps, '--steps') }),
      },
      {
        startTeam: async (settings) =>
          (team = await ThreadTeam.start(settings, backend, parseWhole(values.workers, '--workers', 1, 64))),
        clock: () => performance.now() / 1000,
        shouldStop: () => false,
        breathe: async () => undefined,
      },
      {},
    );
    const { user, system } = process.cpuUsage(cpu);
    await (team as ThreadTeam | null)?.close();
    model = result.model;
    taught.push(name);
    const scores = await Promise.all(
      taught.map(async (sign) => {
        const { cellAccuracy, majorityAccuracy } = await look(model, unseen(model, sign, count));
        return `${sign} ${percent(cellAccuracy)} cells, ${percent(majorityAccuracy)} majority`;
      }),
    );
    if (values.parts) console.log(await tellParts(model, name, unseen(model, name, count)));
    console.log(
      `${name}: ${result.steps} steps, ${result.seconds.toFixed(0)} s, ${((user + system) / 1e6).toFixed(0)} CPU s; ${scores.join('; ')}; ${await tell(model)}`,
    );
  }
});
