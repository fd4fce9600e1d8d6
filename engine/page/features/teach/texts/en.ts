import type { TeachTexts } from './teach-texts.ts';

export const en: TeachTexts = {
  title: 'Teach a sign',
  help: 'Draw your sign on the tiles, a little differently each time. Then the cells learn it while you watch.',
  name: 'Name',
  namePlaceholder: 'Heart, ★, A …',
  color: 'Colour',
  colorNumber: (number) => `Colour ${number}`,
  tiles: 'Drawings',
  tile: (number, all, strokes) =>
    `Drawing ${number} of ${all}: ${strokes === 0 ? 'empty' : strokes === 1 ? '1 stroke' : `${strokes} strokes`}`,
  keys: 'With the keyboard: arrow keys move the pen, the space bar lowers and lifts it, Delete clears the tile.',
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Clear tile',
  clearAll: 'Clear all',
  another: 'Another like these',
  learn: 'Learn',
  close: 'Close',
  drawn: (count, all) => `${count} of ${all} drawn`,
  restored: 'Your drawings from last time are still here.',
  issue: (fault, tiles) => {
    switch (fault.kind) {
      case 'no-signs':
      case 'name-empty':
        return 'The sign needs a name.';
      case 'name-too-long':
        return `The name is longer than ${fault.most} characters.`;
      case 'name-control':
        return 'The name has characters that cannot be shown.';
      case 'name-twice':
        return `There is already a sign called ${fault.name}.`;
      case 'few-drawings':
        return `Draw the sign at least ${fault.least} times.`;
      case 'many-drawings':
        return `These are more drawings than can be learnt from: at most ${fault.most}.`;
      case 'empty-drawings':
        return `Nothing is drawn on tile ${tiles.join(', ')}.`;
      case 'bad-drawing':
        return `The drawing on tile ${tiles.join(', ')} cannot be used. Draw it again.`;
      case 'same-drawing':
        return 'All drawings are the same. The cells will know the sign better if you vary it.';
      case 'unlike-drawings':
        return `Tile ${tiles.join(', ')} looks unlike the others. Is it the same sign?`;
      case 'known-sign':
        return `The cells already take this for ${fault.name}.`;
      case 'alike-signs':
        return `It looks like ${fault.name}. The cells may confuse the two.`;
      case 'no-room':
        return 'This model has no room for another sign.';
    }
  },
  sameAs: (name) => `Learn it as a better ${name}`,
  learning: (name) => `The cells are learning ${name}`,
  secondsLeft: (seconds) => `${seconds} s left`,
  loss: (value) => `Loss ${value}`,
  ofSign: (name, share) => `${name}: ${share} of cells are right`,
  ofDigits: (share) => `Digits: ${share}`,
  chart: (name) => `Share of cells that are right, over time: ${name} and digits`,
  stop: 'Stop',
  taught: (name, seconds) => `The cells know ${name} after ${seconds} s`,
  confused: (name, other, share) => `Of the cells of ${name}, ${share} say ${other}.`,
  keep: 'Keep',
  more: 'Teach more',
  takeBack: 'Take it back',
  save: 'Save as a file',
  kept: (name) => `Kept as the model “${name}” until you leave. A saved scene keeps it for longer.`,
  takenBack: (name) => `The cells have forgotten ${name}.`,
  failed: (reason) => `Learning has ended: ${reason}`,
  lowBattery: 'The battery is low, and learning needs a lot of power.',
  outOfMemory: 'There is not enough memory to learn. Close other tabs or programs, and try again.',
};
