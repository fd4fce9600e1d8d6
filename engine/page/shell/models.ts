/** The models that this site ships: a list, and files that are fetched from beside the page when they are wanted. */
import * as v from 'valibot';
import { messageOf } from '../../common/error-message.ts';
import { decodeModelFile } from '../../common/model/file.ts';
import { ModelError } from '../../common/model/model-error.ts';
import type { Model } from '../../common/model/weights.ts';
import { type Fetch, fetchBytes, FetchError } from '../../core/fetch-bytes.ts';
import type { NamedModels } from '../../session/named-models.ts';
import { describe } from '../../session/settings.ts';
import type { Texts } from './texts/index.ts';

export interface ModelEntry {
  /** By which the address and the page interface call it. */
  readonly name: string;
  /** Beside `models/index.json`. */
  readonly file: string;
  /** For people. */
  readonly title: string;
  /** Multiply-adds of a cell and step, where the list tells. */
  readonly multiplyAdds?: number | undefined;
}

/** More than any model within the limits of its specification needs. */
export const MOST_MODEL_BYTES = 128 * 2 ** 20;

const FOLDER = 'models/';

/** A model with more than this share of another's arithmetic is no relief. */
const LIGHTER_SHARE = 0.7;

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const indexSchema = v.pipe(
  v.array(
    v.object({
      name: text,
      file: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.ktx2$/)),
      title: text,
      multiplyAdds: v.optional(v.pipe(v.number(), v.minValue(1))),
    }),
  ),
  v.minLength(1),
  v.maxLength(100),
);

export class ModelLibrary implements NamedModels {
  readonly entries: readonly ModelEntry[];
  readonly #fetch: Fetch | undefined;
  readonly #texts: Texts['models'];
  /** Those that were asked for. */
  readonly #models = new Map<string, Promise<Model>>();

  private constructor(entries: readonly ModelEntry[], texts: Texts['models'], fetch: Fetch | undefined) {
    this.entries = entries;
    this.#fetch = fetch;
    this.#texts = texts;
  }

  /**
   * Reads the list of models.
   * @param fetch in place of the browser's own
   * @throws ModelError if it is missing or is not such a list
   */
  static async open(texts: Texts['models'], fetch?: Fetch): Promise<ModelLibrary> {
    const bytes = await fetchFile(`${FOLDER}index.json`, fetch).catch((error: unknown) => {
      throw new ModelError(texts.indexMissing(fetchFault(error, texts)));
    });
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw new ModelError(texts.indexFault);
    }
    const result = v.safeParse(indexSchema, value);
    if (!result.success) throw new ModelError(texts.indexFault);
    return new ModelLibrary(result.output, texts, fetch);
  }

  has(name: string): boolean {
    return this.entries.some((entry) => entry.name === name);
  }

  /** The next lighter model than one of so many multiply-adds, by as little as there is; or undefined. */
  lighterThan(multiplyAdds: number): ModelEntry | undefined {
    const weight = (entry: ModelEntry): number => entry.multiplyAdds ?? Infinity;
    return this.entries
      .filter((entry) => weight(entry) < LIGHTER_SHARE * multiplyAdds)
      .sort((a, b) => weight(b) - weight(a))[0];
  }

  /**
   * A model, fetched and checked when it is first wanted; then always the same one, so that whoever keeps what has run
   * keeps it once.
   * @throws ModelError that says which names there are, or what is wrong with the file
   */
  async load(name: string): Promise<Model> {
    const loading = this.#models.get(name) ?? this.#fetchModel(name);
    this.#models.set(name, loading);
    try {
      return await loading;
    } catch (error) {
      // The next call tries again.
      this.#models.delete(name);
      throw error;
    }
  }

  async #fetchModel(name: string): Promise<Model> {
    const entry = this.entries.find((candidate) => candidate.name === name);
    if (!entry) {
      const names = this.entries.map((candidate) => candidate.name).join(', ');
      throw new ModelError(`There is no model ${describe(name)}; there are ${names}.`);
    }
    const bytes = await fetchFile(FOLDER + entry.file, this.#fetch).catch((error: unknown) => {
      throw new ModelError(this.#texts.fileMissing(FOLDER + entry.file, fetchFault(error, this.#texts)));
    });
    return decodeModelFile(bytes);
  }
}

function fetchFile(address: string, fetch: Fetch | undefined): Promise<Uint8Array> {
  return fetchBytes(address, { mostBytes: MOST_MODEL_BYTES, ...(fetch ? { fetch } : {}) });
}

function fetchFault(error: unknown, texts: Texts['models']): string {
  if (!(error instanceof FetchError)) return messageOf(error);
  if (error.reason === 'tooLarge') return texts.tooLarge;
  return error.reason === 'refused' ? texts.status(error.status) : texts.unreachable;
}
