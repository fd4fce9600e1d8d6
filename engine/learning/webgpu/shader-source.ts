/** The compute shaders of training, put together from the files under `shaders/training/`. */
import type { NetworkLayout } from './layout.ts';

/** The passes, and what each stands on beside `network.wgsl`. */
export const PASSES = {
  forward: ['product.wgsl', 'forward.wgsl'],
  loss: ['loss.wgsl'],
  backward: ['product.wgsl', 'backward.wgsl'],
  gradient: ['gradient.wgsl'],
  sum: ['sum.wgsl'],
} as const;

export type PassName = keyof typeof PASSES;

/** Returns the text of a file under `shaders/training/`. Node reads it from disk; a page has it in its bundle. */
export type ReadShader = (file: string) => string;

/** What is constant for all steps of one automaton. */
export interface PassConstants {
  readonly trace: boolean;
  readonly noise: boolean;
  readonly firstLogit: number;
  readonly logits: number;
}

/** WGSL of one pass for one network. */
export function passSource(
  read: ReadShader,
  pass: PassName,
  layout: NetworkLayout,
  { trace, noise, firstLogit, logits }: PassConstants,
): string {
  return [
    read('network.wgsl'),
    layout.constants,
    `const TRACE = ${trace};`,
    `const NOISE = ${noise};`,
    `const FIRST_LOGIT = ${firstLogit}u;`,
    `const LOGITS = ${logits}u;`,
    ...PASSES[pass].map((file) => read(file)),
    ...(pass === 'gradient' ? [layout.tiles] : []),
  ].join('\n');
}
