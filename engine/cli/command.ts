/**
 * What all command lines of the project share: errors are one line with an exit
 * code, and a file is there in full or not at all. Node only.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { messageOf } from '../common/error-message.ts';
import { ModelError } from '../common/model/model-error.ts';

/** Something the user can put right; the message is one sentence. Exit code 1. */
export class UserError extends Error {
  override name = 'UserError';
  readonly exitCode: number = 1;
}

/** A command line that makes no sense. Exit code 2. */
export class UsageError extends UserError {
  override name = 'UsageError';
  override readonly exitCode = 2;
}

/** Runs a command with the arguments of the process; prints its failure and sets the exit code. */
export async function runCommand(main: (args: string[]) => void | Promise<void>): Promise<void> {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (error instanceof UserError || error instanceof ModelError) {
      console.error(error.message);
      process.exitCode = error instanceof UserError ? error.exitCode : 1;
    } else {
      // A fault of the program, not of the user: the stack is what a report needs.
      console.error(error);
      process.exitCode = 1;
    }
  }
}

/**
 * `parseArgs` of node:util.
 * @throws UsageError for unknown options, missing values and unexpected arguments
 */
export function parseCommandLine<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [fault] = messageOf(error).split(/\.?\s*(?:To specify|\n|$)/);
    throw new UsageError(`${fault}; --help tells what there is.`);
  }
}

/**
 * A path that the user gave, which starts from where the user stands; commands run in the project's folder. The launcher
 * puts the user's folder into INIT_CWD.
 */
export function userPath(path: string): string {
  const cwd = process.cwd();
  const folder = process.env['INIT_CWD'] ?? cwd;
  return folder === cwd ? path : resolve(folder, path);
}

/**
 * The bytes of a file the user named.
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

/**
 * What `parse` makes of the bytes of a file the user named.
 * @throws UserError if it cannot be read, or holds something that {@link ModelError} refuses; it names the file
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
 * Writes a file in full or not at all: beside its place first, then renamed into it.
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
 * Makes a folder and those it lies in, as far as they are not there. Node's own recursive `mkdirSync` never returns
 * where the system says that there is no such folder although there is one, as Linux does below /proc.
 * @throws UserError if one of them cannot be made
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(path)) throw new UserError(`The folder "${path}" cannot be made: ${messageOf(error)}.`);
  }
}

/** Why something could not be written, in words. */
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

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
