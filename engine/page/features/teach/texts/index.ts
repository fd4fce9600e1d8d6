/** The texts of teaching in every language of the page and of exhibits. */
import type { Language } from '../../kiosk/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import type { TeachTexts } from './teach-texts.ts';

export const TEACH_TEXTS: Readonly<Record<Language, TeachTexts>> = { en, de, fr, es, it, nl };
