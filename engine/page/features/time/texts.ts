/** What the slider of the last steps says. */
import { DE, EN, type Localized } from '../../shell/texts/localized.ts';

const en = {
  reading: (step: number) => `${step}`.replace('-', '−'),
  value: (step: number, ofSteps: number) =>
    step === 0 ? `the latest step; you can go back ${EN.whole.format(ofSteps)}` : `step −${EN.whole.format(-step)}`,
};

const de: typeof en = {
  reading: (step) => `${step}`.replace('-', '−'),
  value: (step, ofSteps) =>
    step === 0 ? `der letzte Schritt; ${DE.whole.format(ofSteps)} gehen zurück` : `Schritt −${DE.whole.format(-step)}`,
};

export const TEXTS: Localized<typeof en> = { en, de };
