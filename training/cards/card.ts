/** A model's card: what it is, how it came about, how good it is, and where it fails, as Markdown. */
import { basename } from 'node:path';
import {
  multiplyAdds,
  type ModelSpecification,
  trainingRuns,
  type TrainingRecord,
  type TrainingRun,
} from '../../engine/common/model/specification.ts';
import { ACTIVATION_NAMES } from '../../engine/common/model/activations.ts';
import { parameterCount } from '../../engine/common/model/weights.ts';
import { quoteWord } from '../../engine/command-line/quote.ts';
import { STROKES_NAME } from '../digits/source.ts';
import { OWN_HAND } from '../strokes/own-hand.ts';
import { mistakesOf } from '../evaluation/confusion.ts';
import { describeConfusion, nameDrift, nameScores } from '../evaluation/describe.ts';
import type { Evaluation } from '../evaluation/evaluate.ts';
import type { ChangeScores } from '../evaluation/measure-changes.ts';
import { IMAGE_STEPS, type ImageScores } from '../evaluation/measure-images.ts';
import type { StrokeFindings } from '../evaluation/measure-strokes.ts';
import { describeGroups } from '../evaluation/merged-classes.ts';
import type { Scores } from '../../engine/learning/rollout/tally.ts';
import { findPreset, PRESET_NAMES } from '../presets/index.ts';
import { count, percent, table } from './markdown.ts';
import { describeChangesOfMind, describeStrokes } from './public-sections.ts';

export interface CardData {
  readonly specification: ModelSpecification;
  /** The model's file, as the commands in the card name it. */
  readonly path: string;
  readonly evaluation: Evaluation;
  /** Which digits, such as "MNIST validation". */
  readonly digitsName: string;
  /** Further sets of images; empty if none were measured. */
  readonly images: readonly ImageScores[];
  /** Scores by condition, and on how many digits. */
  readonly conditions: Record<string, Scores>;
  readonly conditionDigits: number;
  /** What came of pen strokes, or null if they were not measured. */
  readonly strokes: StrokeFindings | null;
  /** What came of digits that became others, or null if they were not measured. */
  readonly changes: readonly ChangeScores[] | null;
  /** The command that writes this very card. */
  readonly command: string;
}

/** A condition under which fewer cells than this are right is named as one that the model fails at. */
const FAILING_SHARE = 0.8;
const MISTAKE_COUNT = 6;

/** The whole card. */
export function renderCard(data: CardData): string {
  const { specification, evaluation } = data;
  return [
    `# ${specification.name}`,
    specification.description,
    '## What it is',
    describeNetwork(specification),
    '## How it came about',
    describeTraining(specification, data.path),
    '## How good it is',
    `On ${count(evaluation.n)} digits of ${data.digitsName}, evaluation seed ${evaluation.seeds.join(', ')}, backend ${evaluation.backend}. In percent${evaluation.spread ? ', the mean of the seeds and their standard deviation' : ''}; a mutation turns every digit into another one after step 200, with the state kept where there is ink in both.`,
    scoreTable(nameScores(evaluation), evaluation.spread ? nameScores(evaluation.spread) : null),
    ...(evaluation.merged
      ? [
          `With ${describeGroups(evaluation.merged.groups)} counted as one class:`,
          scoreTable({ 'step 200': evaluation.merged.scores }, null),
        ]
      : []),
    `Flicker: ${(100 * evaluation.flicker).toFixed(3)} % of the cells with ink change their label in a step.`,
    ...describeDrift(evaluation),
    ...describeImages(data.images, evaluation.seed),
    '## Under other conditions',
    `${count(data.conditionDigits)} digits, at step 200 if not said otherwise, seed ${evaluation.seed}. One digit of them is ${(100 / data.conditionDigits).toFixed(1)} points of agreement and majority.`,
    scoreTable(data.conditions, null),
    ...(data.strokes ? describeStrokes(data.strokes, classNames(specification)) : []),
    ...(data.changes ? describeChangesOfMind(data.changes) : []),
    '## Where it fails',
    describeFailures(data),
    'Votes at step 200: a row a class, a column a vote.',
    fence(describeConfusion(evaluation.confusion, classNames(specification))),
    '## Again',
    'This card, every figure of it, is written by',
    fence(data.command, 'sh'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

const fence = (text: string, language = ''): string => `\`\`\`${language}\n${text}\n\`\`\``;
const classNames = ({ classes }: ModelSpecification): string[] => classes.map(({ name }) => name);

function describeNetwork(specification: ModelSpecification): string {
  const { channels, classes, perceive, update, step, life } = specification;
  const perception =
    perceive.kind === 'conv3x3'
      ? `a full 3×3 convolution to ${perceive.features} features (${ACTIVATION_NAMES[perceive.activation]})`
      : `${perceive.filters} learned 3×3 filters for each channel${perceive.activation === 'none' ? '' : ` (${ACTIVATION_NAMES[perceive.activation]})`}`;
  const layers = update
    .map(({ units, activation }) => `${units}${activation === 'none' ? '' : ` with ${ACTIVATION_NAMES[activation]}`}`)
    .join(', then ');
  const scaling =
    step.dropoutScaling === 'inverted' ? 'kept updates scaled up to make up for it' : 'kept updates not scaled';
  const rule =
    life.rule === 'own-ink'
      ? `A cell lives where its own ink exceeds ${life.inkThreshold}`
      : `A cell lives where any ink of its 3×3 exceeds ${life.inkThreshold}`;
  return [
    `- A neural cellular automaton of ${channels.count} channels: the ink, ${classes.length} logits, ${channels.count - 1 - classes.length} hidden.`,
    `- One step of a cell: ${perception}, then dense layers of ${layers}. ${count(parameterCount(specification))} weights, ${count(multiplyAdds(specification))} multiply-adds.`,
    `- ${rule}; dead cells are ${life.dead === 'zero' ? 'set to zero' : 'frozen'}. A cell skips a step with probability ${step.dropout}, ${scaling}; noise of deviation ${step.noise} on every update.`,
  ].join('\n');
}

/** The commands that make the model again: a run for each that it went through, then the file. */
function trainingCommands(training: TrainingRecord, { classification }: ModelSpecification, path: string): string {
  const runs = trainingRuns(training);
  const outOf = (index: number): string =>
    `runs/${basename(path, '.ktx2')}${index < runs.length - 1 ? `-${index + 1}` : ''}`;
  const commands = runs.map((run, index) => {
    const { preset, steps, seed, settings: { steps: planned, ...others } = {} } = run;
    const from = index > 0 ? ` --from ${outOf(index - 1)}/model.ktx2` : '';
    const options = Object.entries(others).map(([field, value]) => ` --set ${quoteWord(`${field}=${value}`, true)}`);
    return `npm run train -- --preset ${preset}${from}${dataOptions(run)} --steps ${planned ?? steps} --seed ${seed}${options.join('')} --out ${outOf(index)}`;
  });
  const { levels, credit } = training;
  const input = `${outOf(runs.length - 1)}/checkpoint.safetensors`;
  const { undecidedBelow } = classification;
  const { preset: lastPreset } = runs[runs.length - 1];
  const trained = PRESET_NAMES.includes(lastPreset)
    ? findPreset(lastPreset).model.classification.undecidedBelow
    : undefined;
  const threshold = trained === undefined || trained === undecidedBelow ? '' : ` --undecided-below ${undecidedBelow}`;
  const rounding = levels ? ` --levels ${levels}` : '';
  const credited = credit === undefined ? '' : ` --credit ${quoteWord(credit)}`;
  return [...commands, `npm run bake -- ${input}${rounding}${threshold}${credited} --out ${path}`].join('\n');
}

/** The options that name what a run was trained on; MNIST needs none. */
function dataOptions(run: TrainingRun): string {
  const images = run.folder === undefined ? '' : ` --data ${quoteWord(run.folder)}`;
  const made = run.data.startsWith('handwriting') ? ' --synthetic' : images;
  return drewStrokes(run) ? `${made} --strokes ${run.strokes ? 'DIR' : OWN_HAND}` : made;
}

function drewStrokes({ data, strokes }: TrainingRun): boolean {
  return strokes !== undefined || data.endsWith(STROKES_NAME);
}

function describeChanges(training: TrainingRecord): string[] {
  const runs = trainingRuns(training);
  const stopped = runs.flatMap(({ steps, settings }, index) =>
    settings?.['steps']
      ? [
          `What the ${runs.length > 1 ? `run of number ${index + 1}` : 'run'} had made after ${count(steps)} of the steps that it was to have is what was taken.`,
        ]
      : [],
  );
  const before = runs
    .flatMap(({ changes = [] }) => changes)
    .map(
      ({ step, settings: fields }) =>
        `until step ${count(step)} with ${Object.entries(fields)
          .map(([field, value]) => `\`${field}=${value}\``)
          .join(', ')}`,
    );
  return [
    ...stopped,
    before.length > 0
      ? `The run went ${before.join(', then ')}, so that these commands make a model like this one and not the same.`
      : 'At these commits, as a preset may change, a seed, a backend and a number of workers give the same weights, bit for bit; another backend gives a model of the same kind and nearly the same figures.',
  ];
}

function describeTraining(specification: ModelSpecification, path: string): string {
  const { training } = specification;
  if (!training) return 'Its file does not say.';
  const { strokes = [] } = training;
  const files = strokes.map(({ name, digest }) => `${name} (SHA-256 \`${digest}\`)`);
  const credits = new Set(trainingRuns(training).flatMap(({ credit }) => credit ?? []));
  const nameOf = ({ data, dataDigest }: TrainingRun): string =>
    `on ${data}${dataDigest ? ` (SHA-256 of images and labels \`${dataDigest}\`)` : ''} `;
  const runs = trainingRuns(training).map((run, index, all) => {
    const { preset, steps, commit } = run;
    const version = commit ? `, at commit \`${commit}\`` : '';
    const isNew = index === 0 || nameOf(run) !== nameOf(all[index - 1]);
    return `${isNew ? nameOf(run) : ''}for ${count(steps)} steps of the preset \`${preset}\`${version}`;
  });
  return [
    `Trained ${runs.join('; then, from the weights of that run, ')}:`,
    fence(trainingCommands(training, specification, path), 'sh'),
    ...(files.length > 0 ? [`Its pen strokes were those of ${files.join(', ')}.`] : []),
    ...[...credits].map((credit) => `Credit for the data: ${credit}`),
    ...describeChanges(training),
  ].join('\n\n');
}

function scoreTable(rows: Record<string, Scores>, spreads: Record<string, Scores> | null): string {
  const keys = ['cellAccuracy', 'agreement', 'unanimousCorrect', 'majorityAccuracy'] as const;
  return table(
    ['', 'cells', 'agreement', 'unanimous and correct', 'majority'],
    Object.entries(rows).map(([name, scores]) => {
      const around = spreads?.[name];
      return [name, ...keys.map((key) => percent(scores[key]) + (around ? ` ± ${percent(around[key])}` : ''))];
    }),
  );
}

/** How images of other files are read. */
function describeImages(sets: readonly ImageScores[], seed: number): string[] {
  if (sets.length === 0) return [];
  const keys = ['cellAccuracy', 'agreement', 'majorityAccuracy'] as const;
  const heads = IMAGE_STEPS.flatMap((step) => ['cells', 'agreement', 'majority'].map((word) => `${word} @${step}`));
  return [
    `Images of other files, neither scaled nor cropped, seed ${seed}, after ${IMAGE_STEPS.join(' and ')} steps:`,
    table(
      ['', 'images', ...heads],
      sets.map(({ name, n, steps }) => [
        ...[name, count(n)],
        ...IMAGE_STEPS.flatMap((step) => keys.map((key) => percent(steps[step][key]))),
      ]),
    ),
  ];
}

function describeDrift(evaluation: Evaluation): string[] {
  if (!evaluation.drift) return [];
  return [
    `${count(evaluation.drift.digits)} digits, left alone until step 1,000:`,
    scoreTable(nameDrift(evaluation), null),
  ];
}

/** Whether it was trained on ink that is none of its classes. */
function learnedUndecided({ training }: ModelSpecification): boolean {
  return training !== null && trainingRuns(training).some(drewStrokes);
}

function describeFailures({ specification, evaluation, conditions }: CardData): string {
  const names = classNames(specification);
  const failing = Object.entries(conditions).filter(([, { cellAccuracy }]) => cellAccuracy < FAILING_SHARE);
  const mistakes = mistakesOf(evaluation.confusion, MISTAKE_COUNT);
  const worst = evaluation.worst.slice(0, 10);
  const points = [
    failing.length > 0
      ? `Fewer than ${100 * FAILING_SHARE} % of cells are right with: ${failing.map(([name, { cellAccuracy }]) => `${name} (${percent(cellAccuracy)} %)`).join(', ')}.`
      : `Under none of the conditions above are fewer than ${100 * FAILING_SHARE} % of cells right.`,
    mistakes.length > 0
      ? `Its most frequent mistakes: ${mistakes.map(({ label, vote, count: times }) => `${names[label]} taken for ${names[vote]} (${times})`).join(', ')}.`
      : 'No digit was voted wrong.',
    ...(worst.length > 0
      ? [
          `Its worst digits, by their place in the split: ${worst.map(({ index, label, vote }) => `${index} (${names[label]} → ${vote < 0 ? 'nothing' : names[vote]})`).join(', ')}.`,
        ]
      : []),
    learnedUndecided(specification)
      ? `It knows its ${names.length} classes, and has learned to leave other ink undecided, as far as the figures above go.`
      : `It knows nothing but its ${names.length} classes: whatever is drawn, a letter or a scribble, is taken for one of them.`,
  ];
  return points.map((point) => `- ${point}`).join('\n');
}
