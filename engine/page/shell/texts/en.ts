/** Every text of the page in English; the other languages have the same shape. */
import type { ForeignKind } from '../files/describe-file.ts';
import type { QueryIssue } from '../query.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const shareOr = (share: number | null | undefined): string =>
  share === null || share === undefined ? 'an unknown share' : tenths.format(share);

export const en = {
  language: 'en',
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

  inspector: {
    open: 'Look at a cell',
    title: 'Digit and cell',
    close: 'Close',
    ink: 'ink',
    logits: 'Its logits',
    channels: 'All its channels',
    neighbours: 'Neighbours: say → push to',
    follows: 'Follows the pointer. Tap a cell to stay with it; arrow keys move the view.',
    pinned: 'Stays with this cell; tap it again to let go.',
    value: (value: number) => value.toFixed(2).replace('-', '−'),
    push: (name: string, push: number) => `→ ${name} ${push.toFixed(2)}`,
    empty: (column: number, row: number) => `Tile ${column}, ${row} is empty.`,
    digit: (digit: InspectedDigit) =>
      [
        `Tile ${digit.column}, ${digit.row}: `,
        digit.vote === null
          ? `${percent.format(digit.undecided)} of ${digit.inkCells} cells have not decided.`
          : `${percent.format(digit.agreement)} of ${digit.inkCells} cells say ${digit.vote}.`,
        ...digit.others.map(({ name, cells }) => ` ${cells} ${cells === 1 ? 'says' : 'say'} ${name}.`),
        digit.label === null ? '' : ` It was put there as ${digit.label}.`,
      ].join(''),
    cell: (cell: InspectedCell) =>
      [
        `Cell ${cell.x}, ${cell.y}: `,
        `${percent.format(cell.ink)} ink, `,
        !cell.isAlive ? 'dead.' : cell.says === null ? 'says nothing yet.' : `says ${cell.says}, `,
        cell.isAlive && cell.says !== null ? `confidence ${cell.confidence.toFixed(2)}.` : '',
      ].join(''),
    neighbour: (cell: InspectedNeighbour) =>
      [
        `Cell ${cell.x}, ${cell.y}: `,
        !cell.hasInk ? 'no ink' : cell.says === null ? 'undecided' : `says ${cell.says}`,
        cell.target === null ? '' : `, pushes to ${cell.target} by ${cell.push.toFixed(2)}`,
        '. Look at it.',
      ].join(''),
  },

  figures: {
    open: 'Figures over time',
    title: 'Figures of the last thousand steps',
    close: 'Close the figures',
    names: { accuracy: 'Cells right', agreement: 'Digits agreed', flicker: 'Flicker' },
    span: (steps: number) => `Last ${whole.format(steps)} steps · flicker × 10`,
    value: (share: number | null) => (share === null ? '–' : tenths.format(share)),
    description: (figures: Record<'accuracy' | 'agreement' | 'flicker', number | null> | null, steps: number) =>
      [
        `Over the last ${whole.format(steps)} steps. Now`,
        ` ${shareOr(figures?.accuracy)} of the cells are right,`,
        ` in ${shareOr(figures?.agreement)} of the digits all cells say the same,`,
        ` and ${shareOr(figures?.flicker)} of the cells have changed their mind in this step.`,
      ].join(''),
  },

  compare: {
    open: 'Two models side by side',
    leave: 'One model again',
    model: (pane: number) => `Model of picture ${pane}`,
    fromFile: 'from a file …',
    fileTooLarge: 'it is larger than any model file.',
    refused: (file: string, reason: string) => `“${file}” was not taken: ${reason}`,
    figures: (agreement: number | null, accuracy: number | null) =>
      [
        ...(agreement === null ? [] : [`${percent.format(agreement)} agree`]),
        ...(accuracy === null ? [] : [`${percent.format(accuracy)} right`]),
      ].join(' · '),
  },

  lessons: {
    open: 'Five lessons',
    previous: 'Back',
    next: 'Next',
    again: 'Once more',
    leave: 'Back to my canvas',
    count: (number: number, all: number) => `${number} of ${all}`,
    scenes: {
      agree: {
        title: 'How cells agree',
        text: 'Every dot of ink is a cell of its own. It knows only its eight neighbours, and nobody shows it the whole digit. At first no cell has an opinion; then guesses appear, spread and fight, until all cells of a digit say the same.',
      },
      heal: {
        title: 'Damage and healing',
        text: 'As soon as the cells agree, a stroke makes many of them forget everything. Their neighbours remember, and tell them: the digit heals. Try it yourself: draw over a digit with the damage tool.',
      },
      change: {
        title: 'A 6 that becomes an 8',
        text: 'The cells have agreed on 6. Then one stroke closes the upper loop. The news starts there and travels from neighbour to neighbour; for a moment all sorts of digits are heard, until the last cell at the bottom, whose own surroundings are the same as ever, says 8 as well.',
      },
      chimera: {
        title: 'Half 3, half 8',
        text: 'Drawn as the upper half of an 8 and the lower half of a 3. The closed loop says 8 and convinces what is near; the open hook says 3 and does not give way: both sides have good reasons, and the border between them stays. Close the gap at the bottom left, and all of it becomes an 8.',
      },
      cut: {
        title: 'Cut in two',
        text: 'Cells speak only to neighbours that have ink. A cut through the digit ends the talk, and both halves forget: now each has to decide by itself what it is. Paint a bridge over the gap, and they talk again.',
      },
    } as Record<string, { title: string; text: string }>,
  },

  past: {
    reading: (step: number) => `${step}`.replace('-', '−'),
    value: (step: number, ofSteps: number) =>
      step === 0 ? `the latest step; ${whole.format(ofSteps)} can be gone back` : `step −${whole.format(-step)}`,
  },

  painting: {
    swap: 'Swap all digits',
  },

  scenes: {
    save: 'Save the scene as a file',
    load: 'Load a scene …',
    saved: (megabytes: number) => `The scene was saved as a file of ${short.format(megabytes)} MB.`,
    loaded: 'The scene goes on where it was saved.',
    loadedBut: (names: string) =>
      `The scene goes on where it was saved, without settings that this page does not know: ${names}.`,
  },

  replay: {
    save: 'Save a replay of all this',
    saved: (kilobytes: number) =>
      `The session was saved as a file of ${short.format(kilobytes)} kB that does everything again; dropped on the page, it plays.`,
    plays: (steps: number) => `The replay plays: ${steps} steps. Draw, and it ends.`,
    same: 'The replay has ended with the very same state, bit for bit.',
    differs: 'The replay has ended with another state than was recorded.',
    otherRenderer: 'The replay has ended; it was recorded on another GPU, whose last bits may differ.',
    refused: (reason: string) => `The replay cannot be played: ${reason}`,
    otherSite: 'Only replays of this site are opened from a link.',
    missing: (path: string) => `There is no replay at ${path}.`,
    tooLarge: 'The file is too large for a replay.',
  },

  links: {
    copy: 'Copy a link to this',
    copied: 'The link is in the clipboard.',
    inAddress: 'The browser keeps the clipboard closed; the link is in the address bar.',
    withoutCanvas: 'The canvas is too large for a link; it holds the settings only.',
    withoutModel: 'The model is none of this site’s; the link cannot hold it.',
    otherVersion: 'The link was made by another version of this page; it was opened as far as it means the same here.',
    unknownSettings: (names: string) => `The link holds settings that this page does not know: ${names}.`,
    refused: (reason: string) => `The link cannot be opened: ${reason}`,
  },

  legend: {
    label: 'Colours of the classes; choose a digit to stamp it',
    stamp: (name: string) => `Stamp a ${name}: choose it, then tap a tile (key ${name})`,
    undecided: 'undecided',
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

  panel: {
    title: 'Settings',
    automaton: 'Automaton',
    picture: 'Picture',
    pen: 'Pen',
    model: 'model',
    paused: 'paused',
    stepsPerSecond: 'steps a second',
    dropout: 'dropout',
    noise: 'noise',
    firing: 'firing',
    strategy: 'computed with',
    palette: 'palette',
    hueShift: 'hue shift (°)',
    view: 'view',
    channel: 'channel, or red',
    channelGreen: 'channel for green',
    channelBlue: 'channel for blue',
    grid: 'tile lines',
    tool: 'tool',
    brushRadius: 'brush radius (cells)',
    stamp: 'digit to stamp',
    stampScale: 'size of the stamp',
    stampTurn: 'turn of the stamp (°)',
    damageMode: 'damage makes cells',
    step: 'one step',
    reset: 'reset the state',
    device: 'This device',
    adapt: 'give way when too slow',
    figures: {
      renderer: 'adapter',
      strategy: 'computed with',
      memory: 'GPU memory',
      step: 'a step takes',
      resolution: 'picture’s resolution',
    },
    megabytes: (bytes: number) => `${short.format(bytes / 1e6)} MB`,
    milliseconds: (milliseconds: number) => `${short.format(milliseconds)} ms`,
    share: (share: number) => percent.format(share),
    strategies: {
      auto: 'what is fastest here',
      texture: 'weights in a texture',
      uniform: 'weights in a uniform block',
      constants: 'weights as constants',
      'layered-texture': 'layer by layer, weights in a texture',
      'layered-2': 'layer by layer, constants, 2 targets',
      'layered-4': 'layer by layer, constants, 4 targets',
      'layered-8': 'layer by layer, constants, 8 targets',
    } as Record<string, string>,
    halfFloats: 'half floats',
    firings: { block: 'by blocks', cell: 'each cell for itself' } as Record<string, string>,
    tools: { brush: 'brush', eraser: 'eraser', damage: 'damage', stamp: 'stamp', inspect: 'look closer' } as Record<
      string,
      string
    >,
    damageModes: { wipe: 'forget and heal', kill: 'die, every second one' } as Record<string, string>,
  },

  status: {
    label: 'Figures',
    line: (figures: StatusFigures) =>
      [
        ...(figures.unknown === null ? [] : [figures.unknown]),
        ...(figures.agreement === null ? [] : [`${percent.format(figures.agreement)} agree`]),
        ...(figures.accuracy === null ? [] : [`${percent.format(figures.accuracy)} right`]),
        `step ${whole.format(figures.step)}`,
        `${short.format(figures.stepsPerSecond)} steps/s`,
        `${whole.format(figures.framesPerSecond)} frames/s`,
        `${whole.format(figures.liveCells)} live cells`,
      ].join(' · '),
  },

  unknown: (onlyDigits: boolean): string =>
    onlyDigits ? 'That is no digit I know.' : 'That is none of the signs I know.',

  announce: {
    tile: (column: number, row: number, sentence: string) => `Tile ${column}, ${row}: ${sentence}`,
    digit: (column: number, row: number, name: string, agreement: number) =>
      `Tile ${column}, ${row}: the cells say ${name}; ${percent.format(agreement)} of them agree.`,
    undecided: (column: number, row: number) => `Tile ${column}, ${row}: the cells have not decided yet.`,
    empty: (column: number, row: number) => `Tile ${column}, ${row} is empty.`,
    accuracy: (share: number) => `${percent.format(share)} of the labelled digits are read right.`,
  },

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
    tooLarge: (mostBytes: number) => `it is larger than ${whole.format(mostBytes / 2 ** 20)} MB.`,
  },

  adaptation: {
    coarser: (share: string) =>
      `This device is slow: the picture is drawn with ${share} of its pixels along a side, to stay fluent.`,
    finer: 'The picture has its full resolution again.',
    lighter: (name: string, before: string) =>
      `This device is slow: the lighter model “${name}” runs instead of “${before}”. The cells decide anew.`,
    started: (name: string, before: string) =>
      `This device is slow, so the page has started with the lighter model “${name}” instead of “${before}”.`,
    willLighten: (name: string, before: string, seconds: number) =>
      `This device is too slow for “${before}”. In ${seconds} seconds the lighter model “${name}” takes its place, and the cells decide anew.`,
    keep: (name: string) => `Keep “${name}”`,
    back: (name: string) => `Use “${name}” all the same`,
  },

  digitFiles: {
    taken: (live: number, found: number, blank: number) =>
      [
        live === found
          ? `${whole.format(live)} ${live === 1 ? 'digit is' : 'digits are'} on the canvas now`
          : `${whole.format(live)} of ${whole.format(found)} digits are on the canvas now`,
        ...(blank > 0 ? [`${whole.format(blank)} ${blank === 1 ? 'has' : 'have'} no ink`] : []),
        ...(live + blank < found ? ['there are no more free tiles'] : []),
      ].join('; ') + '.',
    scaled: 'Their values were scaled to 0 to 255.',
    ask: (odd: readonly string[]) =>
      [
        'These images look',
        odd.includes('inverted') ? ' inverted, with dark ink on white' : '',
        odd.length > 1 ? ', and' : '',
        odd.includes('turned') ? ' turned, with rows and columns swapped as in EMNIST' : '',
        '. Correct them?',
      ].join(''),
    mend: (odd: readonly string[]): string =>
      odd.length > 1 ? 'Invert and turn them' : odd.includes('inverted') ? 'Invert them' : 'Turn them',
    asTheyAre: 'Take them as they are',
    turn: 'Swap rows and columns',
    noIdx: (begin: string) =>
      `it is no IDX file of images or labels: it begins with ${begin}, such files with 0x00000803 or 0x00000801.`,
    cutShort: 'it is cut short.',
    leftOver: (bytes: number) => `it has ${whole.format(bytes)} bytes more than its header says.`,
    otherSize: (width: number, height: number) =>
      `its images are ${whole.format(width)} × ${whole.format(height)} cells, not 28 × 28.`,
    noDigits: 'it holds no digits.',
    damagedGzip: 'it is a gzip file that is damaged or cut short.',
    tooLong: 'unpacked, it is longer than any file of digits.',
    labelsAlone: 'it holds labels; drop it together with its images.',
    oneAtATime: 'one file of images and one of labels at a time, please.',
    otherCount: (labels: number, images: number) =>
      `there are ${whole.format(labels)} labels for ${whole.format(images)} images.`,
    noPicture: 'it is no picture that this browser can show. PNG, JPEG, WebP, GIF and BMP work everywhere.',
    heic: 'it is a HEIC picture, which this browser cannot show. Share it as a JPEG, or choose “Most Compatible” in the iPhone’s settings under Camera, Formats.',
    tooManyPixels: (width: number, height: number) =>
      `a picture of ${whole.format(width)} × ${whole.format(height)} pixels is too large.`,
    noneFound: 'no digits were found in it.',
    preview: {
      looking: (name: string) => `Looking for digits in “${name}” …`,
      cancel: 'Cancel',
      title: (found: number) => (found === 1 ? '1 digit was found' : `${whole.format(found)} digits were found`),
      help: 'Click a digit to leave it out, or to take it again.',
      digit: (number: number, found: number) => `Digit ${whole.format(number)} of ${whole.format(found)}`,
      chosen: (chosen: number, room: number) =>
        chosen > room
          ? `${whole.format(chosen)} are chosen; the canvas has room for ${whole.format(room)}.`
          : `${whole.format(chosen)} ${chosen === 1 ? 'is' : 'are'} chosen.`,
      all: 'All',
      none: 'None',
      take: (chosen: number) => (chosen === 1 ? 'Take 1 digit' : `Take ${whole.format(chosen)} digits`),
    },
  },

  take: {
    savePicture: 'Save a picture (PNG)',
    pictureSaved: (width: number, height: number) =>
      `The whole canvas was saved as a picture of ${whole.format(width)} × ${whole.format(height)} pixels.`,
    record: 'Record a film or GIF …',
    title: 'Record the whole canvas',
    seconds: 'Seconds',
    secondsRange: (least: number, most: number) => `a recording lasts ${least} to ${most} seconds.`,
    format: 'Format',
    kinds: { film: (suffix: string) => `Film (${suffix})`, gif: (suffix: string) => `Pictures (${suffix})` },
    noFilm: 'This browser can make no films, only GIFs.',
    start: 'Start',
    close: 'Close',
    cancel: 'Cancel',
    progressLabel: 'Recorded',
    progress: (seconds: number, all: number) => `${whole.format(seconds)} of ${short.format(all)} seconds`,
    finishing: 'Writing the file …',
    saved: (file: string, bytes: number) => `“${file}” was saved (${short.format(bytes / 1e6)} MB).`,
    unplayable: (file: string) =>
      `This browser cannot play “${file}”, which it has made itself. Try it in another player, or record a GIF.`,
    cancelled: 'The recording was cancelled; nothing was saved.',
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

/** What the inspector says of a digit. */
export interface InspectedDigit {
  readonly column: number;
  readonly row: number;
  readonly inkCells: number;
  readonly agreement: number;
  /** Share of the cells that say nothing. */
  readonly undecided: number;
  readonly vote: string | null;
  readonly label: string | null;
  /** Other classes that cells say, the most frequent first. */
  readonly others: readonly { readonly name: string; readonly cells: number }[];
}

/** What the inspector says of a cell. */
export interface InspectedCell {
  readonly x: number;
  readonly y: number;
  /** 0…1. */
  readonly ink: number;
  readonly isAlive: boolean;
  readonly says: string | null;
  readonly confidence: number;
}

/** What the inspector says of a neighbour. */
export interface InspectedNeighbour {
  readonly x: number;
  readonly y: number;
  readonly hasInk: boolean;
  readonly says: string | null;
  /** The class that it pushes to most, and by how much a step. */
  readonly target: string | null;
  readonly push: number;
}

export interface StatusFigures {
  readonly framesPerSecond: number;
  readonly stepsPerSecond: number;
  readonly step: number;
  readonly liveCells: number;
  /** Share of digits whose cells all agree, or null. */
  readonly agreement: number | null;
  /** Share of labelled digits that are read right, or null. */
  readonly accuracy: number | null;
  /** That the ink which was touched last is nothing that the model knows, or null. */
  readonly unknown: string | null;
}

export type Texts = typeof en;
