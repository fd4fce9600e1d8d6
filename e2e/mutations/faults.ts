/** Faults as somebody could write them, each of which the tests have to notice. */
import type { PictureCase } from '../harness/made-up.ts';

export interface Fault {
  readonly name: string;
  /** Text in the source of a shader, as the driver is given it, or in a module's file under `engine/`. */
  readonly from: string;
  readonly to: string;
  /** The module, if it is none of the shaders. */
  readonly module?: string;
}

/** Put into the engine without the page. */
export interface EngineFault extends Fault {
  /** What is run with it. */
  readonly check: CheckName;
}

const base = { strategy: 'texture', firing: 'cell', dropout: 0.5, steps: 5, size: 20 } as const;

/** What faults are tried with: a few of the cases in engine.spec.ts. */
export const CHECKS = {
  'depthwise, each cell draws': { ...base, specification: 'tiny' },
  'three layers, noise': { ...base, specification: 'odd', dropout: 0.25, steps: 8 },
  'full convolution, halo': { ...base, specification: 'narrow' },
  'blocks fire': { ...base, specification: 'tiny', firing: 'block', size: 130, steps: 3 },
  'layer by layer': { ...base, specification: 'odd', strategy: 'layered-texture' },
  'weights as constants': { ...base, specification: 'odd', strategy: 'constants' },
  'weights in a block': { ...base, specification: 'odd', strategy: 'uniform' },
  'a trained model': { ...base, specification: 'tiny', shipped: true, steps: 12, size: 28 },
} satisfies Record<string, PictureCase>;

export type CheckName = keyof typeof CHECKS;

const DEPTHWISE = 'depthwise, each cell draws';
const LAYERS = 'three layers, noise';
const FULL = 'full convolution, halo';
const BLOCKS = 'blocks fire';
const TRAINED = 'a trained model';

export const ENGINE_FAULTS: readonly EngineFault[] = [
  // Reading the neighbourhood.
  {
    name: 'neighbours before and after swapped',
    from: 'texelFetch(linksBefore, texel, 0)',
    to: 'texelFetch(linksAfter, texel, 0)',
    check: DEPTHWISE,
  },
  {
    name: 'neighbours in the wrong order',
    from: 'slotOfLink(before[tap])',
    to: 'slotOfLink(before[3 - tap])',
    check: DEPTHWISE,
  },
  {
    name: 'ink of the wrong neighbour',
    from: 'inkOfLink(after[tap - 5])',
    to: 'inkOfLink(after[8 - tap])',
    check: DEPTHWISE,
  },
  {
    name: 'the cell itself is not seen',
    from: 'perceiveTap(4, texel, stateChannel(INK_CHANNEL, texel));',
    to: '',
    check: DEPTHWISE,
  },
  { name: 'one neighbour is forgotten', from: 'tap < 9', to: 'tap < 8', check: DEPTHWISE },
  {
    name: 'ink of neighbours a shade too light',
    from: 'float(link >> 24) * (1.0 / 255.0)',
    to: 'float(link >> 24) * (1.0 / 256.0)',
    // Made-up weights make too little of it for a byte of colour.
    check: TRAINED,
  },
  { name: 'a slot loses its high bits', from: 'link & 0xffffffu', to: 'link & 0xfffu', check: DEPTHWISE },
  {
    name: 'rows of slots are one too narrow',
    from: 'index >> slotShift',
    to: 'index >> (slotShift + 1)',
    check: DEPTHWISE,
  },
  // The state.
  { name: 'two channels swapped', from: 'value[index]);\n    }', to: 'value[index ^ 1]);\n    }', check: DEPTHWISE },
  {
    name: 'two state textures swapped',
    from: 'case 0: return texelFetch(state0',
    to: 'case 0: return texelFetch(state1',
    check: DEPTHWISE,
  },
  {
    name: 'the ink drifts',
    from: 'if (group == INK_CHANNEL / 4) next[INK_CHANNEL & 3] = value[INK_CHANNEL & 3];',
    to: '',
    check: LAYERS,
  },
  {
    name: 'new cells begin with a state',
    from: 'source.x == 0u ? vec4(0.0)',
    to: 'source.x == 0u ? vec4(0.3)',
    check: DEPTHWISE,
  },
  {
    name: 'ink is not renewed with an edit',
    from: 'value[INK_CHANNEL & 3] = float(source.y)',
    to: 'value[INK_CHANNEL & 3] = 0.5 * float(source.y)',
    check: DEPTHWISE,
  },
  // The network.
  { name: 'no bias', from: 'vec4 hidden = weight(HIDDEN_BIAS + unit);', to: 'vec4 hidden = vec4(0.0);', check: LAYERS },
  {
    name: 'the perceived features lack their bias',
    from: 'values[group] = weight(PERCEIVE_BIAS + group);',
    to: 'values[group] = vec4(0.0);',
    check: FULL,
  },
  {
    name: 'no rectifier after perception',
    from: 'values[group] = activated(PERCEIVE_ACTIVATION, values[group]);',
    to: ';',
    check: FULL,
  },
  {
    name: 'no rectifier in the hidden layer',
    from: 'hidden = activated(HIDDEN_ACTIVATION, hidden);',
    to: '',
    check: FULL,
  },
  { name: 'a hidden unit too few', from: 'unit < HIDDEN_GROUPS', to: 'unit < HIDDEN_GROUPS - 1', check: DEPTHWISE },
  {
    name: 'the third weight of four is the fourth',
    from: 'inputs.z * weight(kernel + 2 * stride)',
    to: 'inputs.z * weight(kernel + 3 * stride)',
    check: DEPTHWISE,
  },
  { name: 'an early layer without effect', from: 'runEarlyLayers();\n#endif', to: '#endif', check: LAYERS },
  {
    name: 'rows of the weights\u2019 texture are miscounted',
    from: 'ivec2(index & 255, index >> 8)',
    to: 'ivec2(index % 255, index / 255)',
    check: FULL,
  },
  // Chance.
  { name: 'the wrong fire rate', from: '>= dropout;\n}', to: '>= 0.9 * dropout;\n}', check: DEPTHWISE },
  { name: 'all cells fire', from: '!cellFiring || ', to: '!cellFiring || true || ', check: DEPTHWISE },
  {
    name: 'chance does not know the step',
    from: 'hash3(seed ^ CELL_STREAM, stepIndex, slot)',
    to: 'hash3(seed ^ CELL_STREAM, 0u, slot)',
    check: DEPTHWISE,
  },
  { name: 'updates are not scaled', from: 'value + updateScale *', to: 'value + ', check: FULL },
  { name: 'no noise', from: 'isOver = noise == 0.0', to: 'isOver = true', check: LAYERS },
  { name: 'noise a tenth too strong', from: '(1.0 / 147.8005413)', to: '(1.0 / 134.0)', check: LAYERS },
  {
    name: 'the wrong blocks fire',
    from: 'fires != (coverage == FIRED_BLOCKS)',
    to: 'fires == (coverage == FIRED_BLOCKS)',
    check: BLOCKS,
  },
  {
    name: 'a block too low by a row',
    from: '(float(block) + (corner',
    to: '(float(block) + 0.5 + (corner',
    check: BLOCKS,
  },
  // What cells say.
  { name: 'labels are shifted by one', from: 'float(best + 1)', to: 'float(best + 2)', check: DEPTHWISE },
  { name: 'the last class is never said', from: 'index >= CLASSES', to: 'index >= CLASSES - 1', check: DEPTHWISE },
  {
    name: 'the smallest logit wins',
    from: 'isBest = value > first',
    to: 'isBest = first == -1e30 || value < first',
    check: DEPTHWISE,
  },
  // Other ways to compute a step.
  {
    name: 'a layer without its bias',
    from: 'units[index] = weight(LAYER_BIAS + FIRST_GROUP + index);',
    to: 'units[index] = vec4(0.0);',
    check: 'layer by layer',
  },
  {
    name: 'the block of weights is read one off',
    from: 'return weights[index];',
    to: 'return weights[index + 1];',
    check: 'weights in a block',
  },
  // How weights are brought to the GPU.
  {
    name: 'a weight broken when packed',
    module: 'automaton/packed-network.ts',
    from: 'const packedBias = new Float32Array(unitGroups * 4);',
    to: 'const packedBias = new Float32Array(unitGroups * 4); kernel = kernel.slice(); kernel[7] += 0.5;',
    check: DEPTHWISE,
  },
  {
    name: 'inputs and outputs of a layer swapped',
    module: 'automaton/packed-network.ts',
    from: 'kernel[input * units + output]',
    to: 'kernel[output * inputs.length + input]',
    check: FULL,
  },
  {
    name: 'rows are padded on the wrong side',
    module: 'automaton/packed-network.ts',
    from: 'row * padded);',
    to: 'row * padded + padded - rowLength);',
    check: LAYERS,
  },
  {
    name: 'the second array of weights overwrites the first',
    module: 'automaton/programs/weight-list.ts',
    from: 'offset += part.length;',
    to: 'offset += part.length - 4;',
    check: FULL,
  },
];

/** Put into the built page, where what cells say becomes a picture. */
export const PAGE_FAULTS: readonly Fault[] = [
  {
    name: 'a wrong entry of the palette',
    from: 'ivec2(byteOf(opinion.r), 0)',
    to: 'ivec2(byteOf(opinion.r) + 1, 0)',
  },
  {
    name: 'the picture shifted by a cell',
    from: 'vec4 entry = texelFetch(cells, cell, 0);',
    to: 'vec4 entry = texelFetch(cells, cell + ivec2(1, 0), 0);',
  },
  {
    name: 'ink and paper swapped',
    from: 'mix(background, vec4(undecided, 1.0), ink)',
    to: 'mix(vec4(undecided, 1.0), background, ink)',
  },
  {
    name: 'confidence upside down',
    from: 'vec3 shown = ramp(opinion.g);',
    to: 'vec3 shown = ramp(1.0 - opinion.g);',
  },
  {
    name: 'the labels\u2019 pass writes nothing',
    from: 'label = vec4(decided',
    to: 'label = vec4(0.0 * decided',
  },
  {
    name: 'a channel shows its neighbour',
    from: 'dot(texelFetch(state, texel, 0), mask)',
    to: 'dot(texelFetch(state, texel, 0), mask.yzwx)',
  },
  {
    name: 'the tiles\u2019 lines are not drawn',
    from: 'shown = mix(shown, vec4(uGrid, 1.0),',
    to: 'shown = mix(shown, shown,',
  },
  {
    name: 'the last column of the ink in a tile is left out',
    from: 'edges.x : edges.z',
    to: 'edges.x : edges.z - 1u',
  },
  {
    name: 'the majority of another tile',
    from: 'texelFetch(votes, cell / tile, 0)',
    to: 'texelFetch(votes, cell / tile + ivec2(1, 0), 0)',
  },
];
