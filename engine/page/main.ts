/**
 * The page's first script: small, so that `window.nca` is there at once and a
 * failure of anything later, even of a script that does not load, is shown.
 */
import { messageOf } from '../common/error-message.ts';
import { wakeGpu } from '../gpu/context.ts';
import { elementById } from './shell/elements.ts';
import { type Failure, showFailure, StartError } from './shell/failure-page.ts';
import { reloadLater } from './features/kiosk/reload.ts';
import { loadPart } from './shell/load-part.ts';
import { Notices } from './shell/notices.ts';
import { keepOffline } from './shell/offline/keep-offline.ts';
import { createPageInterface } from './page-interface.ts';
import { chooseLanguage, TEXTS } from './shell/texts/index.ts';

elementById('unstarted', HTMLElement).remove();

const language = chooseLanguage(navigator.languages);
const texts = TEXTS[language];
const notices = new Notices(elementById('notices', HTMLElement), texts.notices);

const isExhibit = new URLSearchParams(location.search).get('kiosk') === '1';
/** Fetched before anything fails: the public is told nothing but that the exhibit will be back. */
const backSoon = isExhibit ? import('./features/kiosk/back-soon.ts').catch(() => null) : null;

const loading = loadPart(() => import('./start.ts')).catch((error: unknown) => {
  throw new StartError({ text: messageOf(error), steps: texts.failures.part.steps });
});
const starting = loading.then(({ start }) => start(language, notices));
window.nca = createPageInterface(starting);

if (import.meta.hot) {
  const { hot } = import.meta;
  void import('./shell/dev/hot-reload.ts').then(({ connectHotReload }) => connectHotReload(hot, starting, notices));
}

// While that is on its way.
wakeGpu(elementById('canvas', HTMLCanvasElement));

document.documentElement.lang = language;
document.title = texts.title;
elementById('title', HTMLElement).textContent = texts.title;
elementById('loading', HTMLElement).textContent = texts.loading;

/** Whether a failure comes of a lost context, which has a notice of its own; known once the page runs. */
let isLoss = (_error: unknown): boolean => false;

starting.then(
  ({ playground }) => {
    isLoss = (error) => playground.isLoss(error);
    elementById('loading', HTMLElement).textContent = '';
    void keepOffline();
  },
  (error: unknown) => {
    const failure =
      error instanceof StartError
        ? error.failure
        : { text: texts.notices.unexpected(messageOf(error)), steps: texts.failures.other.steps };
    if (isExhibit) void endExhibit(failure);
    else showFailure(texts, failure);
  },
);

/** Nobody is there who could reload an exhibit. */
async function endExhibit(failure: Failure): Promise<void> {
  reloadLater();
  const part = await backSoon;
  if (part) part.showBackSoon(failure.text);
  else showFailure(texts, { ...failure, steps: [] });
}

window.addEventListener('error', ({ message, error }) => {
  if (isLoss(error)) return;
  notices.show(texts.notices.unexpected(error ? messageOf(error) : message), { kind: 'error', key: 'unexpected' });
});
window.addEventListener('unhandledrejection', ({ reason }) => {
  if (isLoss(reason)) return;
  notices.show(texts.notices.unexpected(messageOf(reason)), { kind: 'error', key: 'unexpected' });
});
