/** The models that this site ships: a list, and files next to the page that are fetched when they are needed. */
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
  /** The name that the address and the page interface use. */
  readonly name: string;
  /** The file's name, next to `models/index.json`. */
  readonly file: string;
  /** The name shown to users. */
  readonly title: string;
  /** Multiply-adds per cell and step, if the list gives them. */
  readonly multiplyAdds?: number | undefined;
}

/** More than any model within the limits of its specification needs. */
export const MOST_MODEL_BYTES = 128 * 2 ** 20;

const FOLDER = 'models/';

/** A model that needs more than this share of another's arithmetic is not a lighter one. */
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
  /** Models that do not come with the site, by name; see {@link keep}. */
  readonly #kept = new Map<string, Model>();
  readonly #fetch: Fetch | undefined;
  readonly #texts: Texts['models'];
  /** The models that were requested so far, by name. */
  readonly #models = new Map<string, Promise<Model>>();

  private constructor(entries: readonly ModelEntry[], texts: Texts['models'], fetch: Fetch | undefined) {
    this.entries = entries;
    this.#fetch = fetch;
    this.#texts = texts;
  }

  /**
   * Reads the list of models.
   * @param fetch used instead of the browser's own
   * @throws ModelError if the list is missing or invalid
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

  /** Lists a model that does not come with the site, until the page is left. */
  keep(model: Model): void {
    this.#kept.set(model.specification.name, model);
  }

  /** Everything to choose from: the site's models, and those that were kept. */
  get choices(): readonly Pick<ModelEntry, 'name' | 'title'>[] {
    return [...this.entries, ...[...this.#kept.keys()].map((name) => ({ name, title: name }))];
  }

  /** Whether the site has a model of this name. */
  has(name: string): boolean {
    return this.entries.some((entry) => entry.name === name);
  }

  /** Returns the heaviest model that is noticeably lighter than one with this many multiply-adds, or undefined. */
  lighterThan(multiplyAdds: number): ModelEntry | undefined {
    const weight = (entry: ModelEntry): number => entry.multiplyAdds ?? Infinity;
    return this.entries
      .filter((entry) => weight(entry) < LIGHTER_SHARE * multiplyAdds)
      .sort((a, b) => weight(b) - weight(a))[0];
  }

  /**
   * Returns a model, which is fetched and checked when it is first needed. Later calls return the same object, so that
   * a record of the models that have run holds each model only once.
   * @throws ModelError that lists the names there are, or says what is wrong with the file
   */
  async load(name: string): Promise<Model> {
    const kept = this.#kept.get(name);
    if (kept) return kept;
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
      throw new ModelError(`There is no model ${describe(name)}. Available models: ${names}.`);
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
