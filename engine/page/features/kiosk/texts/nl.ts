import type { GuestTexts } from './guest-texts.ts';

export const nl: GuestTexts = {
  name: 'Nederlands',
  title: 'Cijfers die zichzelf herkennen',
  canvas: {
    label: 'Handgeschreven cijfers van cellen',
    description: 'Schrijf met uw vinger een cijfer. De cellen van de inkt beslissen samen welk cijfer het is.',
  },
  captions: {
    write: 'Een hand schrijft een cijfer en de inkt beslist welk cijfer het is. Raak het scherm aan en schrijf mee!',
    wave: 'Elke kleur is een antwoord: de cellen van een cijfer worden het eens over welk cijfer het is.',
    damage: 'Cellen die vergeten, vragen het hun buren en herstellen.',
    chimera: 'Half het ene cijfer, half het andere: de cellen maken ruzie.',
    unknown: 'Een hand tekent iets dat geen cijfer is. Blijven de cellen besluiteloos, zonder kleur?',
    zoom: 'Elke cel ziet alleen haar acht buren.',
    rest: 'Cijfers van duizenden cellen. Raak het scherm aan en schrijf er zelf een.',
  },
  undecided: 'De cellen kennen dit teken niet: ze blijven besluiteloos, zonder kleur.',
  invitation: 'Schrijf een cijfer in het kader',
  answers: {
    agree: (name) => `De cellen zeggen: ${name}`,
    split: (name, other) => `De cellen zijn het oneens: ${name} of ${other}`,
    unknownDigit: 'Dat cijfer ken ik niet',
    unknownSign: 'Dat teken ken ik niet',
  },
  bar: {
    label: 'Gereedschap',
    languages: 'Taal',
    brush: 'Schrijven',
    eraser: 'Wissen',
    damage: 'Verstoren',
    fill: 'Nieuwe cijfers',
    zoomIn: 'Dichterbij',
    zoomOut: 'Verder weg',
    teach: 'Teken leren',
    about: 'Wat is dit?',
  },
  about: {
    sentences: [
      'Elk puntje inkt is een cel, een piepklein programma op zich.',
      'Een cel ziet alleen haar acht buren, nooit het hele cijfer.',
      'Alle cellen volgen dezelfde regel, geleerd van duizenden handgeschreven cijfers.',
      'Ze vertellen elkaar wat ze vermoeden tot ze het eens zijn; hun kleur toont het antwoord.',
      'Niemand is de baas: verstoor ze, en ze vinden het antwoord terug.',
    ],
    pictures: ['Een cel en haar buren', 'De cellen maken ruzie …', '… tot ze het eens zijn'],
    close: 'Sluiten',
  },
  warning: {
    title: 'Bent u er nog?',
    goesOn: (seconds) => `De voorstelling gaat over ${seconds} s verder.`,
    stay: 'Ik ben er nog',
  },
  backSoon: 'Zo weer terug',
};
