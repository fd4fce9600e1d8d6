/**
 * The page's first script. It is small, so that `window.nca` exists immediately and any later failure is shown, even
 * that of a script that does not load.
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
/** Fetched before anything can fail. Visitors only see that the exhibit will be back. */
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

// The GPU wakes up while that is loading.
wakeGpu(elementById('canvas', HTMLCanvasElement));

document.documentElement.lang = language;
document.title = texts.title;
elementById('title', HTMLElement).textContent = texts.title;
elementById('loading', HTMLElement).textContent = texts.loading;

/** Whether a failure was caused by a lost context, which has its own notice. Known once the page runs. */
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

/** An exhibit has to reload itself, since nobody is there to do it. */
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
