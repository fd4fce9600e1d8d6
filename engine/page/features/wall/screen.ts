/** A page as one screen of a wall. */
import type { Region } from '../../../together/geometry.ts';
import type { FromServer, Join, WallCanvas } from '../../../together/messages.ts';
import { PROTOCOL_VERSION } from '../../../together/limits.ts';
import { RealClock } from '../../../core/clock.ts';
import { CONTEXT_ATTRIBUTES } from '../../../gpu/context.ts';
import { rendererName } from '../../../gpu/capabilities.ts';
import type { Camera } from '../../../view/camera.ts';
import { PALETTES } from '../../../view/palettes.ts';
import { VIEWS } from '../../../view/views.ts';
import { keepSize } from '../../../session/stage-size.ts';
import type { Playground } from '../../../session/playground.ts';
import { openPlayground } from '../../open-playground.ts';
import type { PageParts } from '../../page-interface.ts';
import { pageParts } from '../../page-parts.ts';
import { elementById, makeElement } from '../../shell/elements.ts';
import { watchContext } from '../../shell/context-notices.ts';
import type { Notices } from '../../shell/notices.ts';
import type { Query } from '../../shell/query.ts';
import { TEXTS as PAGE_TEXTS } from '../../shell/texts/index.ts';
import type { Language } from '../../shell/texts/localized.ts';
import { loadKioskSettings } from '../kiosk/load-settings.ts';
import { lockDown } from '../kiosk/lockdown.ts';
import { beatFor } from './beat.ts';
import { WallConnection } from './connection.ts';
import { showCaptions } from './caption.ts';
import { CursorRings } from './cursor-rings.ts';
import { showJoinCode } from './join-code.ts';
import { MapSender } from './map-sender.ts';
import { ownKey } from './own-key.ts';
import { drawOn } from './screen-pointer.ts';
import { Sender } from './sender.ts';
import { TEXTS } from './texts.ts';
import { WallDriver } from './wall-driver.ts';
import { WallShow } from './wall-show.ts';
import { WallView } from './wall-view.ts';
import './wall.css';

/** As many as a frame may need; when they run is decided by the room. */
const STEPS_PER_SECOND = 1000;

/** What a screen tells scripts, for measurements. */
export interface WallInterface {
  readonly step: () => number;
  readonly room: () => string;
  /** Pairs of the server's time and the step that was shown, of the last frames since a moment of that time. */
  readonly shown: (since: number) => number[];
  readonly bytes: () => { readonly sent: number; readonly received: number };
  readonly roundTripMilliseconds: () => number;
}

declare global {
  interface Window {
    ncaWall?: WallInterface;
  }
}

/**
 * Joins the wall, and shows this screen's part of it.
 * @throws StartError that says what to show instead of the canvas
 */
export async function openScreen(query: Query, language: Language, notices: Notices): Promise<PageParts> {
  lockDown();
  elementById('bar', HTMLElement).hidden = true;
  const texts = TEXTS[language];
  const canvas = elementById('canvas', HTMLCanvasElement);
  canvas.setAttribute('aria-label', texts.label);
  const clock = new RealClock();
  const gl = canvas.getContext('webgl2', CONTEXT_ATTRIBUTES);
  const renderer = gl ? rendererName(gl).slice(0, 400) : '';
  let driver: WallDriver | null = null;
  let room = '';
  const join = (): Join => {
    const has = driver?.has;
    return {
      version: PROTOCOL_VERSION,
      role: 'screen',
      token: query.token ?? '',
      key: ownKey(),
      renderer,
      ...(query.screen === undefined ? {} : { screen: query.screen }),
      ...(has ? { has: { room, ...has } } : {}),
    };
  };
  const connection = new WallConnection(clock, new URL('./', location.href).href, join);
  showJoinCode(connection, query.screen, texts.code);
  const map = new MapSender(connection);
  const sender = new Sender(connection);
  const say = (text: string): void => {
    elementById('loading', HTMLElement).textContent = text;
  };
  connection.events.on('closed', (reason) => say(texts.waiting(reason)));
  connection.events.on('dropped', ({ reason }) => say(reason));
  const early = new EarlyMessages(connection);
  room = (await early.welcome()).room;
  const opened = await openPlayground(queryOf((await early.welcome()).canvas, query), language, notices);
  const { playground, library } = opened;
  watchContext(playground, PAGE_TEXTS[language], notices);
  prepare(playground);
  driver = new WallDriver(playground, connection);
  playground.frames.driver = driver;
  const { welcome, turns } = early.end();
  let { region } = welcome;
  const view = new WallView(playground.camera.canvas);
  connection.events.on('show', (shown) => view.take(shown));
  if (connection.latest.show) view.take(connection.latest.show);
  if (region) playground.camera.frame(region);
  else say(texts.noSuchScreen(query.screen));
  keepSize(elementById('stage', HTMLElement), playground);
  playground.start();
  const number = makeElement('div', 'wall-number', String(query.screen ?? ''));
  number.hidden = true;
  elementById('stage', HTMLElement).append(number);
  connection.events.on('arranged', (arranged) => {
    ({ region } = arranged);
    number.hidden = !arranged.isNumbered;
    say(region ? '' : texts.noSuchScreen(query.screen));
  });
  connection.events.on('welcome', (again) => {
    ({ region } = again);
    // Another room begins with another canvas.
    if (again.room !== room) location.reload();
    if (region) say('');
    driver?.begin(again);
  });
  if (welcome.room !== room) location.reload();
  driver.begin(welcome);
  for (const turn of turns) driver.take(turn);
  map.start(playground);
  drawOn(playground, sender, canvas);
  const rings = new CursorRings(connection, playground.camera);
  const { settings } = await loadKioskSettings();
  const show = new WallShow(playground, connection, sender, settings);
  showCaptions(connection, query.screen, settings);
  driver.applied = (entry) => show.applied(entry, clock.now());
  const darken = ({ isClosed }: { readonly isClosed: boolean }): void => {
    document.documentElement.classList.toggle('wall-closed', isClosed);
  };
  darken(welcome);
  connection.events.on('welcome', darken);
  connection.events.on('frozen', darken);
  const update = (): void => {
    clock.requestFrame(update);
    show.update(clock.now());
    if (region) look(playground.camera, view.regionAt(connection.now(), region));
    rings.place();
  };
  update();
  beatFor(playground);
  offerInterface(driver, connection, () => room);
  return pageParts(playground, library, null);
}

/** What the room says before the page is ready for it. */
class EarlyMessages {
  #welcome: FromServer['welcome'] | null = null;
  #turns: FromServer['turn'][] = [];
  readonly #first: Promise<void>;
  readonly #stops: readonly (() => void)[];

  constructor({ events }: WallConnection) {
    let welcomed = (): void => undefined;
    this.#first = new Promise((resolve) => {
      welcomed = resolve;
    });
    this.#stops = [
      events.on('welcome', (welcome) => {
        this.#welcome = welcome;
        this.#turns = [];
        welcomed();
      }),
      events.on('turn', (turn) => this.#turns.push(turn)),
    ];
  }

  async welcome(): Promise<FromServer['welcome']> {
    await this.#first;
    return this.#latest;
  }

  /** Returns the last welcome and the turns since. */
  end(): { readonly welcome: FromServer['welcome']; readonly turns: readonly FromServer['turn'][] } {
    for (const stop of this.#stops) stop();
    return { welcome: this.#latest, turns: this.#turns };
  }

  get #latest(): FromServer['welcome'] {
    if (!this.#welcome) throw new Error('The room has not answered.');
    return this.#welcome;
  }
}

/** The parameters that start the page as the room wants it. */
function queryOf(canvas: WallCanvas, { token, screen }: Query): Query {
  const { model, columns, rows, tile, seed, strategy, dropout } = canvas;
  const palette = PALETTES.find((name) => name === canvas.palette);
  const view = VIEWS.find((name) => name === canvas.view);
  return {
    ...{ model, columns, rows, tile, seed, strategy, adapt: false, ui: false, rate: STEPS_PER_SECOND },
    ...(dropout === null ? {} : { dropout }),
    ...(palette ? { palette } : {}),
    ...(view ? { view } : {}),
    ...(token === undefined ? {} : { token }),
    ...(screen === undefined ? {} : { screen }),
  };
}

/** Nothing may change the state but the log of the room. */
function prepare(playground: Playground): void {
  playground.simulation.measurement.clearsRunaways = false;
  // After a lost context, the state comes from another screen.
  playground.snapshotSeconds = 0;
}

/** Shows exactly this part of the canvas, also after a new size or state, when the camera fits the canvas again. */
function look(camera: Camera, region: Region): void {
  const { centre, pixelsPerCell, stage } = camera;
  const { x, y, width, height } = region;
  const isThere =
    centre.x === x + width / 2 && centre.y === y + height / 2 && Math.abs(pixelsPerCell * width - stage.width) < 1e-6;
  if (!isThere) camera.frame(region);
}

function offerInterface(driver: WallDriver, connection: WallConnection, room: () => string): void {
  window.ncaWall = Object.freeze<WallInterface>({
    step: () => driver.step,
    room,
    shown: (since) => driver.shown(since),
    bytes: () => connection.bytes,
    roundTripMilliseconds: () => connection.agreed.roundTripMilliseconds,
  });
}
