import { UserError } from '../../engine/command-line/command.ts';

/** A backend that was asked for and cannot be had; the message is one sentence for the user. */
export class BackendError extends UserError {
  override name = 'BackendError';
}
