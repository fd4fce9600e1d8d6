/** The captions of scenes. */
import { LANGUAGES, type Language } from './languages.ts';
import type { Scene } from './scene-settings.ts';
import { GUEST_TEXTS } from './texts/index.ts';
import type { Answer } from './verdict.ts';

/**
 * Returns the scene's caption in this language, or else in the next best available language, or else the caption for
 * its kind.
 * @param answer what the cells say of the ink that the scene is about; null if they have not said anything
 */
export function captionOf(
  { kind, caption }: Pick<Scene, 'kind' | 'caption'>,
  language: Language,
  answer: Answer | null = null,
): string {
  if (typeof caption === 'string') return caption;
  const given = [language, ...LANGUAGES].map((name) => caption?.[name]).find((text) => text !== undefined);
  if (given !== undefined) return given;
  const { captions, undecided } = GUEST_TEXTS[language];
  return kind === 'unknown' && answer?.kind === 'unknown' ? undecided : captions[kind];
}
