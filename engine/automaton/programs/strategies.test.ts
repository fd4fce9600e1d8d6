import { expect, it } from 'vitest';
import { DISTILL_SPECIFICATION, SWIFT_SPECIFICATION } from '../../common/model/architectures.ts';
import { GPU_PROGRAMS, orderFor, parseStrategy, PROGRAMS, quickProgram, STRATEGIES } from './strategies.ts';

it('reads every strategy there is from its name, and no other', () => {
  for (const name of STRATEGIES) expect(parseStrategy(name)).not.toBeNull();
  expect(STRATEGIES).toHaveLength(2 * PROGRAMS.length);
  expect(parseStrategy('layered-4-half')).toEqual({ program: 'layered-4', half: true });
  expect(parseStrategy('constants')).toEqual({ program: 'constants', half: false });
  for (const name of ['', '-half', 'auto', 'layered', 'constants-half-half']) expect(parseStrategy(name)).toBeNull();
});

it('spares Intel’s compilers the weights in the text, and tries them first on GPUs of phones', () => {
  const intel = orderFor('ANGLE (Intel, Intel(R) UHD Graphics 620 (KBL GT2), OpenGL ES 3.2)', false, GPU_PROGRAMS);
  expect(intel).toEqual(['texture', 'layered-texture', 'uniform', 'blocks', 'layered-blocks']);
  const phone = orderFor('ANGLE (ARM, Mali-G52, OpenGL ES 3.2)', true, GPU_PROGRAMS);
  expect(phone.slice(0, 3)).toEqual(['layered-4', 'layered-8', 'texture']);
  const common = GPU_PROGRAMS.filter((name) => name !== 'layered-unrolled');
  expect([...phone].sort()).toEqual([...common].sort());
  expect(orderFor('ANGLE (ARM, Mali-G52, OpenGL ES 3.2)', true, ['texture', 'blocks'])).toEqual(['texture', 'blocks']);
  expect(orderFor('ANGLE (AMD, Radeon RX 6600, OpenGL ES 3.2)', false, GPU_PROGRAMS)).toEqual(common);
});

it('offers weights at constant places of a block to Mesa on Intel only, which may be an old one', () => {
  for (const renderer of [
    'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)',
    'ANGLE (Intel, Vulkan 1.3.274 (Intel(R) UHD Graphics 620 (KBL GT2) (0x00005917)), Intel open-source Mesa driver)',
    'Mesa Intel(R) Xe Graphics (TGL GT2)',
  ]) {
    expect(orderFor(renderer, false, GPU_PROGRAMS).at(-1)).toBe('layered-unrolled');
  }
  for (const renderer of [
    'ANGLE (Intel, Intel(R) UHD Graphics 620 Direct3D11 vs_5_0 ps_5_0, D3D11)',
    'Mesa',
    'Intel',
  ]) {
    expect(orderFor(renderer, false, GPU_PROGRAMS)).not.toContain('layered-unrolled');
  }
});

it('begins on phones with what their compilers take least time for', () => {
  expect(quickProgram(SWIFT_SPECIFICATION, 'ANGLE (ARM, Mali-G52, OpenGL ES 3.2)')).toBe('layered-blocks');
  expect(quickProgram(SWIFT_SPECIFICATION, 'Adreno (TM) 630')).toBe('layered-blocks');
  expect(quickProgram(SWIFT_SPECIFICATION, 'ANGLE (AMD, Radeon RX 6600, OpenGL ES 3.2)')).toBe('blocks');
  expect(quickProgram(DISTILL_SPECIFICATION)).toBe('layered-blocks');
});
