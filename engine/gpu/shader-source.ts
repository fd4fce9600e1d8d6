/**
 * The text of the files under `shaders/`, with their flat includes resolved.
 */
import { resolveIncludes } from './include.ts';
import { nameFiles, withLineMarks } from './line-marks.ts';

const files: Record<string, string> = import.meta.glob('../../shaders/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const texts = new Map(Object.entries(files).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]));

/** Files by the number that complaints name them with. */
const names = [...texts.keys()];

/** Values for a shader's `#define`s, by name. */
export type Defines = Record<string, string | number | boolean>;

/**
 * The source of `shaders/NAME`, ready to compile.
 * @param defines override the shader's own defaults
 * @param generated texts for includes that no file holds, such as a table of constants
 * @throws Error if no such file is there
 */
export function shaderSource(name: string, defines: Defines = {}, generated: Record<string, string> = {}): string {
  const resolved = resolveIncludes(name, (include) => generated[include] ?? readShader(include));
  const lines = Object.entries(defines).map(([key, value]) => `#define ${key} ${formatDefine(value)}`);
  return resolved.replace(/^#version 300 es\n/, (version) => `${version}${lines.map((line) => `${line}\n`).join('')}`);
}

function formatDefine(value: string | number | boolean): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}

function readShader(name: string): string | undefined {
  const text = texts.get(name);
  // Only where somebody edits shaders: elsewhere the compiler's text has nothing that it does not need.
  return import.meta.env.DEV && text !== undefined ? withLineMarks(text, names.indexOf(name)) : text;
}

/**
 * Takes another text for `shaders/NAME`, which programs made from now on are compiled from.
 * @returns the text before, or undefined if there was no such file
 */
export function replaceShader(name: string, text: string): string | undefined {
  const before = texts.get(name);
  if (before === undefined) names.push(name);
  texts.set(name, text);
  return before;
}

/** A driver's complaint with the names of shader files in the place of their numbers. */
export function locateComplaint(complaint: string): string {
  return nameFiles(complaint, (number) => names[number]);
}
