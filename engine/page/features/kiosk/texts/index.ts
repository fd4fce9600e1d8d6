/**
 * What an exhibit says to its guests, in every language. All languages are loaded with the exhibit, so that guests can
 * choose theirs even while the server is unreachable.
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
