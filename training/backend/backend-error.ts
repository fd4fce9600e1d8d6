import { UserError } from '../../engine/command-line/command.ts';

/** A backend that was asked for is not available. The message is one sentence for the user. */
export class BackendError extends UserError {
  override name = 'BackendError';
}
