/** The captions of scenes. */
import { LANGUAGES, type Language } from './languages.ts';
import type { Scene } from './scene-settings.ts';
import { GUEST_TEXTS } from './texts/index.ts';

/**
 * Returns the scene's caption in this language, or else in the next best available language, or else the caption for
 * its kind.
 */
export function captionOf({ kind, caption }: Pick<Scene, 'kind' | 'caption'>, language: Language): string {
  if (typeof caption === 'string') return caption;
  const given = [language, ...LANGUAGES].map((name) => caption?.[name]).find((text) => text !== undefined);
  return given ?? GUEST_TEXTS[language].captions[kind];
}
