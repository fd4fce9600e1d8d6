/** Every text of the page in English; the other languages have the same shape. */
import type { ForeignKind } from '../files/describe-file.ts';
import type { QueryIssue } from '../query.ts';
import { EN } from './localized.ts';

export const en = {
  title: 'Self-classifying digits',
  canvas: {
    label: 'Canvas of handwritten digits',
    description:
      'Every cell of ink talks with its neighbours to find out which digit it is part of. Paint with the pointer, or press a digit key to drop a digit in the middle of the view. The arrow keys move the view, plus and minus zoom.',
  },
  hint: (onlyDigits: boolean): string =>
    onlyDigits ? 'Paint a digit: the ink will decide what it is.' : 'Paint a sign: the ink will decide what it is.',
  loading: 'Waking the cells …',

  controls: {
    toolbar: 'Tools',
    play: { label: 'Play', hint: 'Run (space)' },
    pause: { label: 'Pause', hint: 'Pause (space)' },
    step: { label: 'One step', hint: 'One step of the automaton (.)' },
    past: {
      label: 'Back in time',
      hint: 'Back through the last 200 steps, and forward again (, and .). Editing there discards later steps',
    },
    brush: { label: 'Brush', hint: 'Paint ink (B)' },
    eraser: { label: 'Eraser', hint: 'Erase ink (E)' },
    damage: { label: 'Damage: forget', hint: 'Make cells forget; they heal (D). Press again to kill cells instead' },
    kill: {
      label: 'Damage: kill',
      hint: 'Erase every second cell; the others heal without them (D). Press again to make cells forget instead',
    },
    radius: { label: 'Brush size', hint: 'Brush size ([ and ], or shift and wheel)' },
    stampScale: {
      label: 'Stamp size',
      hint: 'Stamp size ([ and ], or shift and wheel); T, or alt and wheel, turns the stamp',
    },
    undo: { label: 'Undo', hint: 'Undo (Ctrl Z)' },
    redo: { label: 'Redo', hint: 'Redo (Ctrl Y)' },
    fill: { label: 'New digits', hint: 'A new digit on every tile (N)' },
    clear: { label: 'Clear', hint: 'Erase everything (C)' },
    zoomIn: { label: 'Zoom in', hint: 'Zoom in (+ or wheel)' },
    zoomOut: { label: 'Zoom out', hint: 'Zoom out (− or wheel)' },
    fit: { label: 'Whole canvas', hint: 'Show the whole canvas (F)' },
    view: { label: 'View', hint: 'What the colours show (V)' },
    panel: { label: 'Settings', hint: 'All settings (O)' },
    menu: { label: 'Menu', hint: 'More actions (M)' },
  },

  menu: {
    label: 'More',
    control: 'Ctrl',
    groups: { canvas: 'Canvas', look: 'Look closer', learn: 'Learn', take: 'Save and share' },
  },

  palettes: { seed: 'Of the model', safe: 'For colour-blind eyes', contrast: 'High contrast' } as Record<
    string,
    string
  >,

  files: {
    open: 'Open a file …',
    modelLoaded: (name: string) => `Now running the model “${name}”.`,
    refused: (files: string, reason: string) => `Could not open “${files}”: ${reason}`,
    oneAtATime: 'another file was opened instead; open this one separately.',
    unknown: (kind: ForeignKind) =>
      `${
        {
          empty: 'the file is empty',
          pdf: 'PDF documents are not supported; save the pages as pictures',
          archive: 'archives are not supported; unpack it first',
          film: 'films are not supported',
          sound: 'sound files are not supported',
          vector: 'vector graphics are not supported; save it as a PNG',
          text: 'text files are not supported',
          unknown: 'unsupported file type',
        }[kind]
      }. This page opens models (.ktx2), scenes (.nca), replays, pictures, and MNIST’s IDX files.`,
    superseded: (files: string) => `“${files}” was not opened, because newer files came.`,
    unreadable: 'the file cannot be read.',
    tooLarge: (mostBytes: number) => `the file is larger than ${EN.whole.format(mostBytes / 2 ** 20)} MB.`,
  },

  notices: {
    region: 'Notices',
    dismiss: 'Dismiss',
    reload: 'Reload the page',
    query: (issue: QueryIssue) => {
      if (issue.kind === 'unknown') return `The address contains “${issue.name}”, which this page does not know.`;
      if (issue.kind === 'ignored') {
        return `The address sets ${issue.name} to “${issue.value}”, which is not valid; it was ignored.`;
      }
      return `The address sets ${issue.name} to ${issue.value}; using the nearest allowed value, ${issue.used}.`;
    },
    unknownModel: (name: string, used: string) => `There is no model “${name}” here; using “${used}” instead.`,
    modelFailed: (name: string, reason: string) => `The model “${name}” cannot be used: ${reason}`,
    lost: 'The browser lost the graphics card (WebGL context lost). The picture will come back by itself; your ink is kept.',
    stillLost: 'The graphics card has not come back. Reloading the page usually helps.',
    restored: 'The picture is back, with your ink. The cells continue from a few seconds ago.',
    whileLost: 'The browser lost the graphics card. Try again when the picture is back.',
    unexpected: (reason: string) => `Something went wrong: ${reason}`,
    notPossible: (reason: string) => `That did not work: ${reason}`,
  },

  failures: {
    title: 'The cells cannot start',
    next: 'What you can do',
    noWebgl2: {
      text: 'This browser does not support WebGL2, which this page needs.',
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
      steps: ['Ask for fewer columns and rows in the address, or leave them out.'],
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
    indexFault: 'The list of models, models/index.json, is not valid.',
    fileMissing: (file: string, reason: string) => `The model file ${file} cannot be read: ${reason}.`,
    status: (status: number) => `the server answered with status ${status}`,
    unreachable: 'the server cannot be reached',
    tooLarge: 'the file is too large to be a model',
  },
};

export type Texts = typeof en;
