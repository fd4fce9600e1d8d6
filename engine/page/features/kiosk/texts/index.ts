/**
 * What an exhibit says to its guests, in every language. They come with the exhibit, all at once: a server that is away
 * for a while must not keep a guest from theirs.
 */
import type { Language } from '../languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import type { GuestTexts } from './guest-texts.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';

export type { GuestTexts } from './guest-texts.ts';

export const GUEST_TEXTS: Readonly<Record<Language, GuestTexts>> = { en, de, fr, es, it, nl };
