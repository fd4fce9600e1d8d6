/**
 * What every field of a specification means, with a line that works, for people whose model comes from elsewhere.
 * `bake` adds the entry of the field that it refuses; SPECIFICATION.md holds the same entries as a table.
 */
import type { ModelError } from '../../engine/common/model/model-error.ts';

/** A field, `*` standing for the places of a list. */
interface Entry {
  readonly field: string;
  readonly meaning: string;
  /** The field with a value, as it stands in the JSON of the object that holds it. */
  readonly example: string;
}

const entry = (field: string, meaning: string, example: string): Entry => ({ field, meaning, example });

/** All fields, in the order of the schema. The examples together are the specification of the CAX notebook. */
export const SPECIFICATION_GUIDE: readonly Entry[] = [
  entry('version', 'the version of this format', '"version": 1'),
  entry('name', 'the model’s name: 1 to 64 of a–z, 0–9, ".", "_" and "-"', '"name": "mine"'),
  entry('description', 'one sentence about the model, for people', '"description": "Trained with CAX."'),
  entry(
    'classes',
    'the classes, in the order of their logits',
    '"classes": [{ "name": "0", "color": [128, 0, 0] }, { "name": "1", "color": [230, 25, 75] }]',
  ),
  entry('classes.*.name', 'what the class is called, 1 to 32 characters; no two are alike', '"name": "A"'),
  entry('classes.*.color', 'its colour: red, green and blue in sRGB, 0 to 255', '"color": [165, 163, 159]'),
  entry(
    'channels',
    'how many channels a cell has, and which of them hold the ink and the logits',
    '"channels": { "count": 20, "ink": 19, "firstLogit": 0 }',
  ),
  entry('channels.count', 'the number of channels', '"count": 20'),
  entry('channels.ink', 'the channel that holds the image, 0 to 1, counted from 0; no step changes it', '"ink": 19'),
  entry('channels.firstLogit', 'the channel of the first class’s logit; the others follow it', '"firstLogit": 0'),
  entry(
    'perceive',
    'how a cell perceives its 3 × 3 neighbourhood',
    '"perceive": { "kind": "conv3x3", "features": 80, "activation": "relu" }',
  ),
  entry(
    'perceive.kind',
    '"conv3x3", a full convolution with bias, or "depthwise3x3", some filters for each channel, without bias',
    '"kind": "conv3x3"',
  ),
  entry('perceive.features', 'output channels of a "conv3x3"', '"features": 80'),
  entry('perceive.filters', 'filters for each channel of a "depthwise3x3"', '"filters": 4'),
  entry(
    'perceive.activation',
    'what follows the convolution: "relu", "leaky-relu" (slope 0.01 below zero), "tanh" or "none"',
    '"activation": "relu"',
  ),
  entry(
    'update',
    'the 1 × 1 layers behind the perception; the last makes the update',
    '"update": [{ "kind": "dense", "units": 80, "activation": "relu" }, { "kind": "dense", "units": 20, "activation": "none" }]',
  ),
  entry('update.*.kind', '"dense", a 1 × 1 layer with bias', '"kind": "dense"'),
  entry(
    'update.*.units',
    'outputs of the layer; of the last one as many as channels, or one fewer if it leaves out the ink',
    '"units": 20',
  ),
  entry(
    'update.*.activation',
    'what follows the layer: "relu", "leaky-relu", "tanh" or "none"; "none" for the last one',
    '"activation": "none"',
  ),
  entry(
    'step',
    'how an update is applied',
    '"step": { "size": 1, "dropout": 0.5, "dropoutScaling": "inverted", "noise": 0 }',
  ),
  entry('step.size', 'a factor on every update', '"size": 1'),
  entry('step.dropout', 'the share of cells that skip a step, 0 to 0.99, as in training', '"dropout": 0.5'),
  entry(
    'step.dropoutScaling',
    '"inverted" if kept updates are divided by 1 − dropout, as nn.Dropout does in flax, Keras and PyTorch; "none" for a plain mask',
    '"dropoutScaling": "inverted"',
  ),
  entry('step.noise', 'the standard deviation of the normal noise on every update', '"noise": 0'),
  entry(
    'life',
    'which cells live, and what becomes of the others',
    '"life": { "rule": "ink-halo", "inkThreshold": 0.1, "dead": "zero" }',
  ),
  entry(
    'life.rule',
    '"own-ink" if a cell lives where its own ink exceeds the threshold, "ink-halo" if any ink of its 3 × 3 does (a max pool)',
    '"rule": "ink-halo"',
  ),
  entry('life.inkThreshold', 'the ink above which a cell lives, 0 to 1', '"inkThreshold": 0.1'),
  entry(
    'life.dead',
    '"zero" if dead cells are cleared in every channel but the ink, "freeze" if they stay as they are',
    '"dead": "zero"',
  ),
  entry(
    'classification',
    'how logits become labels',
    '"classification": { "inkThreshold": 0.1, "undecidedBelow": 0.01 }',
  ),
  entry('classification.inkThreshold', 'the ink above which a cell has a label, 0 to 1', '"inkThreshold": 0.1'),
  entry(
    'classification.undecidedBelow',
    'a cell whose logits are all below this has not decided yet',
    '"undecidedBelow": 0.01',
  ),
  entry('training', 'how "npm run train" made the model; leave it out for one trained elsewhere', '"training": null'),
  entry('taught', 'what it was taught by drawings, on the page or by "npm run teach"; leave it out', '"taught": []'),
  entry('accuracy', 'what "npm run evaluate --write" measured; leave it out before that', '"accuracy": null'),
];

/** The refusal of a specification in one line, with what the field means and a line that works. */
export function explainRefusal({ message, field }: ModelError): string {
  if (field === null) return `${message} training/SPECIFICATION.md describes the format.`;
  const find = (wanted: string): Entry | undefined => SPECIFICATION_GUIDE.find((known) => known.field === wanted);
  const path = field.replace(/\b\d+\b/g, '*');
  const parent = path.replace(/[^.]*$/, '');
  const exact = find(path);
  const siblings = SPECIFICATION_GUIDE.filter(({ field: known }) => known.startsWith(parent))
    .map((known) => known.field.slice(parent.length))
    .filter((name) => !name.includes('.'));
  if (!exact && siblings.length > 0) return `${message} The fields there are ${siblings.join(', ')}.`;
  // The fields of a record of training or accuracy, which this program writes by itself, have no entries of their own.
  const known = exact ?? find(path.split('.')[0]);
  return known ? `${message} "${known.field}" is ${known.meaning}. This works: ${known.example}` : message;
}
