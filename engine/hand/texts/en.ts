import type { HandTexts } from './hand-texts.ts';

const SCAN = { title: 'Scan the code again', text: 'This code is no longer valid. A new one is on the screen.' };
const FAULT = { title: 'That did not work', text: 'The connection was ended because something unexpected arrived.' };

export const en: HandTexts = {
  title: 'Draw on the screens',
  ring: 'This ring is you on the screens.',
  ink: 'Ink',
  dry: 'The pen is dry. It fills up again in a moment.',
  map: {
    label: 'Map of the screens',
    help: 'Draw with one finger, move the map with two. With a keyboard: the arrow keys move the pen, the space bar lowers and lifts it, Enter makes a dot or a stamp.',
    penDown: 'Pen down',
    penUp: 'Pen up',
  },
  tools: {
    label: 'Tools',
    pen: 'Pen',
    brush: 'Brush',
    eraser: 'Eraser',
    stamp: 'Stamp',
    zoomIn: 'Nearer',
    zoomOut: 'Farther',
    whole: 'All',
  },
  digits: 'Digit of the stamp',
  connecting: { title: 'Connecting …', text: 'One moment, please.' },
  lost: 'The connection is lost. Trying again …',
  frozen: 'Drawing is paused for now.',
  refused: {
    token: SCAN,
    key: SCAN,
    full: { title: 'All places are taken', text: 'This page tries again by itself. Please wait a little.' },
    dropped: { title: 'You can no longer draw', text: 'The people who run this exhibit have ended your drawing.' },
    closed: { title: 'The exhibit is closed', text: 'Please come back during the opening hours.' },
    replaced: { title: 'You draw in another window', text: 'Only one window at a time can draw.' },
    fault: FAULT,
    fast: FAULT,
  },
  tryAgain: 'Draw here',
};
