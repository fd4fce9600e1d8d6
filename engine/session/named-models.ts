import type { Model } from '../common/model/weights.ts';

/** Models that are known by name, such as those that come with a site. */
export interface NamedModels {
  has(name: string): boolean;
  /** @throws ModelError if it cannot be fetched or used */
  load(name: string): Promise<Model>;
}
