/**
 * The text of the files under `shaders/`, with their flat includes resolved.
 */
import { resolveIncludes } from './include.ts';

const files: Record<string, string> = import.meta.glob('../../shaders/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const texts = new Map(Object.entries(files).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]));

/** Values for a shader's `#define`s, by name. */
export type Defines = Record<string, string | number | boolean>;

/**
 * The source of `shaders/NAME`, ready to compile.
 * @param defines override the shader's own defaults
 * @param generated texts for includes that no file holds, such as a table of constants
 * @throws Error if no such file is there
 */
export function shaderSource(name: string, defines: Defines = {}, generated: Record<string, string> = {}): string {
  const resolved = resolveIncludes(name, (include) => generated[include] ?? texts.get(include));
  const lines = Object.entries(defines).map(([key, value]) => `#define ${key} ${formatDefine(value)}`);
  return resolved.replace(/^#version 300 es\n/, (version) => `${version}${lines.map((line) => `${line}\n`).join('')}`);
}

function formatDefine(value: string | number | boolean): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}
