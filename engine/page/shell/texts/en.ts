/** Every text of the page in English; the other languages have the same shape. */
import type { ForeignKind } from '../files/describe-file.ts';
import type { QueryIssue } from '../query.ts';
import { EN } from './localized.ts';

export const en = {
  title: 'Self-classifying digits',
  canvas: {
    label: 'Canvas of handwritten digits',
    description:
      'Every cell of ink argues with its neighbours about which digit it is part of. Paint with the pointer, or press a digit key to drop a digit in the middle of the view. The arrow keys move the view, plus and minus zoom.',
  },
  hint: 'Paint a digit: the ink will decide what it is.',
  loading: 'Waking the cells …',

  controls: {
    toolbar: 'Tools',
    play: { label: 'Play', hint: 'Let time run (space)' },
    pause: { label: 'Pause', hint: 'Stop time (space)' },
    step: { label: 'One step', hint: 'One step of the automaton (.)' },
    past: {
      label: 'Back in time',
      hint: 'Back through the last 200 steps, and forward again (, and .). What you do there makes the later ones forgotten',
    },
    brush: { label: 'Brush', hint: 'Paint ink (B)' },
    eraser: { label: 'Eraser', hint: 'Take ink away (E)' },
    damage: { label: 'Damage: forget', hint: 'Make cells forget; they heal (D). Press again to kill cells instead' },
    kill: {
      label: 'Damage: kill',
      hint: 'Take the ink of every second cell; the others heal without them (D). Press again to make cells forget instead',
    },
    radius: { label: 'Brush size', hint: 'Brush size ([ and ], or shift and wheel)' },
    stampScale: {
      label: 'Stamp size',
      hint: 'Stamp size ([ and ], or shift and wheel); T, or alt and wheel, turns the stamp',
    },
    undo: { label: 'Undo', hint: 'Undo (Ctrl Z)' },
    redo: { label: 'Redo', hint: 'Redo (Ctrl Y)' },
    fill: { label: 'New digits', hint: 'A new digit on every tile (N)' },
    clear: { label: 'Clear', hint: 'Take all ink away (C)' },
    zoomIn: { label: 'Zoom in', hint: 'Zoom in (+ or wheel)' },
    zoomOut: { label: 'Zoom out', hint: 'Zoom out (− or wheel)' },
    fit: { label: 'Whole canvas', hint: 'Show the whole canvas (F)' },
    view: { label: 'View', hint: 'What the colours show (V)' },
    panel: { label: 'Settings', hint: 'All settings (O)' },
    menu: { label: 'Menu', hint: 'More to do and to see (M)' },
  },

  menu: {
    label: 'More',
    control: 'Ctrl',
    groups: { canvas: 'Canvas', look: 'Look closer', learn: 'Learn', take: 'Take along' },
  },

  views: {
    label: 'Label',
    confidence: 'Confidence',
    disagreement: 'Disagreement',
    flicker: 'Flicker',
    ink: 'Ink alone',
    channel: 'One channel',
    channels: 'Three channels',
  } as Record<string, string>,
  palettes: { seed: 'Of the model', safe: 'For colour-blind eyes', contrast: 'High contrast' } as Record<
    string,
    string
  >,

  files: {
    open: 'Open a file …',
    modelLoaded: (name: string) => `The model “${name}” runs now.`,
    refused: (files: string, reason: string) => `“${files}” was not taken: ${reason}`,
    oneAtATime: 'another file that came with it has been taken; open this one by itself.',
    unknown: (kind: ForeignKind) =>
      `it is ${
        {
          empty: 'empty',
          pdf: 'a PDF document; save its pages as pictures',
          archive: 'an archive; unpack it first',
          film: 'a film',
          sound: 'a sound',
          vector: 'a vector graphic; save it as a PNG',
          text: 'a text',
          unknown: 'of a kind that this page does not know',
        }[kind]
      }. The page takes models (.ktx2), scenes (.nca), replays, pictures, and MNIST’s IDX files.`,
    superseded: (files: string) => `“${files}” was set aside because newer files came.`,
    unreadable: 'it cannot be read.',
    tooLarge: (mostBytes: number) => `it is larger than ${EN.whole.format(mostBytes / 2 ** 20)} MB.`,
  },

  notices: {
    region: 'Notices',
    dismiss: 'Dismiss',
    reload: 'Reload the page',
    query: (issue: QueryIssue) => {
      if (issue.kind === 'unknown') return `The address asks for “${issue.name}”, which this page does not know.`;
      if (issue.kind === 'ignored') {
        return `The address sets ${issue.name} to “${issue.value}”, which it cannot be; it was ignored.`;
      }
      return `The address sets ${issue.name} to ${issue.value}; the nearest value allowed, ${issue.used}, is used.`;
    },
    unknownModel: (name: string, used: string) => `There is no model “${name}” here; “${used}” is used instead.`,
    modelFailed: (name: string, reason: string) => `The model “${name}” cannot be used: ${reason}`,
    lost: 'The graphics card has taken its context back. The picture comes back by itself as soon as it returns it; your ink is kept.',
    stillLost: 'The graphics card has not returned its context. Reloading the page usually helps.',
    restored: 'The picture is back, with your ink. The cells go on from what they said a few seconds ago.',
    whileLost: 'The graphics card has taken its context back. Try again when the picture is back.',
    unexpected: (reason: string) => `Something went wrong: ${reason}`,
    notPossible: (reason: string) => `That was not possible: ${reason}`,
  },

  failures: {
    title: 'The cells cannot start',
    next: 'What you can do',
    noWebgl2: {
      text: 'This browser offers no WebGL2, which the cells are computed with.',
      steps: [
        'Use a current version of Chrome, Edge, Firefox or Safari.',
        'Turn on “hardware acceleration” (or “graphics acceleration”) in the browser’s settings and restart the browser. A restart also helps if WebGL was turned off after a crash.',
        'Chrome, Edge and Chromium: chrome://gpu says what is turned off and why. On a machine without a usable graphics card, start the browser with --enable-unsafe-swiftshader.',
        'Firefox: about:support says under “Graphics” why WebGL is off. Set webgl.force-enabled to true in about:config.',
      ],
    },
    device: {
      steps: ['Try another browser or another device.', 'Update the graphics driver.'],
    },
    tooLarge: {
      steps: ['Ask for fewer columns and rows in the address, or leave them away.'],
    },
    noModel: {
      text: 'No model could be loaded.',
      steps: [
        'Reload the page.',
        'If you run this site: check that the folder “models” was copied along with the page.',
      ],
    },
    part: {
      text: (reason: string) => `A part of the page could not be loaded (${reason}).`,
      steps: [
        'Check the connection and reload the page.',
        'Use a current version of Chrome, Edge, Firefox or Safari.',
        'If you run this site: copy the whole folder “dist”, and let the server send .js files as text/javascript.',
      ],
    },
    other: { steps: ['Reload the page.', 'Try another browser.'] },
  },

  kiosk: {
    settingsFault: (reason: string) => `${reason} The exhibit runs with its default settings.`,
  },

  models: {
    indexMissing: (reason: string) => `The list of models, models/index.json, cannot be read: ${reason}.`,
    indexFault: 'The list of models, models/index.json, is not what it should be.',
    fileMissing: (file: string, reason: string) => `The model file ${file} cannot be read: ${reason}.`,
    status: (status: number) => `the server answers ${status}`,
    unreachable: 'the server cannot be reached',
    tooLarge: 'it is larger than any model file',
  },
};

export type Texts = typeof en;
