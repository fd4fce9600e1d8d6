/**
 * The page as an exhibit: plays a show while nobody touches it, hands over to guests, cleans up after them, is dark
 * outside its opening hours, and reports its state to its server.
 */
import packageFile from '../../../../package.json' with { type: 'json' };
import { Random } from '../../../common/random/random.ts';
import type { CanvasLayout } from '../../../automaton/types.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Page } from '../../shell/feature.ts';
import type { Playground } from '../../../session/playground.ts';
import { HURRIED_SLICE_MILLISECONDS } from '../../../session/pace.ts';
import { askedLayout } from '../../shell/query.ts';
import { elementById } from '../../shell/elements.ts';
import { Attendance, type Mode } from './attendance.ts';
import { Director } from './director.ts';
import { captionOf } from './captions.ts';
import type { ExhibitStart } from './exhibit-start.ts';
import { type Heartbeat, heapBytes, sendHeartbeat } from './heartbeat.ts';
import { isOpen, type WallTime, wallTime } from './hours.ts';
import { Overlay } from './overlay.ts';
import { Reception } from './reception.ts';
import { forgetReloads, RECOVERED_SECONDS, reloadLater, tabMemory } from './reload.ts';
import type { Scene } from './scene-settings.ts';
import type { KioskSettings } from './settings.ts';
import { ExhibitTeaching } from '../teach/exhibit-teaching.ts';
import { ShowCamera } from './show-camera.ts';
import { PlaygroundStage } from './show-stage.ts';
import { GUEST_TEXTS } from './texts/index.ts';
import { Tally } from './tally.ts';
import { TurnedScreen } from './turned-screen.ts';
import type { Point } from '../../../view/camera.ts';
import type { Answer } from './verdict.ts';
import { WakeLock } from './wake-lock.ts';

/** How often attendance and hours are checked. */
const TICK_MILLISECONDS = 500;

/** The pointer is hidden after it has not moved for this time. */
const POINTER_MILLISECONDS = 3000;

/** How long to wait for a lost context to return. */
const RESTORATION_SECONDS = 6;

/** Runs the exhibit until the page ends. */
export function runExhibit(controls: Page, start: ExhibitStart): void {
  new Exhibit(controls, start);
  const { fault } = start;
  if (fault === null) return;
  controls.notices.show(controls.texts.kiosk.settingsFault(fault), { kind: 'warning', key: 'kiosk' });
}

class Exhibit {
  readonly #playground: Playground;
  readonly #attempt: Page['attempt'];
  readonly #clock: Clock;
  readonly #settings: KioskSettings;
  readonly #overlay: Overlay;
  readonly #reception: Reception;
  readonly #teaching: ExhibitTeaching;
  readonly #attendance: Attendance;
  readonly #director: Director;
  readonly #camera: ShowCamera;
  readonly #wakeLock: WakeLock;
  readonly #turnedScreen: TurnedScreen;
  readonly #initialValues: Playground['settings']['values'];
  readonly #tally = new Tally();
  #frameMilliseconds: number;
  #pointerMilliseconds = 0;
  /** Where the canvas was last touched, from the window's top left; null after a key or a touch elsewhere. */
  #touch: Point | null = null;
  #captionMilliseconds = 0;
  #losses = 0;
  #guests = 0;
  #errors = 0;
  #stopWaiting = (): void => undefined;

  constructor(page: Page, { settings, language, query }: ExhibitStart) {
    const { playground, attempt } = page;
    const { clock } = playground;
    this.#playground = playground;
    this.#attempt = attempt;
    this.#clock = clock;
    this.#settings = settings;
    this.#initialValues = { ...playground.settings.values };
    this.#frameMilliseconds = clock.now();
    this.#wakeLock = new WakeLock(clock);
    this.#turnedScreen = new TurnedScreen(askedLayout(query));
    playground.snapshotSeconds = settings.snapshotSeconds;
    this.#overlay = new Overlay(GUEST_TEXTS[language]);
    const { presentation } = settings;
    const teaching = new ExhibitTeaching(page, settings.teach);
    this.#teaching = teaching;
    this.#reception = new Reception({
      playground,
      overlay: this.#overlay,
      attempt,
      presentation,
      language,
      teach: settings.teach.offered ? (spoken) => teaching.open(spoken) : null,
      named: () => this.#tally.digitRead(),
      answered: (answer) => this.#answered(answer),
    });
    this.#camera = new ShowCamera(playground.camera, {
      sways: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    });
    const random = new Random(settings.seed).split(2);
    this.#director = new Director({
      stage: new PlaygroundStage(playground, random.split(1), {
        pointAt: (cell) => this.#overlay.pointAt(cell),
        ask: (tile) => this.#reception.ask(tile),
      }),
      scenes: settings.scenes,
      quietHours: settings.quietHours,
      renewSeconds: settings.renewSeconds,
      random: random.split(2),
      wallTime: () => this.#wallTime(),
      began: (scene, quiet) => this.#began(scene, quiet),
      look: (aim, elapsed) => this.#camera.follow(aim, elapsed, playground.simulation.layout.tile),
    });
    this.#attendance = new Attendance({
      idleSeconds: settings.idleSeconds,
      warningSeconds: settings.warningSeconds,
      changed: (mode, before) => this.#changed(mode, before),
    });
    this.#overlay.showMode('show');
    this.#wakeLock.wanted = true;
    this.#director.start({ cleanUp: false });
    this.#listen();
    this.#watchContext();
    this.#tick();
    clock.requestFrame(this.#frame);
    if (settings.supervision.heartbeat) this.#beat();
  }

  #wallTime(): WallTime {
    return wallTime(new Date(), this.#settings.timeZone);
  }

  /** Handles every touch before anything else does, so that even the first one paints. */
  #listen(): void {
    const canvas = elementById('canvas', HTMLElement);
    const touch = (event: Event): void => {
      this.#pointerMilliseconds = this.#clock.now();
      const isOnCanvas = event instanceof PointerEvent && event.type === 'pointerdown' && event.target === canvas;
      this.#touch = isOnCanvas ? { x: event.clientX, y: event.clientY } : null;
      this.#attendance.touch(this.#clock.now());
      if (isOnCanvas) this.#reception.touchedCanvas();
    };
    window.addEventListener('pointerdown', () => this.#tally.touched(), { capture: true, passive: true });
    for (const name of ['pointerdown', 'keydown', 'wheel'] as const) {
      window.addEventListener(name, touch, { capture: true, passive: true });
    }
    window.addEventListener(
      'pointermove',
      (event) => {
        this.#pointerMilliseconds = this.#clock.now();
        // A mouse that trembles on its table is not a guest, but a guest who moves the mouse is still there.
        if (this.#attendance.mode !== 'show') touch(event);
      },
      { capture: true, passive: true },
    );
    for (const name of ['error', 'unhandledrejection'] as const) {
      window.addEventListener(name, () => {
        this.#errors += 1;
      });
    }
  }

  #changed(mode: Mode, before: Mode): void {
    const { settings, editor } = this.#playground;
    this.#overlay.showMode(mode);
    if (mode === 'guest' && before === 'show') this.#handOver();
    if (mode === 'closed') this.#director.stop();
    if (mode === 'closed' || mode === 'show') {
      this.#reception.takeLeave();
      this.#attempt(() => this.#teaching.leave());
    }
    if (mode === 'closed' || before === 'closed') {
      settings.set({ paused: mode === 'closed' || this.#initialValues.paused });
      this.#wakeLock.wanted = mode !== 'closed';
    }
    if (mode === 'show') {
      editor.changes.end();
      editor.changes.forget();
      settings.set({ ...this.#initialValues });
      this.#camera.takeOver();
      this.#director.start({ cleanUp: before !== 'closed' });
    }
  }

  #handOver(): void {
    this.#guests += 1;
    this.#director.stop();
    this.#playground.editor.changes.forget();
    this.#playground.settings.set({ stepsPerSecond: this.#initialValues.stepsPerSecond });
    this.#reception.welcome(this.#touch);
  }

  #began(scene: Scene, quiet: boolean): void {
    const { stepsPerSecond } = this.#initialValues;
    this.#playground.settings.set({
      stepsPerSecond: quiet ? Math.min(stepsPerSecond, this.#settings.quietStepsPerSecond) : stepsPerSecond,
    });
    this.#overlay.showCaption(captionOf(scene, this.#reception.language));
    this.#captionMilliseconds = this.#clock.now();
  }

  /** The caption follows what the cells say. */
  #answered(answer: Answer | null): void {
    const { scene } = this.#director;
    if (scene) this.#overlay.changeCaption(captionOf(scene, this.#reception.language, answer));
  }

  readonly #frame = (): void => {
    this.#clock.requestFrame(this.#frame);
    const now = this.#clock.now();
    this.#frameMilliseconds = now;
    if (!this.#playground.live) return;
    this.#director.update(now);
    this.#reception.update(now);
    this.#overlay.place(this.#playground.camera);
  };

  #tick(): void {
    this.#clock.after(TICK_MILLISECONDS, () => this.#tick());
    const now = this.#clock.now();
    // A guest who watches the cells learn has not left.
    if (this.#teaching.isLearning) this.#attendance.touch(now);
    this.#attendance.update(now, isOpen(this.#settings.openingHours, this.#wallTime()));
    this.#tally.update(now, this.#attendance.mode);
    const left = this.#attendance.secondsLeft(now);
    if (left !== null) this.#overlay.showSecondsLeft(left);
    const still = now - this.#pointerMilliseconds > POINTER_MILLISECONDS;
    document.documentElement.classList.toggle('kiosk-still', still);
    // A scene may last so long that its caption would burn in.
    if (now - this.#captionMilliseconds > this.#settings.renewSeconds * 1000) {
      this.#captionMilliseconds = now;
      this.#overlay.moveCaption();
    }
    this.#followScreen(now);
  }

  #followScreen(now: number): void {
    const { live, camera, simulation } = this.#playground;
    // Do not remove a guest's digits while the guest is drawing.
    if (!live || this.#attendance.mode !== 'show') return;
    const layout = this.#turnedScreen.update(now, camera.whole, simulation.layout);
    if (layout) void this.#takeCanvas(layout);
  }

  async #takeCanvas(layout: CanvasLayout): Promise<void> {
    const { editor } = this.#playground;
    this.#director.stop();
    try {
      await this.#playground.setCanvas(layout);
      await editor.fillFirst(HURRIED_SLICE_MILLISECONDS);
    } catch {
      // The context was lost meanwhile; the screen is checked again.
      this.#errors += 1;
    } finally {
      if (this.#attendance.mode === 'show') {
        this.#camera.takeOver();
        this.#director.start({ cleanUp: false });
      }
    }
  }

  #watchContext(): void {
    const { events } = this.#playground;
    events.on('lost', () => {
      this.#losses += 1;
      // The context may be lost again before it was restored.
      this.#stopWaiting();
      this.#stopWaiting = this.#clock.after(RESTORATION_SECONDS * 1000, reloadLater);
    });
    events.on('restored', () => this.#stopWaiting());
    events.on('failed', () => {
      this.#errors += 1;
      reloadLater();
    });
    this.#clock.after(RECOVERED_SECONDS * 1000, () => {
      if (this.#playground.live) forgetReloads(tabMemory());
    });
  }

  #beat(): void {
    this.#clock.after(this.#settings.supervision.heartbeatSeconds * 1000, () => this.#beat());
    void sendHeartbeat(this.#heartbeat());
  }

  #heartbeat(): Heartbeat {
    const { simulation, rates } = this.#playground;
    const { device, model } = simulation;
    const now = this.#clock.now();
    return {
      version: packageFile.version,
      model: model.specification.name,
      renderer: device.renderer.slice(0, 300),
      strategy: simulation.strategy.name,
      mode: this.#attendance.mode,
      reason: '',
      uptimeSeconds: now / 1000,
      stepsPerSecond: rates.stepsPerSecond,
      framesPerSecond: rates.framesPerSecond,
      frameAgeSeconds: Math.max(0, now - this.#frameMilliseconds) / 1000,
      step: simulation.time.step,
      losses: this.#losses,
      resets: simulation.measurement.runaways,
      guests: this.#guests,
      pageStart: performance.timeOrigin,
      ...this.#tally.counts,
      errors: this.#errors,
      heapBytes: heapBytes(),
      textureBytes: device.textureBytes,
      glObjects: device.objectCount,
      wakeLock: this.#wakeLock.held,
    };
  }
}
