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

/** The file names by the number that error messages contain. */
const names = [...texts.keys()];

/** Values for a shader's `#define`s, by name. */
export type Defines = Record<string, string | number | boolean>;

/**
 * Returns the source of `shaders/NAME`, ready to compile.
 *
 * @param defines override the shader's own defaults
 * @param generated texts for includes that are not files, such as a table of constants
 * @throws Error if there is no such file
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
  // Line marks are added only in development. Otherwise the compiler gets only the text that it needs.
  return import.meta.env.DEV && text !== undefined ? withLineMarks(text, names.indexOf(name)) : text;
}

/**
 * Replaces the text of `shaders/NAME` for programs compiled from now on.
 *
 * @returns the previous text, or undefined if there was no such file
 */
export function replaceShader(name: string, text: string): string | undefined {
  const before = texts.get(name);
  if (before === undefined) names.push(name);
  texts.set(name, text);
  return before;
}

/** Returns a driver's error message with the names of shader files in place of their numbers. */
export function locateComplaint(complaint: string): string {
  return nameFiles(complaint, (number) => names[number]);
}
