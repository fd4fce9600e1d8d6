/**
 * Failures as notices. The GPU may take its context back at any moment, and whatever was under way fails then: that is no
 * fault, and a notice of its own says that the picture comes back.
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
 * Tells that something failed which the page does by itself; a lost context is not mentioned again.
 * @param key replaces the notice with the same key
 */
export function reportFault({ playground, notices, texts }: Parts, error: unknown, key: string): void {
  if (playground.isLoss(error)) return;
  notices.show(texts.notices.unexpected(messageOf(error)), { kind: 'error', key });
}

/**
 * Tells somebody that what they asked for was not done.
 * @param sentence says so, given the reason
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
