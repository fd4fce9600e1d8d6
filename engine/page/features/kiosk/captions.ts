/** What guests read of a scene. */
import { LANGUAGES, type Language } from './languages.ts';
import type { Scene } from './scene-settings.ts';
import { GUEST_TEXTS } from './texts/index.ts';

/** The scene's caption in this language; in the next best that it is given in; its kind's own where it has none. */
export function captionOf({ kind, caption }: Pick<Scene, 'kind' | 'caption'>, language: Language): string {
  if (typeof caption === 'string') return caption;
  const given = [language, ...LANGUAGES].map((name) => caption?.[name]).find((text) => text !== undefined);
  return given ?? GUEST_TEXTS[language].captions[kind];
}
