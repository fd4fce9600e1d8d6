/** Reads and writes files that the user names. A file is written completely or not at all. Node only. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../common/error-message.ts';
import { ModelError } from '../common/model/model-error.ts';
import { UserError } from './command.ts';

/**
 * Returns the bytes of a file that the user named.
 * @throws UserError if it cannot be read
 */
export function readInputFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') throw new UserError(`There is no file "${path}".`);
    if (code === 'EISDIR') throw new UserError(`"${path}" is a folder, not a file.`);
    throw new UserError(`"${path}" cannot be read: ${messageOf(error)}.`);
  }
}

/** Returns the text of a file, or an empty string if the file is missing or unreadable. */
export function readTextIfAny(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Reads a file that the user named and parses its bytes.
 * @throws UserError that names the file if it cannot be read, or if `parse` throws a {@link ModelError}
 */
export function parseInputFile<T>(path: string, parse: (bytes: Uint8Array) => T): T {
  const bytes = readInputFile(path);
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof ModelError) throw new UserError(`${path}: ${error.message}`);
    throw error;
  }
}

/**
 * Writes a file completely or not at all: it is first written next to its destination, then renamed.
 * @throws UserError if its folder is missing or it cannot be written
 */
export function writeFileAtomic(path: string, content: Uint8Array | string): void {
  const folder = dirname(path);
  if (!isFolder(folder)) throw new UserError(`The folder "${folder}" does not exist.`);
  if (isFolder(path)) throw new UserError(`"${path}" is a folder, not a file.`);
  const temporary = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, content, { flush: true });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UserError(`"${path}" cannot be written: ${writeFault(error)}.`);
  }
}

/**
 * Creates a folder and its parents if they do not exist. Node's own recursive `mkdirSync` never returns if the system
 * denies that an existing folder exists, as Linux does below /proc.
 * @throws UserError if one of them cannot be created
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have created it in the meantime.
    if (!isFolder(path)) throw new UserError(`The folder "${path}" cannot be created: ${messageOf(error)}.`);
  }
}

/** Describes why something could not be written. */
export function writeFault(error: unknown): string {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'there is no space left';
    default:
      return messageOf(error);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Whether there is a folder at this path. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
