/** The slider that goes back through the last steps. */
import { PAST_STEPS } from '../../automaton/past.ts';
import type { Controls } from '../controls.ts';
import { elementById } from '../elements.ts';

/** While time runs only how far back it goes has to be shown. */
const LOOK_EVERY_MILLISECONDS = 500;

export function connectScrubber({ playground, texts, attempt }: Controls): void {
  const { travel, events, settings, clock } = playground;
  const slider = elementById('past', HTMLInputElement);
  const reading = elementById('past-reading', HTMLOutputElement);
  slider.min = String(-PAST_STEPS);

  const show = (): void => {
    const { present, latest, earliest } = travel;
    const step = present - latest;
    slider.disabled = earliest === latest;
    if (slider.valueAsNumber !== step) slider.valueAsNumber = step;
    const text = step === 0 ? '' : texts.past.reading(step);
    if (reading.value !== text) reading.value = text;
    slider.setAttribute('aria-valuetext', texts.past.value(step, latest - earliest));
  };
  slider.addEventListener('input', () => {
    const wanted = travel.latest + slider.valueAsNumber;
    attempt(async () => playground.steps.goTo(wanted));
    show();
  });
  events.on('travelled', show);
  settings.events.on('change', show);
  const repeat = (): void => {
    clock.after(LOOK_EVERY_MILLISECONDS, repeat);
    if (!document.hidden) show();
  };
  playground.steps.keepPast();
  repeat();
}
