import { expect, it } from 'vitest';
import { GPU_PROGRAMS, orderFor, parseStrategy, PROGRAMS, STRATEGIES } from './strategies.ts';

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
  expect(phone.slice(0, 3)).toEqual(['layered-8', 'layered-4', 'texture']);
  expect([...phone].sort()).toEqual([...GPU_PROGRAMS].sort());
  expect(orderFor('ANGLE (ARM, Mali-G52, OpenGL ES 3.2)', true, ['texture', 'blocks'])).toEqual(['texture', 'blocks']);
  expect(orderFor('ANGLE (AMD, Radeon RX 6600, OpenGL ES 3.2)', false, GPU_PROGRAMS)).toEqual(GPU_PROGRAMS);
});
