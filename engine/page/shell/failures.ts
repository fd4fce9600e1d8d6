/**
 * Shows failures as notices. The GPU's context may be lost at any moment, and everything that is running then fails.
 * That is not an error, and a separate notice says that the picture will come back.
 */
import { messageOf } from '../../common/error-message.ts';
import type { Notices } from './notices.ts';
import type { Playground } from '../../session/playground.ts';
import type { Texts } from './texts/index.ts';

interface Parts {
  readonly playground: Pick<Playground, 'isLoss'>;
  readonly notices: Notices;
  readonly texts: Texts;
}

/**
 * Reports the failure of something that the page does by itself. A lost context is not reported again.
 * @param key an existing notice with the same key is replaced
 */
export function reportFault({ playground, notices, texts }: Parts, error: unknown, key: string): void {
  if (playground.isLoss(error)) return;
  notices.show(texts.notices.unexpected(messageOf(error)), { kind: 'error', key });
}

/**
 * Tells users that what they asked for was not done.
 * @param sentence makes the message from the reason
 */
export function reportRefusal(
  { playground, notices, texts }: Parts,
  error: unknown,
  sentence: (reason: string) => string,
  key?: string,
): void {
  const [reason, kind] = playground.isLoss(error)
    ? [texts.notices.whileLost, 'warning' as const]
    : [messageOf(error), 'error' as const];
  notices.show(sentence(reason), { kind, ...(key === undefined ? {} : { key }) });
}
