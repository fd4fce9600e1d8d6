/** Everything of teaching that a visitor sees: the dialog, the card, and the sign on the canvas. */
import { messageOf } from '../../../common/error-message.ts';
import { encodeModelFile } from '../../../common/model/file.ts';
import type { Sign } from '../../../learning/teach/sign.ts';
import { checkSigns } from '../../../learning/teach/check-signs.ts';
import { type Memory, pageMemory } from '../../../session/memory.ts';
import { makePalette } from '../../../view/palettes.ts';
import type { Language } from '../kiosk/languages.ts';
import { download } from '../../shell/download.ts';
import { elementById } from '../../shell/elements.ts';
import type { Page } from '../../shell/feature.ts';
import { isBatteryLow } from './battery.ts';
import { type Draft, keepDraft, recallDraft } from './draft.ts';
import { showSign } from './show-sign.ts';
import { suggestColors } from './suggest-colors.ts';
import { TeachCard } from './teach-card.ts';
import { TeachDialog } from './teach-dialog.ts';
import type { Teaching } from './teaching.ts';
import { TEACH_TEXTS } from './texts/index.ts';

const COLORS = 6;

export interface DeskOptions {
  readonly language: Language;
  /** How long to learn, in seconds. */
  readonly seconds: number;
  /** Whether the drawings are kept when the page is left. An exhibit keeps nothing of its guests. */
  readonly keepsDraft: boolean;
}

export class TeachDesk {
  readonly #page: Page;
  readonly #teaching: Teaching;
  readonly #options: DeskOptions;
  readonly #memory: Memory | null;
  readonly #dialog: TeachDialog;
  readonly #card: TeachCard;
  #draft: Draft | null;
  /** Whether the course in progress, or the taught sign, is this desk's. Scripts and lessons teach, too. */
  #isOwn = false;
  /** The sign that was taught last. */
  #sign: Sign | null = null;

  constructor(page: Page, teaching: Teaching, options: DeskOptions) {
    const texts = TEACH_TEXTS[options.language];
    this.#page = page;
    this.#teaching = teaching;
    this.#options = options;
    this.#memory = options.keepsDraft ? pageMemory() : null;
    this.#draft = recallDraft(this.#memory);
    const { attempt, playground } = page;
    this.#dialog = new TeachDialog(texts, {
      check: (sign) => checkSigns(playground.simulation.model.specification, [sign]),
      learn: (sign) => attempt(() => this.#learn(sign)),
      changed: (draft) => {
        this.#draft = draft;
        keepDraft(this.#memory, draft);
      },
      closed: () => this.#focusCanvas(),
    });
    this.#card = new TeachCard(texts, options.language, {
      stop: () => teaching.stop(),
      keep: () => attempt(() => this.#keep()),
      more: () => this.#openDialog(),
      takeBack: () => attempt(() => teaching.takeBack()),
      save: () => attempt(() => this.#save()),
      learnAs: (name) => attempt(() => this.#learnAs(name)),
    });
    elementById('stage', HTMLElement).append(this.#card.element);
    this.#listen();
  }

  /** Whether a sign is being drawn or learnt, or waits to be kept. */
  get isBusy(): boolean {
    return this.#dialog.isOpen || !this.#card.element.hidden;
  }

  get isLearning(): boolean {
    return this.#teaching.isLearning;
  }

  /** Opens the dialog, or shows the card if a sign is being learnt. */
  open(): void {
    if (this.#isOwn && this.#teaching.isLearning) this.#card.focus();
    else this.#openDialog();
  }

  /** Closes everything, and ends what is being learnt. The drawings are forgotten. */
  async leave(): Promise<void> {
    this.#draft = null;
    this.#dialog.close();
    this.#card.hide();
    await this.#teaching.takeBack();
  }

  #openDialog(): void {
    const { classes } = this.#page.playground.simulation.model.specification;
    const taken = classes.map(({ color }) => color);
    const draft = this.#draft;
    const isRestored = draft !== null && this.#sign === null && draft.drawings.some(({ length }) => length > 0);
    const own = classes.find(({ name }) => name === draft?.name)?.color;
    const colors = [...(own ? [own] : []), ...suggestColors(taken, COLORS)].slice(0, COLORS);
    this.#dialog.open(draft, colors, isRestored ? TEACH_TEXTS[this.#options.language].restored : '');
    this.#teaching.prepare();
  }

  #listen(): void {
    const { events } = this.#teaching;
    const { notices, playground } = this.#page;
    const texts = TEACH_TEXTS[this.#options.language];
    events.on('began', (sign) => {
      if (!this.#isOwn) return;
      const palette = makePalette(playground.settings.values.palette, [
        { name: sign.name, color: sign.color ? [...sign.color] : [0, 0, 0] },
      ]);
      this.#card.begin(sign, playground.settings.values.palette === 'seed' ? palette.classes[0] : palette.undecided);
    });
    events.on('issue', (issue) => {
      if (issue.kind === 'known-sign') this.#card.known(issue.name, texts.issue(issue, []));
    });
    events.on('progress', (progress) => this.#card.progress(progress));
    events.on('measured', (measurement) => this.#card.measured(measurement));
    events.on('taught', (result) => {
      if (!this.#isOwn) return;
      this.#card.taught(result);
      this.#page.attempt(() => this.#showSign());
    });
    events.on('failed', (error) => this.#card.failed(isOutOfMemory(error) ? texts.outOfMemory : messageOf(error)));
    events.on('over', (what) => {
      this.#card.hide();
      const isOwn = this.#isOwn;
      this.#isOwn = false;
      if (isOwn && what === 'taken back' && this.#sign) notices.show(texts.takenBack(this.#sign.name));
    });
  }

  async #learn(sign: Sign): Promise<void> {
    this.#dialog.close();
    this.#sign = sign;
    await this.#showSign();
    this.#isOwn = true;
    void isBatteryLow().then((isLow) => {
      if (isLow && this.#teaching.isLearning) this.#card.hint(TEACH_TEXTS[this.#options.language].lowBattery);
    });
    // How it ends is an event.
    await this.#teaching.learn(sign, { seconds: this.#options.seconds }).catch(() => undefined);
  }

  /** Begins again, with the drawings as further ones of a class that the model has. */
  async #learnAs(name: string): Promise<void> {
    const sign = this.#sign;
    if (!sign) return;
    await this.#teaching.takeBack();
    await this.#learn({ name, drawings: sign.drawings });
  }

  /** Puts the sign on some tiles of the canvas, so that everybody sees what the cells make of it. */
  async #showSign(): Promise<void> {
    if (this.#sign && this.#page.playground.live) await showSign(this.#page.playground, this.#sign);
  }

  #keep(): void {
    const model = this.#teaching.keep();
    if (!model) return;
    const { library, notices } = this.#page;
    library.keep(model);
    this.#draft = null;
    keepDraft(this.#memory, { name: '', drawings: [] });
    notices.show(TEACH_TEXTS[this.#options.language].kept(model.specification.name));
    this.#focusCanvas();
  }

  #save(): void {
    const model = this.#teaching.taught;
    if (!model) return;
    download(new Blob([encodeModelFile(model)]), `${model.specification.name}.ktx2`);
  }

  #focusCanvas(): void {
    if (this.#card.element.hidden) elementById('canvas', HTMLCanvasElement).focus();
    else this.#card.focus();
  }
}

/** How browsers and WebAssembly say that memory ran out. */
function isOutOfMemory(error: unknown): boolean {
  return /out of memory|\bOOM\b|allocation failed|cannot enlarge memory/i.test(messageOf(error));
}
