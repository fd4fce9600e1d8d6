/** What all commands of the project share: options, exit codes and one-line errors. Node only. */
import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { messageOf } from '../common/error-message.ts';
import { UserFacingError } from '../common/user-facing-error.ts';

/** An error that the user can fix. The exit code is 1. */
export class UserError extends UserFacingError {
  override name = 'UserError';
  readonly exitCode: number = 1;
}

/** An invalid command line. The exit code is 2. */
export class UsageError extends UserError {
  override name = 'UsageError';
  override readonly exitCode = 2;
}

/** Runs a command with the arguments of the process. If it fails, prints the error and sets the exit code. */
export async function runCommand(main: (args: string[]) => void | Promise<void>): Promise<void> {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (error instanceof UserFacingError) {
      console.error(error.message);
      process.exitCode = error instanceof UserError ? error.exitCode : 1;
    } else {
      // A fault in the program, not in its use: a bug report needs the stack.
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
    const message = messageOf(error);
    const [, option] = /argument is ambiguous[^]*'(--[\w-]+)=-XYZ'/.exec(message) ?? [];
    const [fault] = option
      ? [`Option '${option}' lacks its value. One that begins with a dash is written ${option}=-1`]
      : message.split(/\.?\s*(?:To specify|\n|$)/);
    throw new UsageError(`${fault}; --help lists the options.`);
  }
}

/**
 * Resolves a path against the folder in which the user called the command. Commands run in the project's folder; the
 * launcher puts the user's folder into INIT_CWD.
 */
export function userPath(path: string): string {
  const cwd = process.cwd();
  const folder = process.env['INIT_CWD'] ?? cwd;
  return folder === cwd ? path : resolve(folder, path);
}
