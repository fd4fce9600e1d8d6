/** The element `<digit-canvas>`: a simulation that starts, ends and changes with an element of the page. */
import {
  createSimulation,
  type DigitSimulation,
  type SavedCanvas,
  type SettingValues,
  type Statistics,
} from '../index.ts';
import {
  DEFAULT_SEED,
  LAYOUT_ATTRIBUTES,
  layoutOf,
  modelAddress,
  numberOf,
  OBSERVED_ATTRIBUTES,
  SETTING_ATTRIBUTES,
  settingOf,
  settingsOf,
} from './attributes.ts';
import { connectKeyboard, KEYS_IN_WORDS, READ_ONLY_KEYS_IN_WORDS } from './keyboard.ts';
import { sayAll, sayNews, sayTile, type Vote, votesOf } from './reading.ts';
import { ReflectedElement } from './reflected.ts';
import { attachShadowTo, replaceCanvas, type Shadow } from './shadow.ts';
import { SightClock } from './sight-clock.ts';

/** The events of the element by name, with their `detail`; none of them bubbles. */
export interface DigitCanvasEvents {
  /** The canvas is drawn and running. */
  ready: DigitSimulation;
  /** The vote of at least one tile has changed. */
  change: readonly Vote[];
  /** New figures, twice a second while something changes. */
  measured: Statistics;
  /** Ink or state was changed by hand or by a command. */
  edited: undefined;
  /** The GPU's context was lost. Everything is restored automatically. */
  lost: undefined;
  restored: undefined;
  /** An attribute cannot be used, or the canvas cannot run. */
  error: { readonly message: string; readonly error: unknown };
}

const MEASURE_EVERY_SECONDS = 0.5;
/** Votes are read out when they have stayed the same for this long. */
const SETTLED_MILLISECONDS = 1000;

/** A canvas as it was when its element left the page. */
interface Kept {
  readonly canvas: SavedCanvas;
  readonly model: string;
  readonly settings: Partial<SettingValues>;
}

interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}

export class DigitCanvasElement extends ReflectedElement {
  static readonly observedAttributes = OBSERVED_ATTRIBUTES;

  readonly #shadow: Shadow = attachShadowTo(this);
  readonly #clock = new SightClock();
  readonly #sight = new IntersectionObserver((entries) => {
    this.#isSeen = entries.at(-1)?.isIntersecting === true;
    this.#look();
  });
  #isSeen = true;
  #simulation: DigitSimulation | null = null;
  #stops: (() => void)[] = [];
  /** The current model, as given in the attribute. */
  #model = '';
  #kept: Kept | null = null;
  #ready = deferred<DigitSimulation>();
  /** Attributes that were changed but not applied yet. */
  readonly #changed = new Set<string>();
  #work: Promise<void> = Promise.resolve();
  #isScheduled = false;
  #hasFailed = false;
  #isLost = false;
  #votes: readonly Vote[] = [];
  #toldVotes: readonly Vote[] | null = null;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /**
   * The running simulation, with everything that the library offers. Null before {@link ready} and while the element is
   * not in the page.
   */
  get simulation(): DigitSimulation | null {
    return this.#simulation;
  }

  /**
   * Resolves when the canvas is drawn and running, and rejects if it cannot run. It is a new promise each time the
   * simulation restarts.
   */
  get ready(): Promise<DigitSimulation> {
    return this.#ready.promise;
  }

  /** The votes of the tiles, in reading order: a class's name, `undecided`, or null for a tile without ink. */
  get votes(): readonly Vote[] {
    return this.#votes;
  }

  connectedCallback(): void {
    this.#upgrade();
    this.#sight.observe(this);
    this.#describe();
    this.#schedule();
  }

  disconnectedCallback(): void {
    this.#sight.unobserve(this);
    this.#schedule();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    this.#changed.add(name);
    if (name === 'label' || name === 'readonly') this.#describe();
    if (this.isConnected) this.#schedule();
  }

  /** Properties that were set before the element was defined would shadow those of the class. */
  #upgrade(): void {
    const values = this as unknown as Record<string, unknown>;
    for (const name of Object.keys(this)) {
      if (!(name in DigitCanvasElement.prototype)) continue;
      const value = values[name];
      Reflect.deleteProperty(this, name);
      values[name] = value;
    }
  }

  /** Starts, ends or changes the simulation after the current script has finished, one action after the other. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#work = this.#work.then(() => {
      this.#isScheduled = false;
      return this.#followPage();
    });
  }

  async #followPage(): Promise<void> {
    try {
      if (!this.isConnected) await this.#stop();
      else if (this.#simulation && !this.#changed.has('transparent')) await this.#change(this.#simulation);
      else {
        await this.#stop();
        await this.#start();
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #start(): Promise<void> {
    // Another canvas may have been requested in the meantime.
    const isOther = [...LAYOUT_ATTRIBUTES, 'seed'].some((name) => this.#changed.has(name));
    const kept = isOther ? null : this.#kept;
    this.#kept = null;
    if (this.#hasFailed) this.#ready = deferred();
    this.#hasFailed = false;
    this.#changed.clear();
    this.#clock.go();
    this.#show(null);
    const canvas = replaceCanvas(this.#shadow);
    const layout = kept?.canvas.layout ?? layoutOf(this);
    this.#shadow.stage.style.aspectRatio = `${layout.columns} / ${layout.rows}`;
    this.#describe();
    this.#model = kept?.model ?? this.model;
    const simulation = await createSimulation(canvas, {
      ...layoutOf(this),
      model: modelAddress(this.#model),
      seed: numberOf(this, 'seed', DEFAULT_SEED),
      fill: !this.empty,
      transparent: this.transparent,
      measureEverySeconds: MEASURE_EVERY_SECONDS,
      clock: this.#clock,
      settings: { ...kept?.settings, ...settingsOf(this) },
      ...(kept ? { saved: kept.canvas } : {}),
    });
    this.#simulation = simulation;
    this.#connect(simulation, canvas);
    this.#look();
    this.#ready.resolve(simulation);
    this.#tell('ready', simulation);
    if (kept && kept.model !== this.model) this.#changed.add('model');
    if (this.#changed.size > 0) this.#schedule();
  }

  #connect(simulation: DigitSimulation, canvas: HTMLCanvasElement): void {
    this.#isLost = false;
    this.#stops = [
      simulation.on('measured', (statistics) => this.#takeFigures(simulation, statistics)),
      simulation.on('edited', () => this.#tell('edited', undefined)),
      simulation.on('settings', (names) => {
        // The setting may change without the attribute, for example when a script calls `step()`.
        if (names.has('paused')) this.paused = simulation.settings.paused;
      }),
      simulation.on('layout', ({ columns, rows }) => {
        this.#shadow.stage.style.aspectRatio = `${columns} / ${rows}`;
      }),
      simulation.on('lost', () => {
        this.#isLost = true;
        this.#shadow.news.textContent = 'The GPU is busy elsewhere. The canvas will return by itself.';
        this.#tell('lost', undefined);
      }),
      simulation.on('restored', () => {
        this.#isLost = false;
        this.#shadow.news.textContent = '';
        this.#tell('restored', undefined);
      }),
      simulation.on('failed', (error) => {
        this.#fail(error);
      }),
      connectKeyboard({
        canvas,
        simulation,
        isLive: () => !this.#isLost,
        isReadOnly: () => this.readOnly,
        togglePause: () => {
          this.paused = !this.paused;
        },
        chosen: (tile, isNew) => this.#frameTile(simulation, tile, isNew),
      }),
    ];
  }

  /** Ends the simulation and keeps its content, so that it continues when the element is in the page again. */
  async #stop(): Promise<void> {
    const simulation = this.#simulation;
    if (!simulation) return;
    this.#simulation = null;
    this.#ready = deferred();
    clearTimeout(this.#telling);
    for (const stop of this.#stops.splice(0)) stop();
    const { settings } = simulation;
    try {
      this.#kept = { canvas: await simulation.save(), model: this.#model, settings: { ...settings } };
    } catch {
      // If the context is lost permanently, the content cannot be kept and the canvas starts again.
      this.#kept = null;
    }
    await simulation.dispose();
  }

  /** Applies changed attributes. An invalid one changes nothing, and is tried again with the next change. */
  async #change(simulation: DigitSimulation): Promise<void> {
    const faults: unknown[] = [];
    const apply = async (attributes: readonly string[], work: () => void | Promise<void>): Promise<void> => {
      const asked = attributes.filter((name) => this.#changed.delete(name));
      if (asked.length === 0) return;
      try {
        await work();
      } catch (error) {
        faults.push(error);
        for (const name of asked) this.#changed.add(name);
      }
    };
    await apply(['model'], async () => {
      const { model } = this;
      await simulation.useModel(modelAddress(model));
      this.#model = model;
      simulation.set(settingsOf(this));
    });
    await apply(LAYOUT_ATTRIBUTES, async () => {
      await simulation.setCanvas(layoutOf(this));
      if (!this.empty) await simulation.fill();
    });
    await apply(['seed'], () => simulation.reset(numberOf(this, 'seed', DEFAULT_SEED)));
    for (const attribute of Object.keys(SETTING_ATTRIBUTES) as (keyof typeof SETTING_ATTRIBUTES)[]) {
      await apply([attribute], () => simulation.set(settingOf(this, attribute)));
    }
    this.#changed.delete('label');
    this.#changed.delete('readonly');
    if (faults.length > 0) throw faults[0];
    this.#show(null);
  }

  /** Pauses drawing while nobody sees the element. The first frame is always drawn. */
  #look(): void {
    if (this.#simulation && !this.#isSeen) this.#clock.stop();
    else this.#clock.go();
  }

  #takeFigures(simulation: DigitSimulation, statistics: Statistics): void {
    const { info } = simulation;
    const votes = votesOf(info, statistics);
    const hasChanged = votes.length !== this.#votes.length || votes.some((vote, tile) => vote !== this.#votes[tile]);
    this.#votes = votes;
    this.#tell('measured', statistics);
    if (!hasChanged) return;
    const { reading, news } = this.#shadow;
    reading.textContent = sayAll(votes, info.columns);
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      news.textContent = sayNews(this.#toldVotes, votes, info.columns);
      this.#toldVotes = votes;
    }, SETTLED_MILLISECONDS);
    this.#tell('change', votes);
  }

  /** Draws the frame around the tile that keys change. It is aligned with the cells. */
  #frameTile({ info }: DigitSimulation, tile: number, isNew: boolean): void {
    const { stage, tile: frame, news } = this.#shadow;
    const scale = Math.min(stage.clientWidth / info.width, stage.clientHeight / info.height);
    const side = info.tile * scale;
    const left = (stage.clientWidth - info.width * scale) / 2 + (tile % info.columns) * side;
    const top = (stage.clientHeight - info.height * scale) / 2 + Math.floor(tile / info.columns) * side;
    frame.hidden = false;
    Object.assign(frame.style, { left: `${left}px`, top: `${top}px`, width: `${side}px`, height: `${side}px` });
    if (isNew) news.textContent = sayTile(this.#votes, info.columns, tile);
  }

  #describe(): void {
    const canvas = this.#shadow.stage.querySelector('canvas');
    canvas?.setAttribute('role', 'application');
    canvas?.setAttribute('aria-label', this.label);
    this.#shadow.keys.textContent = this.readOnly ? READ_ONLY_KEYS_IN_WORDS : KEYS_IN_WORDS;
  }

  /** Shows an error message, or none. If there is no canvas, the element's own content is shown with it. */
  #show(message: string | null): void {
    const { box, stage, message: shown, fallback } = this.#shadow;
    const hasFailed = message !== null && !this.#simulation;
    box.classList.toggle('failed', hasFailed);
    stage.hidden = hasFailed;
    fallback.hidden = !hasFailed;
    shown.textContent = message;
    shown.hidden = message === null;
  }

  #fail(error: unknown): void {
    const message = error instanceof Error && error.message !== '' ? error.message : String(error);
    if (!this.#simulation) {
      this.#hasFailed = true;
      this.#ready.reject(error);
    }
    const isNew = this.#shadow.message.textContent !== message;
    this.#show(message);
    if (isNew) this.#tell('error', { message, error });
  }

  #tell<Name extends keyof DigitCanvasEvents>(name: Name, detail: DigitCanvasEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function deferred<Value>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<Value>((...settle) => ([resolve, reject] = settle));
  // Callers may ignore this promise.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
