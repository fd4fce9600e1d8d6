import { UserFacingError } from '../user-facing-error.ts';

/**
 * A model file, specification or weight set that cannot be used. The message is one sentence for the user, always on
 * one line, whatever names the file contains.
 */
export class ModelError extends UserFacingError {
  override name = 'ModelError';
  /**
   * The source of the error, if there is a single one: the path of a field of the specification, or the name of a
   * weight tensor.
   */
  readonly field: string | null;

  constructor(message: string, field: string | null = null) {
    const line = message.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
    super(line.length > 500 ? `${line.slice(0, 500)}….` : line);
    this.field = field;
  }
}
