import { UserError } from '../../engine/command-line/command.ts';

/** A field that is unknown, of the wrong type or contradicts another. The message is one sentence for the user. */
export class RecipeError extends UserError {
  override name = 'RecipeError';
  /** Paths of the fields that are wrong; may be empty. */
  readonly fields: readonly string[];

  constructor(message: string, ...fields: readonly string[]) {
    super(message);
    this.fields = fields;
  }
}
