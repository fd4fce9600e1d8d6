/** Assembles the page: the address, the canvas, the features and the first picture. */
import { isSmallStage, isWritingRoom } from '../session/layout.ts';
import { HURRIED_SLICE_MILLISECONDS } from '../session/pace.ts';
import { SessionRecorder } from '../session/replay/recorder.ts';
import { keepSize } from '../session/stage-size.ts';
import { FEATURES } from './features.ts';
import { openReplayAddress } from './features/replay/replay-files.ts';
import { openAddress } from './features/scenes/links.ts';
import { type OpenedPlayground, openPlayground } from './open-playground.ts';
import type { PageParts } from './page-interface.ts';
import { pageParts } from './page-parts.ts';
import { connectFeatures } from './shell/connect-features.ts';
import { watchContext } from './shell/context-notices.ts';
import { elementById } from './shell/elements.ts';
import type { Page } from './shell/feature.ts';
import { loadPart } from './shell/load-part.ts';
import type { Notices } from './shell/notices.ts';
import { parseQuery, type Query } from './shell/query.ts';
import { type Texts, TEXTS } from './shell/texts/index.ts';
import type { Language } from './shell/texts/localized.ts';

/** How long the first picture waits for the canvas to be complete. */
const WHOLE_MILLISECONDS = 800;

/**
 * Starts the page.
 * @throws StartError that says what to show instead of the canvas
 */
export async function start(language: Language, notices: Notices): Promise<PageParts> {
  const { query, issues } = parseQuery(location.search);
  for (const issue of issues) notices.show(TEXTS[language].notices.query(issue), { kind: 'warning' });
  if (query.wall === true) {
    if (query.screen === undefined) {
      const { arrangeWall } = await loadPart(() => import('./features/wall/arrange.ts'));
      return arrangeWall(query, language);
    }
    const { openScreen } = await loadPart(() => import('./features/wall/screen.ts'));
    return openScreen(query, language, notices);
  }
  if (query.kiosk !== true) return open(query, language, notices);
  const [{ prepareExhibit, reportFailure, startInTime }, { runExhibit }] = await loadPart(() =>
    Promise.all([import('./features/kiosk/exhibit-start.ts'), import('./features/kiosk/exhibit.ts')]),
  );
  const exhibit = await prepareExhibit(query, language);
  try {
    const page = await startInTime(open(exhibit.query, exhibit.pageLanguage, notices));
    runExhibit(page, exhibit);
    return page;
  } catch (error) {
    reportFailure(exhibit, error);
    throw error;
  }
}

/** Opens everything that an exhibit and an ordinary page have in common, up to the first picture. */
async function open(query: Query, language: Language, notices: Notices): Promise<Page> {
  const texts = TEXTS[language];
  const isExhibit = query.kiosk === true;
  const showsControls = query.ui !== false && !isExhibit;
  elementById('bar', HTMLElement).hidden = !showsControls;
  describeCanvas(texts);

  const opened = await openPlayground(query, language, notices);
  const { playground, library, isLayoutAsked, replacedModel } = opened;
  // An exhibit runs for weeks, and nobody saves its replay.
  const recorder = isExhibit ? null : new SessionRecorder(playground.simulation);
  // An exhibit recovers by itself.
  if (!isExhibit) watchContext(playground, texts, notices);
  keepSize(elementById('stage', HTMLElement), playground);
  const page = connectFeatures(
    {
      ...pageParts(playground, library, recorder),
      library,
      texts,
      language,
      notices,
      showsControls,
      replacedModel,
      isExhibit,
      isLayoutAsked,
    },
    FEATURES,
  );
  const hasCanvas = !isExhibit && (await openFromAddress(query, page));
  await playground.whenLive();
  await showFirstPicture(page, opened, hasCanvas);
  return page;
}

function describeCanvas({ canvas }: Texts): void {
  elementById('canvas', HTMLCanvasElement).setAttribute('aria-label', canvas.label);
  elementById('canvas-description', HTMLElement).textContent = canvas.description;
}

/** Opens the replay or the scene that the address names. Returns whether it filled the canvas. */
async function openFromAddress({ replay, rate, paused }: Query, page: Page): Promise<boolean> {
  if (replay === undefined) return (await openAddress(page)) === 'canvas';
  const plays = await openReplayAddress(page, replay);
  // The address's other parameters apply to the replay, too.
  if (plays) {
    page.playground.settings.set({
      ...(rate === undefined ? {} : { stepsPerSecond: rate }),
      ...(paused === undefined ? {} : { paused }),
    });
  }
  return plays;
}

/** Fills an empty canvas, starts time, and waits for the first picture. */
async function showFirstPicture(
  { playground, showsControls }: Page,
  { stage, layout, isLayoutAsked }: OpenedPlayground,
  hasCanvas: boolean,
): Promise<void> {
  // A link may have changed the layout.
  const { columns, rows } = playground.simulation.layout;
  const isOwnLayout = !isLayoutAsked && columns === layout.columns && rows === layout.rows;
  const leavesRoom = showsControls && isOwnLayout && isSmallStage(stage);
  const isLeftEmpty = (tile: number): boolean => leavesRoom && isWritingRoom(layout, tile);
  const filled = hasCanvas ? Promise.resolve() : playground.editor.fillFirst(HURRIED_SLICE_MILLISECONDS, isLeftEmpty);
  // Drawing an incomplete canvas would delay the rest of it. A very large canvas is shown as it grows.
  await Promise.race([
    filled,
    new Promise((resolve) => playground.clock.after(WHOLE_MILLISECONDS, () => resolve(null))),
  ]);
  playground.start(filled);
  await Promise.all([filled, playground.picture.first]);
}
