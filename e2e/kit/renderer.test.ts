import { expect, test } from 'vitest';
import { rendererFrom } from './renderer.ts';

test('software renderers are known by name, GPUs by what they are called', () => {
  const swiftshader = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)';
  expect(rendererFrom(swiftshader, 156)).toMatchObject({ folder: 'swiftshader-156', isSoftware: true });
  const gpu = 'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)';
  expect(rendererFrom(gpu, 150)).toMatchObject({ folder: 'nvidia-geforce-rtx-3060-150', isSoftware: false });
  expect(rendererFrom('../..', 1).folder).toBe('unknown-1');
});
