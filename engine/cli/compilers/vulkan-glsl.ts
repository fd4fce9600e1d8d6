/** Translates fragment shaders of WebGL2 to Vulkan GLSL, because Vulkan drivers report how they compile a shader. */
import { spawnSync } from 'node:child_process';

export interface VulkanShader {
  readonly text: string;
  /** For each binding of set 0, whether it is a uniform block or a sampler. */
  readonly bindings: readonly ('block' | 'sampler')[];
}

/**
 * Returns the same shader with explicit bindings. Uniforms outside of blocks become one block.
 * @throws Error if the preprocessor of glslang refuses it
 */
export function toVulkan(fragment: string): VulkanShader {
  const bindings: ('block' | 'sampler')[] = ['block'];
  const loose: string[] = [];
  const bind = (kind: 'block' | 'sampler'): string => {
    bindings.push(kind);
    return `set = 0, binding = ${bindings.length - 1}`;
  };
  const body = preprocess(fragment)
    .replace(/^\s*#.*$/gm, '')
    .replace(/^\s*precision [^;]*;/gm, '')
    .replace(
      /\buniform\s+(?:(?:highp|mediump|lowp)\s+)?([iu]?sampler\w+)\s+(\w+)\s*;/g,
      (_, type: string, name: string) => `layout(${bind('sampler')}) uniform ${type} ${name};`,
    )
    .replace(/layout\s*\(\s*std140\s*\)\s*uniform\s+(\w+)\s*\{/g, (_, name: string) => {
      return `layout(std140, ${bind('block')}) uniform ${name} {`;
    })
    .replace(/^\s*uniform\s+(?:(?:highp|mediump|lowp)\s+)?(\w+)\s+(\w+)\s*;/gm, (_, type: string, name: string) => {
      loose.push(`${type} ${name};`);
      return '';
    });
  // A block without members is not valid GLSL.
  const members = loose.length > 0 ? loose.join(' ') : 'int unused;';
  const block = `layout(std140, set = 0, binding = 0) uniform Loose { ${members} };`;
  return { text: `#version 450\n${block}\n${body}`, bindings };
}

function preprocess(source: string): string {
  const { status, stdout, stderr } = spawnSync('glslangValidator', ['-E', '--stdin', '-S', 'frag'], {
    input: source,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`glslangValidator refuses a shader: ${stdout}${stderr}`);
  return stdout;
}
