/** Teaching in an exhibit: guests may teach signs, which are forgotten when they leave, unless there is a gallery. */
import { messageOf } from '../../../common/error-message.ts';
import { decodeModelFile, encodeModelFile } from '../../../common/model/file.ts';
import type { Model } from '../../../common/model/weights.ts';
import type { Page } from '../../shell/feature.ts';
import { loadPart } from '../../shell/load-part.ts';
import type { Language } from '../kiosk/languages.ts';
import type { KioskSettings } from '../kiosk/settings.ts';
import { forgetGallery, keepGallery, recallGallery } from './gallery.ts';
import type { TeachDesk } from './teach-desk.ts';

export class ExhibitTeaching {
  readonly #page: Page;
  readonly #settings: KioskSettings['teach'];
  /** The exhibit's own model. */
  readonly #own: Model;
  /** A guest may change the language between two signs. */
  readonly #desks = new Map<Language, TeachDesk>();

  constructor(page: Page, settings: KioskSettings['teach']) {
    this.#page = page;
    this.#settings = settings;
    this.#own = page.playground.simulation.model;
    if (settings.offered && settings.gallery > 0) page.attempt(() => this.#openGallery());
  }

  get isLearning(): boolean {
    return [...this.#desks.values()].some((desk) => desk.isLearning);
  }

  async open(language: Language): Promise<void> {
    const desk = this.#desks.get(language) ?? (await this.#makeDesk(language));
    this.#desks.set(language, desk);
    desk.open();
  }

  /** Call when the guest has left. */
  async leave(): Promise<void> {
    if (this.#desks.size === 0) return;
    const { playground } = this.#page;
    const { gallery } = this.#settings;
    const teaching = await this.#page.teaching();
    if (gallery > 0) teaching.keep();
    for (const desk of this.#desks.values()) await desk.leave();
    const { model } = playground.simulation;
    if (model === this.#own) return;
    const taught = model.specification.classes.length - this.#own.specification.classes.length;
    if (taught <= gallery) {
      await keepGallery({ own: this.#own.specification.name, bytes: encodeModelFile(model) });
      return;
    }
    await playground.models.use(this.#own);
    await forgetGallery();
  }

  async #makeDesk(language: Language): Promise<TeachDesk> {
    const { TeachDesk } = await loadPart(() => import('./teach-desk.ts'));
    return new TeachDesk(this.#page, await this.#page.teaching(), {
      language,
      seconds: this.#settings.seconds,
      keepsDraft: false,
    });
  }

  /** Goes on with the signs that were kept before the exhibit was started again. */
  async #openGallery(): Promise<void> {
    const kept = await recallGallery();
    // The operator may have chosen another model since.
    if (kept?.own !== this.#own.specification.name) return;
    try {
      await this.#page.playground.models.use(decodeModelFile(kept.bytes));
    } catch (error) {
      await forgetGallery();
      throw new Error(`The gallery of signs could not be opened: ${messageOf(error)}`, { cause: error });
    }
  }
}
