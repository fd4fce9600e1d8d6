/**
 * The specification of a model: everything that defines a step of its automaton, as data. The engine, the training
 * package and the model file all use this specification. None of them knows a model by name.
 */
import * as v from 'valibot';
import { LARGEST_SEED } from '../random/random.ts';
import { ACTIVATIONS } from './activations.ts';
import { ModelError } from './model-error.ts';

/** The version of the specification that this program writes and reads. */
export const SPECIFICATION_VERSION = 1;

/** Limits that keep a malicious file from requesting absurd amounts of memory. */
export const LIMITS = {
  // 13 textures of state and three others are as many as WebGL2 promises a shader.
  channels: 52,
  classes: 48,
  filters: 16,
  features: 1024,
  units: 4096,
  updateLayers: 8,
  textLength: 20_000,
} as const;

const text = v.pipe(v.string(), v.maxLength(LIMITS.textLength));
const name = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9, ".", "_" and "-"'),
);
const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const finite = (low: number, high: number) => v.pipe(v.number(), v.finite(), v.minValue(low), v.maxValue(high));
const activation = v.picklist(ACTIVATIONS);
const byte = whole(0, 255);
const share = finite(0, 1);

const modelClass = v.strictObject({
  /** The name of the class on the page, such as "7". */
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
  /** The colour of the class in the model's own palette, in sRGB bytes. */
  color: v.tuple([byte, byte, byte]),
});

const channelLayout = v.strictObject({
  count: whole(2, LIMITS.channels),
  /** The channel that holds the image, 0…1. No step changes it. */
  ink: whole(0, LIMITS.channels - 1),
  /** The first of the logits. There is one per class, in the order of the classes. */
  firstLogit: whole(0, LIMITS.channels - 1),
});

const perceive = v.variant('kind', [
  v.strictObject({
    /** Full 3×3 cross-correlation over all channels, with zero padding and bias. */
    kind: v.literal('conv3x3'),
    features: whole(1, LIMITS.features),
    activation,
  }),
  v.strictObject({
    /** `filters` 3×3 filters for each channel; feature c·filters + m; no bias. */
    kind: v.literal('depthwise3x3'),
    filters: whole(1, LIMITS.filters),
    activation,
  }),
]);

const dense = v.strictObject({
  /** A 1×1 layer with bias. */
  kind: v.literal('dense'),
  units: whole(1, LIMITS.units),
  activation,
});

const step = v.strictObject({
  /** The factor that the update is multiplied by before it is added. */
  size: finite(-100, 100),
  /** The share of cells that skip a step, as in training. */
  dropout: finite(0, 0.99),
  /** `inverted`: kept updates are scaled by 1 / (1 − dropout), as in flax; `none`: they are not. */
  dropoutScaling: v.picklist(['none', 'inverted']),
  /**
   * The standard deviation of the normal noise that is added to every channel's update. It is added within the mask, at
   * inference as well.
   */
  noise: finite(0, 10),
});

const life = v.strictObject({
  /** `own-ink`: a cell lives if its own ink exceeds the threshold; `ink-halo`: if any ink in its 3×3 does. */
  rule: v.picklist(['own-ink', 'ink-halo']),
  inkThreshold: share,
  /**
   * What happens to dead cells: `zero` clears everything except the ink in each step; `freeze` leaves them as they are.
   */
  dead: v.picklist(['zero', 'freeze']),
});

const classification = v.strictObject({
  /** Only cells with more ink than this have a label. */
  inkThreshold: share,
  /** A cell is undecided if all of its logits are below this. */
  undecidedBelow: finite(-1e6, 1e6),
});

/** The fields of a recipe that differ from its preset, by path. The values are JSON. */
const settings = v.record(text, text);

const trainingRun = v.strictObject({
  preset: text,
  steps: whole(0, Number.MAX_SAFE_INTEGER),
  seed: whole(0, LARGEST_SEED),
  /** A description of the training data. */
  data: text,
  /** The SHA-256 digest of the unpacked training images and labels, one after the other, or null. */
  dataDigest: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits'))),
  /** The folder of the training data as the command named it. Absent for MNIST and for data that was made as needed. */
  folder: v.optional(text),
  /** The files of pen strokes that it was also trained on, with their SHA-256 digests. Absent if there were none. */
  strokes: v.optional(
    v.pipe(
      v.array(
        v.strictObject({ name: text, digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits')) }),
      ),
      v.maxLength(100),
    ),
  ),
  /** Who is credited for the data, where its licence asks for it. */
  credit: v.optional(text),
  /** The commit of the training package, or null outside a checkout. */
  commit: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{7,64}(-dirty)?$/, 'must be a git commit'))),
  settings: v.optional(settings),
  /** The settings before they were changed during the run, each with the step up to which they were in use. */
  changes: v.optional(v.pipe(v.array(v.strictObject({ step: whole(0, 1e9), settings })), v.maxLength(100))),
  /** The grid levels that the weights were rounded to, see `grid.ts`. Absent if they were not rounded. */
  levels: v.optional(whole(1, 65_535)),
});

const training = v.strictObject({
  ...trainingRun.entries,
  /** The previous runs, oldest first, if this one began with the weights of an earlier run. */
  earlier: v.optional(v.pipe(v.array(trainingRun), v.maxLength(100))),
});

/** Coordinates in thousandths of the drawing's larger side, x and y in turn. */
const drawnStroke = v.pipe(
  v.array(whole(-100_000, 100_000)),
  v.minLength(2),
  v.maxLength(40_000),
  v.check(({ length }) => length % 2 === 0, 'must be x and y in turn'),
);

const taughtSign = v.strictObject({
  /** The name of the class. */
  name: text,
  /** The drawings that it was learnt from: for each the strokes. Teaching more signs rehearses them. */
  drawings: v.pipe(v.array(v.pipe(v.array(drawnStroke), v.maxLength(10_000))), v.maxLength(200)),
  /** The share of cells at step 80 that were right on variations of drawings that were held back. */
  cellAccuracy: share,
});

/** A course in which the model was taught signs by drawings. */
const teaching = v.strictObject({
  /** The SHA-256 digest of the file of the model that it began with. */
  from: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits')),
  signs: v.pipe(v.array(taughtSign), v.minLength(1), v.maxLength(LIMITS.classes)),
  steps: whole(0, 1e9),
  seed: whole(0, LARGEST_SEED),
  /** What it was computed with. The same drawings, seed, steps and backend give the same weights, bit for bit. */
  backend: text,
  /** The share of right cells at step 80 on the project's own handwritten digits. */
  digitCellAccuracy: share,
});

const accuracyAtStep = v.strictObject({
  step: whole(0, Number.MAX_SAFE_INTEGER),
  cellAccuracy: share,
  agreement: share,
  unanimousCorrect: share,
  majorityAccuracy: share,
});

const accuracy = v.strictObject({
  /** The digits, for example "MNIST validation". */
  split: text,
  digits: whole(1, Number.MAX_SAFE_INTEGER),
  seed: whole(0, LARGEST_SEED),
  steps: v.pipe(v.array(accuracyAtStep), v.maxLength(64)),
});

const specificationSchema = v.strictObject({
  version: v.literal(SPECIFICATION_VERSION),
  name,
  description: text,
  classes: v.pipe(v.array(modelClass), v.minLength(2), v.maxLength(LIMITS.classes)),
  channels: channelLayout,
  perceive,
  /**
   * The 1×1 layers. The units of the last one are the update: one per channel, or one for each channel except the ink.
   */
  update: v.pipe(v.array(dense), v.minLength(1), v.maxLength(LIMITS.updateLayers)),
  step,
  life,
  classification,
  /** How it was trained. Null or omitted if the origin of the weights is unknown. */
  training: v.optional(v.nullable(training), null),
  /** What it was taught after training, oldest first. Absent if nothing. */
  taught: v.optional(v.pipe(v.array(teaching), v.maxLength(100))),
  /** Its measured accuracy. Null or omitted before it was evaluated. */
  accuracy: v.optional(v.nullable(accuracy), null),
});

/** A checked specification; see {@link parseSpecification}. */
export type ModelSpecification = v.InferOutput<typeof specificationSchema>;
export type ModelClass = ModelSpecification['classes'][number];
export type TrainingRun = v.InferOutput<typeof trainingRun>;
export type TrainingRecord = NonNullable<ModelSpecification['training']>;
export type TeachingRecord = NonNullable<ModelSpecification['taught']>[number];
export type AccuracyRecord = NonNullable<ModelSpecification['accuracy']>;

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const received = issue.received.length > 60 ? `${issue.received.slice(0, 60)}…` : issue.received;
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `the unknown field ${path ?? received}`;
  }
  if (path !== null && issue.input === undefined) return `${path}: it is missing`;
  return `${path ?? 'its root'}: ${issue.message.replace(issue.received, received)}`;
}

/**
 * Checks that `value` is a specification that this program can run.
 *
 * @throws ModelError that names the first invalid field and the reason.
 */
export function parseSpecification(value: unknown): ModelSpecification {
  if (typeof value === 'object' && value !== null && 'version' in value) {
    const { version } = value;
    if (typeof version === 'number' && version > SPECIFICATION_VERSION) {
      throw new ModelError(
        `The model's specification is version ${version}; this program reads up to version ${SPECIFICATION_VERSION}.`,
      );
    }
  }
  const result = v.safeParse(specificationSchema, value, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new ModelError(`The model's specification has a fault in ${describeIssue(issue)}.`, v.getDotPath(issue));
  }
  checkConsistency(result.output);
  return result.output;
}

function checkConsistency(specification: ModelSpecification): void {
  const { channels, classes, update } = specification;
  const refuse = (field: string, fault: string): never => {
    throw new ModelError(`The model's specification contradicts itself: ${fault}.`, field);
  };
  const lastLogit = channels.firstLogit + classes.length - 1;
  if (channels.ink >= channels.count) {
    refuse('channels.ink', `the ink is channel ${channels.ink}, but there are ${channels.count} channels`);
  }
  if (lastLogit >= channels.count) {
    refuse('channels.firstLogit', `the logits end at channel ${lastLogit}, but there are ${channels.count} channels`);
  }
  if (channels.ink >= channels.firstLogit && channels.ink <= lastLogit) {
    refuse('channels.ink', `the ink, channel ${channels.ink}, is among the logits`);
  }
  if (new Set(classes.map((entry) => entry.name)).size !== classes.length) {
    refuse('classes', 'two classes have the same name');
  }
  if (featureCount(specification) > LIMITS.features) {
    refuse('perceive', `the perception computes more than ${LIMITS.features} features`);
  }
  const last = update[update.length - 1];
  const lastUnits = `update.${update.length - 1}.units`;
  if (last && last.units !== channels.count && last.units !== channels.count - 1) {
    refuse(
      lastUnits,
      `the last layer has ${last.units} units, which is neither one for each of the ${channels.count} channels nor one for each but the ink`,
    );
  }
  if (last && last.activation !== 'none') {
    refuse(`update.${update.length - 1}.activation`, 'the last layer has an activation');
  }
}

/** The number of features P that the perception passes to the update layers. */
export function featureCount({ perceive: layer, channels }: Pick<ModelSpecification, 'perceive' | 'channels'>): number {
  return layer.kind === 'conv3x3' ? layer.features : channels.count * layer.filters;
}

/**
 * For each channel, the unit of the last layer that updates it, or −1 for the ink. If the last layer has a unit for
 * every channel, the one for the ink is never used.
 */
export function updateUnitOfChannel({ channels, update }: Pick<ModelSpecification, 'channels' | 'update'>): number[] {
  const full = update[update.length - 1]?.units === channels.count;
  return Array.from({ length: channels.count }, (_, channel) => {
    if (channel === channels.ink) return -1;
    return full || channel < channels.ink ? channel : channel - 1;
  });
}

/**
 * The factor that a kept update is multiplied by when cells are dropped with probability `dropout`, so that the
 * expected update stays as in training: scale(p) = scale(p_trained) · (1 − p_trained) / (1 − p).
 *
 * It never exceeds scale(p_trained): a single update larger than any in training makes a model's state grow without
 * bound (measured in training/DIARY.md). With more dropout than in training, a model is therefore slower, but not
 * wrong.
 */
export function keptUpdateScale({ step: rule }: Pick<ModelSpecification, 'step'>, dropout: number): number {
  const trainedScale = rule.dropoutScaling === 'inverted' ? 1 / (1 - rule.dropout) : 1;
  return trainedScale * Math.min(1, (1 - rule.dropout) / (1 - dropout));
}

/** All training runs that led to a model's weights, the last one last. */
export function trainingRuns({ earlier = [], ...last }: TrainingRecord): TrainingRun[] {
  return [...earlier, last];
}

/** The number of multiply-adds per cell and step. */
export function multiplyAdds(specification: ModelSpecification): number {
  const { perceive: layer, channels, update } = specification;
  const features = featureCount(specification);
  const perception = layer.kind === 'conv3x3' ? 9 * channels.count * features : 9 * features;
  let inputs = features;
  let total = perception;
  for (const { units } of update) {
    total += inputs * units;
    inputs = units;
  }
  return total;
}
