/** What tests of the engine without the page run: specifications, and ink. */
import type { CanvasLayout, FiringMode } from '../../engine/automaton/types.ts';
import * as architectures from '../../engine/common/model/architectures.ts';
import { colorClasses } from '../../engine/common/model/class-colors.ts';
import { LIMITS, type ModelSpecification } from '../../engine/common/model/specification.ts';
import { Random } from '../../engine/common/random/random.ts';

export const SPECIFICATIONS: Record<string, ModelSpecification> = {
  cax: architectures.CAX_SPECIFICATION,
  distill: architectures.DISTILL_SPECIFICATION,
  accurate: architectures.ACCURATE_SPECIFICATION,
  swift: architectures.SWIFT_SPECIFICATION,
  tiny: architectures.TINY_SPECIFICATION,
  // The published architecture with fewer features and units, so that every program compiles in a moment.
  narrow: {
    ...architectures.CAX_SPECIFICATION,
    name: 'narrow',
    perceive: { kind: 'conv3x3', features: 22, activation: 'relu' },
    update: [
      { kind: 'dense', units: 18, activation: 'relu' },
      { kind: 'dense', units: 20, activation: 'none' },
    ],
  },
  // Awkward on purpose: channels, filters, features and units that are no multiples of four, and three layers.
  odd: {
    ...architectures.DISTILL_SPECIFICATION,
    name: 'odd',
    channels: { count: 13, ink: 2, firstLogit: 3 },
    perceive: { kind: 'depthwise3x3', filters: 3, activation: 'relu' },
    update: [
      { kind: 'dense', units: 18, activation: 'relu' },
      { kind: 'dense', units: 7, activation: 'none' },
      { kind: 'dense', units: 13, activation: 'none' },
    ],
  },
  // The activations that the shipped models do not have, each before and behind a layer of another.
  curved: {
    ...architectures.DISTILL_SPECIFICATION,
    name: 'curved',
    perceive: { kind: 'depthwise3x3', filters: 2, activation: 'tanh' },
    update: [
      { kind: 'dense', units: 10, activation: 'leaky-relu' },
      { kind: 'dense', units: 14, activation: 'tanh' },
      { kind: 'dense', units: 19, activation: 'none' },
    ],
  },
  leaky: {
    ...architectures.CAX_SPECIFICATION,
    name: 'leaky',
    perceive: { kind: 'conv3x3', features: 18, activation: 'leaky-relu' },
    update: [
      { kind: 'dense', units: 14, activation: 'leaky-relu' },
      { kind: 'dense', units: 20, activation: 'none' },
    ],
  },
  // As many classes and channels as a model may have: 13 state textures.
  alphabet: {
    ...architectures.DISTILL_SPECIFICATION,
    name: 'alphabet',
    classes: colorClasses(Array.from({ length: LIMITS.classes }, (_, label) => `c${label}`)),
    channels: { count: LIMITS.channels, ink: 0, firstLogit: LIMITS.channels - LIMITS.classes },
    perceive: { kind: 'depthwise3x3', filters: 2, activation: 'none' },
    update: [
      { kind: 'dense', units: 12, activation: 'relu' },
      { kind: 'dense', units: LIMITS.channels - 1, activation: 'none' },
    ],
  },
};

/** Ink of irregular blots, with faint and with full cells. */
export function blots(size: number, seed: number): Uint8Array {
  const random = new Random(seed);
  return Uint8Array.from({ length: size * size }, () => (random.unit() < 0.35 ? random.below(256) : 0));
}

/** A simulation whose picture is compared. */
export interface PictureCase {
  /** A made-up model of this specification, or a shipped one, `assets/NAME.ktx2`. */
  readonly specification: string;
  readonly shipped?: boolean;
  readonly strategy: string;
  readonly firing: FiringMode;
  readonly dropout: number;
  readonly steps: number;
  /** Width and height of the canvas, in cells. */
  readonly size: number;
}

/** The seed of its weights, of its ink, and of chance. */
export const PICTURE_SEEDS = { model: 1, ink: 3, chance: 7 };

export function pictureLayout({ size }: PictureCase): CanvasLayout {
  return { columns: 1, rows: 1, tile: size };
}
