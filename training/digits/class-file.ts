/**
 * The classes of data that is not MNIST's: a `classes.json` beside the files, or `--classes FILE`. It names the classes
 * in the order of the labels, and may say how a model lays its channels out.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { messageOf } from '../../engine/common/error-message.ts';
import { userPath } from '../../engine/command-line/command.ts';
import { isFolder, readInputFile } from '../../engine/command-line/files.ts';
import { CLASS_COLORS } from '../../engine/common/model/class-colors.ts';
import { LIMITS, type ModelClass, type ModelSpecification } from '../../engine/common/model/specification.ts';
import { DataError } from './idx.ts';

/** The file's name in a folder of data. */
export const CLASS_FILE_NAME = 'classes.json';

const byte = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(32));

const classFile = v.strictObject({
  /** A name, or a name and a colour, for each label from 0 on. */
  classes: v.pipe(
    v.array(v.union([name, v.strictObject({ name, color: v.optional(v.tuple([byte, byte, byte])) })])),
    v.minLength(2, 'has to name two classes at least'),
    v.maxLength(LIMITS.classes, `names more than ${LIMITS.classes} classes`),
  ),
  /** Of pen strokes: the labels, and names of shapes, that stand for none of the classes. */
  none: v.optional(v.array(name)),
  /** The number of channels of the model, with the ink, the logits and hidden ones. */
  channels: v.optional(whole(3, LIMITS.channels)),
  ink: v.optional(whole(0, LIMITS.channels - 1)),
  firstLogit: v.optional(whole(0, LIMITS.channels - 1)),
  /** Whether the last layer has a unit for every channel, or for every channel but the ink. */
  outputUnits: v.optional(v.picklist(['all', 'all-but-ink'])),
});

/** A checked class file. */
export interface ClassFile {
  readonly path: string;
  readonly classes: ModelClass[];
  readonly none: string[] | null;
  readonly layout: Partial<ModelSpecification['channels']>;
  readonly outputUnits: 'all' | 'all-but-ink' | null;
}

/** The names that the labels of data have if nothing else is said: the labels themselves. */
export function namesOfLabels(count: number): string[] {
  return Array.from({ length: count }, (_, label) => String(label));
}

/**
 * Reads a class file.
 * @throws DataError that names the file and what is wrong with it; UserError if it cannot be read
 */
export function readClassFile(path: string): ClassFile {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readInputFile(path)));
  } catch (fault) {
    if (fault instanceof SyntaxError || fault instanceof TypeError) {
      throw new DataError(`${path} is not JSON: ${messageOf(fault)}.`);
    }
    throw fault;
  }
  const result = v.safeParse(classFile, json, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new DataError(
      `${path}: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}. This works: {"classes": ["A", "B", {"name": "C", "color": [200, 30, 90]}]}`,
    );
  }
  const { classes, none, channels, ink, firstLogit, outputUnits } = result.output;
  const named = classes.map((entry, index): ModelClass => {
    const { name: own, color } = typeof entry === 'string' ? { name: entry } : entry;
    return { name: own, color: color ?? CLASS_COLORS[index] };
  });
  const names = named.map((entry) => entry.name);
  const twice = names.find((own, index) => names.indexOf(own) !== index);
  if (twice !== undefined) throw new DataError(`${path} names the class "${twice}" twice.`);
  const layout = {
    ...(channels !== undefined && { count: channels }),
    ...(ink !== undefined && { ink }),
    ...(firstLogit !== undefined && { firstLogit }),
  };
  return { path, classes: named, none: none ?? null, layout, outputUnits: outputUnits ?? null };
}

/** Where a command's data lies. */
export interface ClassPlace {
  readonly classes?: string;
  readonly data?: string;
  readonly images?: string;
  readonly strokes?: string;
}

/**
 * The class file of some data: the one that is named, or the one beside the images, or else beside the strokes; null if
 * there is none.
 * @throws DataError or UserError if it cannot be used
 */
export function findClassFile({ classes, data, images, strokes }: ClassPlace): ClassFile | null {
  if (classes !== undefined) return readClassFile(userPath(classes));
  const beside = (place: string): string => (isFolder(place) ? place : dirname(place));
  const place = data ?? images ?? strokes;
  if (place === undefined) return null;
  const path = join(beside(userPath(place)), CLASS_FILE_NAME);
  return existsSync(path) ? readClassFile(path) : null;
}

/**
 * A model with other classes. Its block of logits grows or shrinks where it is; hidden channels, perception and hidden
 * layers stay, unless the layout says otherwise.
 */
export function withClasses(
  model: ModelSpecification,
  { classes, layout, outputUnits }: Pick<ClassFile, 'classes' | 'layout' | 'outputUnits'>,
): ModelSpecification {
  const { channels, update } = model;
  const more = classes.length - model.classes.length;
  const moved = {
    count: channels.count + more,
    ink: channels.ink > channels.firstLogit ? channels.ink + more : channels.ink,
    firstLogit: channels.firstLogit,
    ...layout,
  };
  const last = update[update.length - 1];
  const all = outputUnits === null ? last.units === channels.count : outputUnits === 'all';
  return {
    ...model,
    classes,
    channels: moved,
    update: [...update.slice(0, -1), { ...last, units: all ? moved.count : moved.count - 1 }],
  };
}
