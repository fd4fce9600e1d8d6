/**
 * Translates the network of a step to OpenCL kernels, for GPU compilers that do not accept GLSL by themselves. The
 * kernels do the same arithmetic in the same order, with images and constants instead of textures and uniform blocks.
 */
import type { ProgramName } from '../../automaton/programs/strategies.ts';

const PREAMBLE = `
#define vec4 float4
#define uvec4 uint4
#define ivec2 int2
#define texelOfSlot(slot) ((int2)((int)(slot) & 1023, (int)(slot) >> 10))
#define slotOfLink(link) ((link) & 0xffffffu)
#define inkOfLink(link) ((float)((link) >> 24) * (1.0f / 255.0f))
#define inputGroup(group, at) read_imagef(band, (int4)((at).x, (at).y, group, 0))
#define product(a, b, c, d, v) ((v).x * (a) + (v).y * (b) + (v).z * (c) + (v).w * (d))
float4 activated(int activation, float4 value) {
  return activation == 2 ? max(value, 0.01f * value) : tanh(clamp(value, -10.0f, 10.0f));
}
`;

/** Whether the shaders of a strategy can be translated here. */
export function isTranslated(strategy: string): boolean {
  const translated: readonly ProgramName[] = ['blocks', 'layered-blocks', 'layered-unrolled'];
  return translated.some((name) => name === strategy);
}

/**
 * @param fragment the shader of a pass
 * @throws Error if it has neither `updateOf` nor `layerOf` in one piece
 */
export function toOpenCl(fragment: string): string {
  const found = /void (?:updateOf|layerOf)\(ivec2 texel, out vec4 (\w+)\[TARGETS\]\) \{\n([\s\S]*?)\n\}/.exec(fragment);
  if (!found) throw new Error('the shader does not contain the network in one piece');
  const [, made, body] = found;
  const targets = Number(/^#define TARGETS (\d+)$/m.exec(fragment)?.[1]);
  const blocks = [...fragment.matchAll(/^\s*highp vec4 (weights\d*)\[\d+\];$/gm)].map(([, name]) => name);
  const images = [...new Set([...body.matchAll(/texelFetch\((\w+),/g)].map(([, name]) => name))];
  const parameters = [
    '__global float4* target',
    ...images.map((name) => `__read_only image2d_t ${name}`),
    ...(body.includes('inputGroup(') ? ['__read_only image2d_array_t band'] : []),
    ...blocks.map((name) => `__constant float4* ${name}`),
  ];
  const text = body
    .replace(/texelFetch\((links\w+), (\w+), 0\)/g, 'read_imageui($1, $2)')
    .replace(/texelFetch\((\w+), (\w+), 0\)/g, 'read_imagef($1, $2)')
    .replace(/\bmat4\(([^()]*)\) \* (\w+)/g, 'product($1, $2)')
    .replace(/\b(\d+\.\d+(?:e[+-]?\d+)?)(?!f)\b/g, '$1f')
    .replace(/\bvec4\(/g, '(float4)(');
  const stores = Array.from({ length: targets }, (_, index) => `target[${index} * 65536 + cell] = ${made}[${index}];`);
  return `${PREAMBLE}
__kernel void step(${parameters.join(', ')}) {
  int cell = get_global_id(0);
  int2 texel = (int2)(cell & 1023, cell >> 10);
  float4 ${made}[${targets}];
${text}
  ${stores.join('\n  ')}
}
`;
}
