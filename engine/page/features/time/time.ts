/** Runs, pauses and steps time, resets the state, and goes back through the last steps. */
import { PAST_STEPS } from '../../../automaton/past.ts';
import { elementById } from '../../shell/elements.ts';
import type { Feature, Page } from '../../shell/feature.ts';
import { nameControl, onPress } from '../../shell/toolbar.ts';
import { TEXTS } from './texts.ts';

/** While time runs, only the number of available past steps has to be updated. */
const LOOK_EVERY_MILLISECONDS = 500;

export const time: Feature = {
  scope: 'controls',
  connect(page) {
    const { playground, texts } = page;
    const { settings } = playground;
    const toggle = (): void => settings.set({ paused: !settings.values.paused });
    const step = (): Promise<void> => playground.steps.forward();
    const play = onPress(page, 'play', toggle);
    onPress(page, 'step', step);
    const show = (): void => {
      const { paused } = settings.values;
      document.body.classList.toggle('paused', paused);
      nameControl(play, paused ? texts.controls.play : texts.controls.pause);
    };
    settings.events.on('change', show);
    show();
    connectSlider(page);
    return {
      keys: {
        p: toggle,
        '.': step,
        ',': () => playground.steps.goTo(playground.travel.present - 1),
        r: () => playground.reset(),
      },
    };
  },
};

function connectSlider({ playground, language, attempt }: Page): void {
  const { travel, events, settings, clock } = playground;
  const texts = TEXTS[language];
  const slider = elementById('past', HTMLInputElement);
  const reading = elementById('past-reading', HTMLOutputElement);
  slider.min = String(-PAST_STEPS);

  const show = (): void => {
    const { present, latest, earliest } = travel;
    const step = present - latest;
    slider.disabled = earliest === latest;
    if (slider.valueAsNumber !== step) slider.valueAsNumber = step;
    const text = step === 0 ? '' : texts.reading(step);
    if (reading.value !== text) reading.value = text;
    slider.setAttribute('aria-valuetext', texts.value(step, latest - earliest));
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
