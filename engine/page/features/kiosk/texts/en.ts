import type { GuestTexts } from './guest-texts.ts';

export const en: GuestTexts = {
  name: 'English',
  title: 'Self-classifying digits',
  canvas: {
    label: 'Handwritten digits made of cells',
    description: 'Draw a digit with your finger. The cells of its ink decide together which one it is.',
  },
  captions: {
    write: 'A hand writes a digit, and its ink decides which one it is. Touch the screen and write one yourself.',
    wave: 'Every colour is an answer: the cells of a digit agree on which one they are part of.',
    damage: 'Cells that forget ask their neighbours, and heal.',
    chimera: 'Half one digit, half another: the cells argue.',
    unknown: 'A hand draws something that is no digit. Will its cells stay undecided, without a colour?',
    zoom: 'Each cell sees only its eight neighbours.',
    rest: 'Digits made of thousands of cells. Touch the screen and write one yourself.',
  },
  undecided: 'The cells do not know this sign: they stay undecided, without a colour.',
  invitation: 'Write a digit in the frame',
  answers: {
    agree: (name) => `The cells say ${name}`,
    split: (name, other) => `The cells cannot agree: ${name} or ${other}`,
    unknownDigit: 'That is no digit I know',
    unknownSign: 'That is no sign I know',
  },
  bar: {
    label: 'Tools',
    languages: 'Language',
    brush: 'Write',
    eraser: 'Erase',
    damage: 'Disturb',
    fill: 'New digits',
    zoomIn: 'Nearer',
    zoomOut: 'Farther',
    teach: 'Teach a sign',
    about: 'What is this?',
  },
  about: {
    sentences: [
      'Every dot of ink you see is a cell, a tiny program of its own.',
      'A cell sees only its eight neighbours, never the whole digit.',
      'All cells follow one rule, which was learned from thousands of handwritten digits.',
      'They tell each other what they suspect until they agree, and their colour shows the answer.',
      'Nobody is in charge: disturb them, and they find the answer again.',
    ],
    pictures: ['A cell and its neighbours', 'The cells argue …', '… until they agree'],
    close: 'Close',
  },
  warning: {
    title: 'Still there?',
    goesOn: (seconds) => `The show goes on in ${seconds} s.`,
    stay: 'I am still here',
  },
  backSoon: 'Back soon',
};
