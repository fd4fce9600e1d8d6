/** The check of what the operator's page sends. */
import * as v from 'valibot';

const member = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

export const operatorActSchema = v.variant('do', [
  v.strictObject({ do: v.literal('drop'), member }),
  v.strictObject({ do: v.literal('clear') }),
  v.strictObject({ do: v.literal('freeze'), isFrozen: v.boolean() }),
]);

export const enterSchema = v.strictObject({ password: v.pipe(v.string(), v.maxLength(200)) });
