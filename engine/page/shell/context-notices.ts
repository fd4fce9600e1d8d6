/** Tells the user when the GPU's context is lost or restored, and what to do if it does not return. */
import { messageOf } from '../../common/error-message.ts';
import type { Notices } from './notices.ts';
import type { Playground } from '../../session/playground.ts';
import type { Texts } from './texts/index.ts';

/** A context that is not restored within this time rarely comes back by itself. */
const PATIENCE_MILLISECONDS = 5000;

const KEY = 'context';

export function watchContext({ events, clock }: Playground, texts: Texts, notices: Notices): void {
  const actions = [{ label: texts.notices.reload, run: () => location.reload() }];
  let stopWaiting = (): void => undefined;
  events.on('lost', () => {
    notices.show(texts.notices.lost, { kind: 'warning', key: KEY });
    // The context may be lost again before it was restored.
    stopWaiting();
    stopWaiting = clock.after(PATIENCE_MILLISECONDS, () => {
      notices.show(texts.notices.stillLost, { kind: 'error', key: KEY, actions });
    });
  });
  events.on('restored', () => {
    stopWaiting();
    notices.show(texts.notices.restored, { key: KEY });
  });
  events.on('rejected', (reasons) => {
    notices.show(reasons.join(' '), { kind: 'info', key: 'strategy' });
  });
  events.on('failed', (error) => {
    stopWaiting();
    notices.show(texts.notices.unexpected(messageOf(error)), { kind: 'error', key: KEY, actions });
  });
}
