/**
 * The classes and layouts of the published models and of this project's own, as parts for presets and tests. Sources:
 * the CAX notebook "Self-classifying MNIST Digits" and the Distill article of 2020.
 */
import { colorClasses } from './class-colors.ts';
import type { ModelClass, ModelSpecification } from './specification.ts';

/** The original colours of the digits 0 to 9, in sRGB bytes. */
export const DIGIT_CLASSES: ModelClass[] = colorClasses(Array.from('0123456789'));

/** The digits, then the letters A to Z. */
const ALPHABET_CLASSES: ModelClass[] = colorClasses(Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'));

const DIGIT_CLASSIFICATION = { inkThreshold: 0.1, undecidedBelow: 0.01 };

/** The architecture and rule of the CAX notebook: 20 channels, ink last, halo of one cell. */
export const CAX_SPECIFICATION: ModelSpecification = {
  version: 1,
  name: 'cax',
  description: 'The architecture and rule of the CAX notebook "Self-classifying MNIST Digits".',
  classes: DIGIT_CLASSES,
  channels: { count: 20, ink: 19, firstLogit: 0 },
  perceive: { kind: 'conv3x3', features: 80, activation: 'relu' },
  update: [
    { kind: 'dense', units: 80, activation: 'relu' },
    { kind: 'dense', units: 20, activation: 'none' },
  ],
  step: { size: 1, dropout: 0.5, dropoutScaling: 'inverted', noise: 0 },
  life: { rule: 'ink-halo', inkThreshold: 0.1, dead: 'zero' },
  classification: DIGIT_CLASSIFICATION,
  training: null,
  accuracy: null,
};

/** The architecture and rule of the Distill article: 20 channels, ink first, cells without ink frozen. */
export const DISTILL_SPECIFICATION: ModelSpecification = {
  ...CAX_SPECIFICATION,
  name: 'distill',
  description: 'The architecture and rule of the Distill article "Self-classifying MNIST Digits" (2020).',
  channels: { count: 20, ink: 0, firstLogit: 10 },
  update: [
    { kind: 'dense', units: 80, activation: 'relu' },
    { kind: 'dense', units: 19, activation: 'none' },
  ],
  step: { size: 1, dropout: 0.5, dropoutScaling: 'none', noise: 0.02 },
  life: { rule: 'own-ink', inkThreshold: 0.1, dead: 'freeze' },
};

/**
 * This project's own family: learned depthwise perception and one hidden layer, so that a step is one fused pass. The
 * rule is Distill's; ink first, logits last.
 */
function depthwiseSpecification(
  name: string,
  description: string,
  channelCount: number,
  hiddenUnits: number,
): ModelSpecification {
  return {
    ...DISTILL_SPECIFICATION,
    name,
    description,
    channels: { count: channelCount, ink: 0, firstLogit: channelCount - 10 },
    perceive: { kind: 'depthwise3x3', filters: 4, activation: 'none' },
    update: [
      { kind: 'dense', units: hiddenUnits, activation: 'relu' },
      { kind: 'dense', units: channelCount - 1, activation: 'none' },
    ],
  };
}

/** 30,912 multiply-adds per cell and step: the most accurate of this project's models. */
export const ACCURATE_SPECIFICATION = depthwiseSpecification(
  'accurate',
  'Learned depthwise perception and 384 hidden units: the most accurate of our models.',
  16,
  384,
);

/** 9,977 multiply-adds per cell and step, with as many units as 10,000 allow: for slower devices. */
export const SWIFT_SPECIFICATION = depthwiseSpecification(
  'swift',
  'Learned depthwise perception and 119 hidden units: most of the accuracy for a third of the arithmetic.',
  16,
  119,
);

/** 4,920 multiply-adds per cell and step: for phones. */
export const TINY_SPECIFICATION = depthwiseSpecification(
  'tiny',
  'Learned depthwise perception, 14 channels and 64 hidden units: the smallest of our models.',
  14,
  64,
);

/** 38,736 multiply-adds per cell and step: `accurate` with four more channels, in which large digits can agree. */
export const PENCIL_SPECIFICATION = depthwiseSpecification(
  'pencil',
  "Digits in anybody's hand, of any size; what is no digit stays undecided. 384 hidden units.",
  20,
  384,
);

/** 99,696 multiply-adds per cell and step: digits and capital letters. */
export const ALPHABET_SPECIFICATION: ModelSpecification = {
  ...depthwiseSpecification(
    'alphabet',
    'Digits and capital letters: learned depthwise perception and 448 hidden units.',
    44,
    448,
  ),
  classes: ALPHABET_CLASSES,
  channels: { count: 44, ink: 0, firstLogit: 8 },
};
