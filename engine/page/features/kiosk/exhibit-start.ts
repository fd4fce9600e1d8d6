/** Prepares an exhibit before it runs, and handles failures to start. */
import { messageOf } from '../../../common/error-message.ts';
import packageFile from '../../../../package.json' with { type: 'json' };
import { elementById } from '../../shell/elements.ts';
import type { Query } from '../../shell/query.ts';
import { chooseLanguage as choosePageLanguage } from '../../shell/texts/index.ts';
import type { Language as PageLanguage } from '../../shell/texts/localized.ts';
import { type Heartbeat, heapBytes, sendHeartbeat } from './heartbeat.ts';
import { chooseLanguage, type Language } from './languages.ts';
import { loadKioskSettings, queryOf } from './load-settings.ts';
import { lockDown } from './lockdown.ts';
import { expireNotices } from './overlay.ts';
import { reloadLater, startSeconds, tabMemory } from './reload.ts';
import type { KioskSettings } from './settings.ts';
import { Tally } from './tally.ts';
import { GUEST_TEXTS } from './texts/index.ts';

/** A notice is removed after this time; it has been read by then, or nobody is there. */
const NOTICE_MILLISECONDS = 20_000;

/** What an exhibit starts with. */
export interface ExhibitStart {
  readonly settings: KioskSettings;
  /** The language of messages to the operator: the next best one that the page has. */
  readonly pageLanguage: PageLanguage;
  /** The language for guests, until they choose another one. */
  readonly language: Language;
  /** The parameters that start the page; the address takes precedence over the settings. */
  readonly query: Query;
  /** Why the settings' file is not used, or null. */
  readonly fault: string | null;
}

/** Reads the settings and keeps guests on the page from the first moment on. */
export async function prepareExhibit(query: Query, browserLanguage: PageLanguage): Promise<ExhibitStart> {
  lockDown();
  // Otherwise the browser would keep a list of all requests for weeks, with a heartbeat every few seconds.
  performance.setResourceTimingBufferSize(0);
  expireNotices(NOTICE_MILLISECONDS);
  const { settings, fault } = await loadKioskSettings();
  const language = settings.language === 'auto' ? chooseLanguage(navigator.languages) : settings.language;
  const pageLanguage = settings.language === 'auto' ? browserLanguage : choosePageLanguage([language]);
  document.documentElement.lang = language;
  document.title = GUEST_TEXTS[language].title;
  elementById('notices', HTMLElement).lang = pageLanguage;
  return { settings, pageLanguage, language, query: { ...queryOf(settings), ...query }, fault };
}

/** Returns the result of `starting`. If the page does not start in time, it is reloaded. */
export async function startInTime<T>(starting: Promise<T>): Promise<T> {
  const timer = setTimeout(reloadLater, startSeconds(tabMemory()) * 1000);
  try {
    return await starting;
  } finally {
    clearTimeout(timer);
  }
}

/** Reports to the server that the exhibit cannot start, as often as it would send heartbeats. */
export function reportFailure(start: ExhibitStart, error: unknown): void {
  const { heartbeat, heartbeatSeconds } = start.settings.supervision;
  if (!heartbeat) return;
  const report = (): void => void sendHeartbeat(failureOf(start, error));
  report();
  setInterval(report, heartbeatSeconds * 1000);
}

function failureOf({ query }: ExhibitStart, error: unknown): Heartbeat {
  return {
    version: packageFile.version,
    model: query.model ?? '',
    renderer: '',
    strategy: '',
    mode: 'failed',
    reason: messageOf(error).slice(0, 300),
    uptimeSeconds: performance.now() / 1000,
    stepsPerSecond: 0,
    framesPerSecond: 0,
    frameAgeSeconds: performance.now() / 1000,
    step: 0,
    losses: 0,
    resets: 0,
    guests: 0,
    pageStart: performance.timeOrigin,
    ...new Tally().counts,
    errors: 1,
    heapBytes: heapBytes(),
    textureBytes: 0,
    glObjects: 0,
    wakeLock: false,
  };
}
