/** Alle Texte der Seite auf Deutsch. */
import type { Texts } from './en.ts';

const whole = new Intl.NumberFormat('de', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('de', { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('de', { style: 'percent', maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('de', { style: 'percent', maximumFractionDigits: 1 });
const shareOr = (share: number | null | undefined): string =>
  share === null || share === undefined ? 'ein unbekannter Teil' : tenths.format(share);

export const de: Texts = {
  language: 'de',
  title: 'Ziffern, die sich selbst erkennen',
  canvas: {
    label: 'Leinwand mit handgeschriebenen Ziffern',
    description:
      'Jede Zelle mit Tinte verhandelt mit ihren Nachbarn, zu welcher Ziffer sie gehört. Malen Sie mit dem Zeiger, oder drücken Sie eine Zifferntaste, um in der Mitte der Ansicht eine Ziffer abzulegen. Die Pfeiltasten bewegen die Ansicht, Plus und Minus zoomen.',
  },
  hint: 'Malen Sie eine Ziffer: Die Tinte entscheidet, welche es ist.',
  loading: 'Die Zellen wachen auf …',

  controls: {
    toolbar: 'Werkzeuge',
    play: { label: 'Weiter', hint: 'Die Zeit laufen lassen (Leertaste)' },
    pause: { label: 'Pause', hint: 'Die Zeit anhalten (Leertaste)' },
    step: { label: 'Ein Schritt', hint: 'Ein Schritt des Automaten (.)' },
    past: {
      label: 'Zurück in der Zeit',
      hint: 'Durch die letzten 200 Schritte zurück und wieder vor (, und .). Was Sie dort tun, lässt die späteren vergessen',
    },
    brush: { label: 'Pinsel', hint: 'Tinte malen (B)' },
    eraser: { label: 'Radierer', hint: 'Tinte wegnehmen (E)' },
    damage: {
      label: 'Stören: vergessen',
      hint: 'Zellen vergessen lassen; sie heilen (D). Nochmals drücken, um Zellen zu töten',
    },
    kill: {
      label: 'Stören: töten',
      hint: 'Jeder zweiten Zelle die Tinte nehmen; die anderen heilen ohne sie (D). Nochmals drücken, um Zellen vergessen zu lassen',
    },
    radius: { label: 'Pinselgröße', hint: 'Pinselgröße ([ und ], oder Umschalt und Mausrad)' },
    stampScale: {
      label: 'Stempelgröße',
      hint: 'Stempelgröße ([ und ], oder Umschalt und Mausrad); T, oder Alt und Mausrad, dreht den Stempel',
    },
    undo: { label: 'Zurück', hint: 'Rückgängig (Strg Z)' },
    redo: { label: 'Wieder', hint: 'Wiederholen (Strg Y)' },
    fill: { label: 'Neue Ziffern', hint: 'Eine neue Ziffer auf jedes Feld (N)' },
    clear: { label: 'Leeren', hint: 'Alle Tinte wegnehmen (C)' },
    zoomIn: { label: 'Größer', hint: 'Größer (+ oder Mausrad)' },
    zoomOut: { label: 'Kleiner', hint: 'Kleiner (− oder Mausrad)' },
    fit: { label: 'Ganze Leinwand', hint: 'Die ganze Leinwand zeigen (F)' },
    view: { label: 'Ansicht', hint: 'Was die Farben zeigen (V)' },
    panel: { label: 'Einstellungen', hint: 'Alle Einstellungen (O)' },
    menu: { label: 'Menü', hint: 'Mehr zu tun und zu sehen (M)' },
  },

  menu: {
    label: 'Mehr',
    control: 'Strg',
    groups: { canvas: 'Leinwand', look: 'Genauer hinsehen', learn: 'Lernen', take: 'Mitnehmen' },
  },

  inspector: {
    open: 'Eine Zelle ansehen',
    title: 'Ziffer und Zelle',
    close: 'Schließen',
    ink: 'Tinte',
    logits: 'Ihre Logits',
    channels: 'Alle ihre Kanäle',
    neighbours: 'Nachbarn: sagen → drängen',
    follows: 'Folgt dem Zeiger. Eine Zelle antippen, um bei ihr zu bleiben; Pfeiltasten bewegen die Ansicht.',
    pinned: 'Bleibt bei dieser Zelle; nochmals antippen, um sie loszulassen.',
    value: (value) => value.toFixed(2).replace('-', '−').replace('.', ','),
    push: (name, push) => `→ ${name} ${push.toFixed(2).replace('.', ',')}`,
    empty: (column, row) => `Feld ${column}, ${row} ist leer.`,
    digit: (digit) =>
      [
        `Feld ${digit.column}, ${digit.row}: `,
        digit.vote === null
          ? `${percent.format(digit.undecided)} von ${digit.inkCells} Zellen haben nicht entschieden.`
          : `${percent.format(digit.agreement)} von ${digit.inkCells} Zellen sagen ${digit.vote}.`,
        ...digit.others.map(({ name, cells }) => ` ${cells} ${cells === 1 ? 'sagt' : 'sagen'} ${name}.`),
        digit.label === null ? '' : ` Hingesetzt wurde sie als ${digit.label}.`,
      ].join(''),
    cell: (cell) =>
      [
        `Zelle ${cell.x}, ${cell.y}: `,
        `${percent.format(cell.ink)} Tinte, `,
        !cell.isAlive ? 'tot.' : cell.says === null ? 'sagt noch nichts.' : `sagt ${cell.says}, `,
        cell.isAlive && cell.says !== null ? `Sicherheit ${cell.confidence.toFixed(2).replace('.', ',')}.` : '',
      ].join(''),
    neighbour: (cell) =>
      [
        `Zelle ${cell.x}, ${cell.y}: `,
        !cell.hasInk ? 'keine Tinte' : cell.says === null ? 'unentschieden' : `sagt ${cell.says}`,
        cell.target === null ? '' : `, drängt um ${cell.push.toFixed(2).replace('.', ',')} zu ${cell.target}`,
        '. Diese ansehen.',
      ].join(''),
  },

  figures: {
    open: 'Verlauf der Kennzahlen',
    title: 'Kennzahlen der letzten tausend Schritte',
    close: 'Kennzahlen schließen',
    names: { accuracy: 'Zellen richtig', agreement: 'Ziffern einig', flicker: 'Flackern' },
    span: (steps) => `Letzte ${whole.format(steps)} Schritte · Flackern × 10`,
    value: (share) => (share === null ? '–' : tenths.format(share)),
    description: (figures, steps) =>
      [
        `In den letzten ${whole.format(steps)} Schritten. Jetzt`,
        ` liegen ${shareOr(figures?.accuracy)} der Zellen richtig,`,
        ` in ${shareOr(figures?.agreement)} der Ziffern sagen alle Zellen dasselbe,`,
        ` und ${shareOr(figures?.flicker)} der Zellen haben in diesem Schritt ihre Meinung geändert.`,
      ].join(''),
  },

  compare: {
    open: 'Zwei Modelle nebeneinander',
    leave: 'Wieder ein Modell',
    model: (pane) => `Modell von Bild ${pane}`,
    fromFile: 'aus einer Datei …',
    fileTooLarge: 'Sie ist größer als jede Modelldatei.',
    refused: (file, reason) => `„${file}“ wurde nicht genommen: ${reason}`,
    figures: (agreement, accuracy) =>
      [
        ...(agreement === null ? [] : [`${percent.format(agreement)} einig`]),
        ...(accuracy === null ? [] : [`${percent.format(accuracy)} richtig`]),
      ].join(' · '),
  },

  lessons: {
    open: 'Fünf Lektionen',
    previous: 'Zurück',
    next: 'Weiter',
    again: 'Noch einmal',
    leave: 'Zu meiner Leinwand',
    count: (number, all) => `${number} von ${all}`,
    scenes: {
      agree: {
        title: 'Wie Zellen sich einigen',
        text: 'Jeder Punkt Tinte ist eine eigene Zelle. Sie kennt nur ihre acht Nachbarn, und niemand zeigt ihr die ganze Ziffer. Zuerst hat keine Zelle eine Meinung; dann tauchen Vermutungen auf, breiten sich aus und streiten, bis alle Zellen einer Ziffer dasselbe sagen.',
      },
      heal: {
        title: 'Störung und Heilung',
        text: 'Sobald die Zellen einig sind, lässt ein Strich viele von ihnen alles vergessen. Ihre Nachbarn erinnern sich und sagen es ihnen: Die Ziffer heilt. Versuchen Sie es selbst: Fahren Sie mit dem Störwerkzeug über eine Ziffer.',
      },
      change: {
        title: 'Aus einer 6 wird eine 8',
        text: 'Die Zellen haben sich auf 6 geeinigt. Dann schließt ein Strich den oberen Bogen. Dort beginnt die Nachricht und wandert von Nachbar zu Nachbar; eine Weile sind allerlei Ziffern zu hören, bis auch die letzte Zelle unten, um die herum alles wie immer ist, 8 sagt.',
      },
      chimera: {
        title: 'Halb 3, halb 8',
        text: 'Gezeichnet als obere Hälfte einer 8 und untere Hälfte einer 3. Die geschlossene Schleife sagt 8 und überzeugt, was in der Nähe ist; der offene Haken sagt 3 und gibt nicht nach: Beide Seiten haben gute Gründe, und die Grenze zwischen ihnen bleibt. Schließt man die Lücke unten links, wird alles eine 8.',
      },
      cut: {
        title: 'Entzweigeschnitten',
        text: 'Zellen sprechen nur mit Nachbarn, die Tinte haben. Ein Schnitt durch die Ziffer beendet das Gespräch, und beide Hälften vergessen: Jetzt muss jede selbst entscheiden, was sie ist. Malen Sie eine Brücke über die Lücke, und sie sprechen wieder miteinander.',
      },
    },
  },

  past: {
    reading: (step) => `${step}`.replace('-', '−'),
    value: (step, ofSteps) =>
      step === 0 ? `der letzte Schritt; ${whole.format(ofSteps)} gehen zurück` : `Schritt −${whole.format(-step)}`,
  },

  painting: {
    swap: 'Alle Ziffern tauschen',
  },

  scenes: {
    save: 'Szene als Datei sichern',
    load: 'Szene laden …',
    saved: (megabytes) => `Die Szene wurde als Datei von ${short.format(megabytes)} MB gesichert.`,
    loaded: 'Die Szene geht weiter, wo sie gesichert wurde.',
    loadedBut: (names) =>
      `Die Szene geht weiter, wo sie gesichert wurde, ohne Einstellungen, die diese Seite nicht kennt: ${names}.`,
  },

  replay: {
    save: 'Alles hier als Aufzeichnung speichern',
    saved: (kilobytes) =>
      `Die Sitzung wurde als Datei von ${short.format(kilobytes)} kB gespeichert, die alles noch einmal tut; auf die Seite gezogen, spielt sie ab.`,
    plays: (steps) => `Die Aufzeichnung läuft: ${steps} Schritte. Wer zeichnet, beendet sie.`,
    same: 'Die Aufzeichnung endete Bit für Bit mit demselben Zustand.',
    differs: 'Die Aufzeichnung endete mit einem anderen Zustand als dem aufgenommenen.',
    otherRenderer:
      'Die Aufzeichnung ist zu Ende; sie stammt von einer anderen GPU, deren letzte Bits abweichen können.',
    refused: (reason) => `Die Aufzeichnung lässt sich nicht abspielen: ${reason}`,
    otherSite: 'Über einen Link werden nur Aufzeichnungen dieser Seite geöffnet.',
    missing: (path) => `Unter ${path} liegt keine Aufzeichnung.`,
    tooLarge: 'Die Datei ist zu groß für eine Aufzeichnung.',
  },

  links: {
    copy: 'Link hierher kopieren',
    copied: 'Der Link ist in der Zwischenablage.',
    inAddress: 'Der Browser gibt die Zwischenablage nicht frei; der Link steht in der Adresszeile.',
    withoutCanvas: 'Die Leinwand ist für einen Link zu groß; er enthält nur die Einstellungen.',
    withoutModel: 'Das Modell gehört nicht zu dieser Seite; der Link kann es nicht enthalten.',
    otherVersion: 'Der Link stammt von einer anderen Version dieser Seite; geöffnet wurde, was hier dasselbe bedeutet.',
    unknownSettings: (names) => `Der Link enthält Einstellungen, die diese Seite nicht kennt: ${names}.`,
    refused: (reason) => `Der Link lässt sich nicht öffnen: ${reason}`,
  },

  legend: {
    label: 'Farben der Klassen; eine Ziffer wählen, um sie zu stempeln',
    stamp: (name) => `Eine ${name} stempeln: wählen, dann ein Feld antippen (Taste ${name})`,
    undecided: 'unentschieden',
  },

  views: {
    label: 'Klasse',
    confidence: 'Sicherheit',
    disagreement: 'Uneinigkeit',
    flicker: 'Flackern',
    ink: 'Nur Tinte',
    channel: 'Ein Kanal',
    channels: 'Drei Kanäle',
  },
  palettes: { seed: 'Des Modells', safe: 'Für Farbenblinde', contrast: 'Hoher Kontrast' },

  panel: {
    title: 'Einstellungen',
    automaton: 'Automat',
    picture: 'Bild',
    pen: 'Stift',
    model: 'Modell',
    paused: 'angehalten',
    stepsPerSecond: 'Schritte je Sekunde',
    dropout: 'Aussetzer',
    noise: 'Rauschen',
    firing: 'Feuern',
    strategy: 'berechnet mit',
    palette: 'Palette',
    hueShift: 'Farbdrehung (°)',
    view: 'Ansicht',
    channel: 'Kanal, oder Rot',
    channelGreen: 'Kanal für Grün',
    channelBlue: 'Kanal für Blau',
    grid: 'Feldlinien',
    tool: 'Werkzeug',
    brushRadius: 'Pinselradius (Zellen)',
    stamp: 'Ziffer des Stempels',
    stampScale: 'Größe des Stempels',
    stampTurn: 'Drehung des Stempels (°)',
    damageMode: 'Stören lässt Zellen',
    step: 'ein Schritt',
    reset: 'Zustand löschen',
    device: 'Dieses Gerät',
    adapt: 'nachgeben, wenn zu langsam',
    figures: {
      renderer: 'Adapter',
      strategy: 'berechnet mit',
      memory: 'GPU-Speicher',
      step: 'ein Schritt dauert',
      resolution: 'Auflösung des Bilds',
    },
    megabytes: (bytes: number) => `${short.format(bytes / 1e6)} MB`,
    milliseconds: (milliseconds: number) => `${short.format(milliseconds)} ms`,
    share: (share: number) => percent.format(share),
    strategies: {
      auto: 'dem hier Schnellsten',
      texture: 'Gewichten in einer Textur',
      uniform: 'Gewichten in einem Uniform-Block',
      constants: 'Gewichten als Konstanten',
      'layered-texture': 'Schichten, Gewichten in einer Textur',
      'layered-2': 'Schichten, Konstanten, 2 Zielen',
      'layered-4': 'Schichten, Konstanten, 4 Zielen',
      'layered-8': 'Schichten, Konstanten, 8 Zielen',
    },
    halfFloats: 'halbgenau',
    firings: { block: 'in Blöcken', cell: 'jede Zelle für sich' },
    tools: { brush: 'Pinsel', eraser: 'Radierer', damage: 'Stören', stamp: 'Stempel', inspect: 'genauer hinsehen' },
    damageModes: { wipe: 'vergessen und heilen', kill: 'sterben, jede zweite' },
  },

  status: {
    label: 'Zahlen',
    line: (figures) =>
      [
        ...(figures.unknown === null ? [] : [figures.unknown]),
        ...(figures.agreement === null ? [] : [`${percent.format(figures.agreement)} einig`]),
        ...(figures.accuracy === null ? [] : [`${percent.format(figures.accuracy)} richtig`]),
        `Schritt ${whole.format(figures.step)}`,
        `${short.format(figures.stepsPerSecond)} Schritte/s`,
        `${whole.format(figures.framesPerSecond)} Bilder/s`,
        `${whole.format(figures.liveCells)} lebende Zellen`,
      ].join(' · '),
  },

  unknown: (onlyDigits) =>
    onlyDigits ? 'Das ist keine Ziffer, die ich kenne.' : 'Das ist keines der Zeichen, die ich kenne.',

  announce: {
    tile: (column, row, sentence) => `Feld ${column}, ${row}: ${sentence}`,
    digit: (column, row, name, agreement) =>
      `Feld ${column}, ${row}: Die Zellen sagen ${name}; ${percent.format(agreement)} von ihnen sind sich einig.`,
    undecided: (column, row) => `Feld ${column}, ${row}: Die Zellen haben noch nicht entschieden.`,
    empty: (column, row) => `Feld ${column}, ${row} ist leer.`,
    accuracy: (share) => `${percent.format(share)} der bekannten Ziffern sind richtig gelesen.`,
  },

  files: {
    open: 'Datei öffnen …',
    modelLoaded: (name) => `Jetzt läuft das Modell „${name}“.`,
    refused: (files, reason) => `„${files}“ wurde nicht genommen: ${reason}`,
    oneAtATime: 'Eine andere Datei, die zugleich kam, wurde schon übernommen; öffne diese einzeln.',
    unknown: (kind) =>
      `${
        {
          empty: 'Die Datei ist leer',
          pdf: 'Das ist ein PDF-Dokument; speichere seine Seiten als Bilder',
          archive: 'Das ist ein Archiv; entpacke es zuerst',
          film: 'Das ist ein Film',
          sound: 'Das ist eine Tonaufnahme',
          vector: 'Das ist eine Vektorgrafik; speichere sie als PNG',
          text: 'Das ist ein Text',
          unknown: 'Diese Seite kennt solche Dateien nicht',
        }[kind]
      }. Die Seite nimmt Modelle (.ktx2), Szenen (.nca), Aufzeichnungen, Bilder und IDX-Dateien wie die von MNIST.`,
    superseded: (files) => `„${files}“ wurde beiseitegelegt, weil neuere Dateien kamen.`,
    unreadable: 'Die Datei ist nicht lesbar.',
    tooLarge: (mostBytes) => `Die Datei ist größer als ${whole.format(mostBytes / 2 ** 20)} MB.`,
  },

  adaptation: {
    coarser: (share: string) =>
      `Dieses Gerät ist langsam: Das Bild wird mit ${share} seiner Punkte je Seite gezeichnet, damit es flüssig bleibt.`,
    finer: 'Das Bild hat wieder seine volle Auflösung.',
    lighter: (name: string, before: string) =>
      `Dieses Gerät ist langsam: Das leichtere Modell „${name}“ läuft statt „${before}“. Die Zellen entscheiden neu.`,
    started: (name, before) =>
      `Dieses Gerät ist langsam; deshalb hat die Seite mit dem leichteren Modell „${name}“ statt mit „${before}“ begonnen.`,
    willLighten: (name, before, seconds) =>
      `Dieses Gerät ist zu langsam für „${before}“. In ${seconds} Sekunden tritt das leichtere Modell „${name}“ an seine Stelle, und die Zellen entscheiden neu.`,
    keep: (name) => `„${name}“ behalten`,
    back: (name: string) => `Trotzdem „${name}“ verwenden`,
  },

  digitFiles: {
    taken: (live, found, blank) =>
      [
        live === found
          ? `${whole.format(live)} ${live === 1 ? 'Ziffer liegt' : 'Ziffern liegen'} jetzt auf der Fläche`
          : `${whole.format(live)} von ${whole.format(found)} Ziffern liegen jetzt auf der Fläche`,
        ...(blank > 0 ? [`${whole.format(blank)} ${blank === 1 ? 'hat' : 'haben'} keine Tinte`] : []),
        ...(live + blank < found ? ['mehr freie Felder gibt es nicht'] : []),
      ].join('; ') + '.',
    scaled: 'Ihre Werte wurden auf 0 bis 255 gestreckt.',
    ask: (odd) =>
      [
        'Diese Bilder sehen',
        odd.includes('inverted') ? ' umgekehrt aus, mit dunkler Tinte auf Weiß' : '',
        odd.length > 1 ? ', und' : '',
        odd.includes('turned') ? ' gedreht aus, mit vertauschten Zeilen und Spalten wie in EMNIST' : '',
        '. Berichtigen?',
      ].join(''),
    mend: (odd) => (odd.length > 1 ? 'Umkehren und drehen' : odd.includes('inverted') ? 'Umkehren' : 'Drehen'),
    asTheyAre: 'So nehmen, wie sie sind',
    turn: 'Zeilen und Spalten tauschen',
    noIdx: (begin) =>
      `Das ist keine IDX-Datei mit Bildern oder Namen: Sie beginnt mit ${begin}, solche Dateien mit 0x00000803 oder 0x00000801.`,
    cutShort: 'Die Datei ist abgeschnitten.',
    leftOver: (bytes) => `Die Datei hat ${whole.format(bytes)} Bytes mehr, als ihr Kopf sagt.`,
    otherSize: (width, height) =>
      `Ihre Bilder haben ${whole.format(width)} × ${whole.format(height)} Zellen, nicht 28 × 28.`,
    noDigits: 'Die Datei enthält keine Ziffern.',
    damagedGzip: 'Diese gzip-Datei ist beschädigt oder abgeschnitten.',
    tooLong: 'Entpackt ist sie länger als jede Datei mit Ziffern.',
    labelsAlone: 'Sie enthält die Namen der Ziffern; lege sie zusammen mit den Bildern ab.',
    oneAtATime: 'Bitte eine Datei mit Bildern und eine mit Namen auf einmal.',
    otherCount: (labels, images) => `Es sind ${whole.format(labels)} Namen für ${whole.format(images)} Bilder.`,
    noPicture:
      'Das ist kein Bild, das dieser Browser zeigen kann. PNG, JPEG, WebP, GIF und BMP kann jeder Browser zeigen.',
    heic: 'Das ist ein HEIC-Bild, das dieser Browser nicht zeigen kann. Teile es als JPEG, oder wähle in den Einstellungen des iPhones unter Kamera, Formate „Maximale Kompatibilität“.',
    tooManyPixels: (width, height) =>
      `Ein Bild von ${whole.format(width)} × ${whole.format(height)} Pixeln ist zu groß.`,
    noneFound: 'Darin wurden keine Ziffern gefunden.',
    preview: {
      looking: (name) => `In „${name}“ wird nach Ziffern gesucht …`,
      cancel: 'Abbrechen',
      title: (found) => (found === 1 ? '1 Ziffer wurde gefunden' : `${whole.format(found)} Ziffern wurden gefunden`),
      help: 'Klicke auf eine Ziffer, um sie wegzulassen oder wieder zu nehmen.',
      digit: (number, found) => `Ziffer ${whole.format(number)} von ${whole.format(found)}`,
      chosen: (chosen, room) =>
        chosen > room
          ? `${whole.format(chosen)} sind gewählt; auf der Fläche ist Platz für ${whole.format(room)}.`
          : `${whole.format(chosen)} ${chosen === 1 ? 'ist' : 'sind'} gewählt.`,
      all: 'Alle',
      none: 'Keine',
      take: (chosen) => (chosen === 1 ? '1 Ziffer nehmen' : `${whole.format(chosen)} Ziffern nehmen`),
    },
  },

  take: {
    savePicture: 'Bild speichern (PNG)',
    pictureSaved: (width, height) =>
      `Die ganze Fläche wurde als Bild von ${whole.format(width)} × ${whole.format(height)} Pixeln gespeichert.`,
    record: 'Film oder GIF aufnehmen …',
    title: 'Die ganze Fläche aufnehmen',
    seconds: 'Sekunden',
    secondsRange: (least, most) => `Eine Aufnahme dauert ${least} bis ${most} Sekunden.`,
    format: 'Art der Datei',
    kinds: { film: (suffix) => `Film (${suffix})`, gif: (suffix) => `Bilderfolge (${suffix})` },
    noFilm: 'Dieser Browser kann keine Filme machen, nur GIFs.',
    start: 'Aufnehmen',
    close: 'Schließen',
    cancel: 'Abbrechen',
    progressLabel: 'Aufgenommen',
    progress: (seconds, all) => `${whole.format(seconds)} von ${short.format(all)} Sekunden`,
    finishing: 'Die Datei wird geschrieben …',
    saved: (file, bytes) => `„${file}“ wurde gespeichert (${short.format(bytes / 1e6)} MB).`,
    unplayable: (file) =>
      `Dieser Browser kann „${file}“ nicht abspielen, obwohl er die Datei selbst erzeugt hat. Versuchen Sie es mit einem anderen Programm, oder nehmen Sie ein GIF auf.`,
    cancelled: 'Die Aufnahme wurde abgebrochen; gespeichert wurde nichts.',
  },

  notices: {
    region: 'Hinweise',
    dismiss: 'Schließen',
    reload: 'Seite neu laden',
    query: (issue) => {
      if (issue.kind === 'unknown') return `Die Adresse verlangt „${issue.name}“; das kennt diese Seite nicht.`;
      if (issue.kind === 'ignored') {
        return `Die Adresse setzt ${issue.name} auf „${issue.value}“; das geht nicht und wurde übergangen.`;
      }
      return `Die Adresse setzt ${issue.name} auf ${issue.value}; verwendet wird der nächste erlaubte Wert, ${issue.used}.`;
    },
    unknownModel: (name, used) => `Ein Modell „${name}“ gibt es hier nicht; verwendet wird „${used}“.`,
    modelFailed: (name, reason) => `Das Modell „${name}“ ist nicht verwendbar: ${reason}`,
    lost: 'Die Grafikkarte hat ihren Kontext zurückgenommen. Das Bild kommt von selbst wieder, sobald sie ihn freigibt; Ihre Tinte bleibt erhalten.',
    stillLost: 'Die Grafikkarte hat ihren Kontext nicht freigegeben. Meist hilft es, die Seite neu zu laden.',
    restored:
      'Das Bild ist wieder da, mit Ihrer Tinte. Die Zellen machen bei dem weiter, was sie vor einigen Sekunden sagten.',
    whileLost:
      'Die Grafikkarte hat ihren Kontext zurückgenommen. Versuchen Sie es noch einmal, wenn das Bild wieder da ist.',
    unexpected: (reason) => `Etwas ist schiefgegangen: ${reason}`,
    notPossible: (reason) => `Das ging nicht: ${reason}`,
  },

  failures: {
    title: 'Die Zellen können nicht starten',
    next: 'Was Sie tun können',
    noWebgl2: {
      text: 'Dieser Browser bietet kein WebGL2; damit werden die Zellen berechnet.',
      steps: [
        'Verwenden Sie eine aktuelle Version von Chrome, Edge, Firefox oder Safari.',
        'Schalten Sie in den Einstellungen des Browsers die „Hardwarebeschleunigung“ (oder „Grafikbeschleunigung“) ein und starten Sie ihn neu. Ein Neustart hilft auch, wenn WebGL nach einem Absturz abgeschaltet wurde.',
        'Chrome, Edge und Chromium: chrome://gpu zeigt, was abgeschaltet ist und warum. Auf einem Rechner ohne brauchbare Grafikkarte starten Sie den Browser mit --enable-unsafe-swiftshader.',
        'Firefox: about:support zeigt unter „Grafik“, warum WebGL fehlt. Setzen Sie in about:config den Wert webgl.force-enabled auf true.',
      ],
    },
    device: {
      steps: ['Versuchen Sie es mit einem anderen Browser oder Gerät.', 'Aktualisieren Sie den Grafiktreiber.'],
    },
    tooLarge: {
      steps: ['Verlangen Sie in der Adresse weniger Spalten und Zeilen, oder lassen Sie beide weg.'],
    },
    noModel: {
      text: 'Es konnte kein Modell geladen werden.',
      steps: [
        'Laden Sie die Seite neu.',
        'Wenn Sie diese Seite betreiben: Prüfen Sie, ob der Ordner „models“ mit kopiert wurde.',
      ],
    },
    part: {
      text: (reason) => `Ein Teil der Seite konnte nicht geladen werden (${reason}).`,
      steps: [
        'Prüfen Sie die Verbindung und laden Sie die Seite neu.',
        'Verwenden Sie eine aktuelle Version von Chrome, Edge, Firefox oder Safari.',
        'Wenn Sie diese Seite betreiben: Kopieren Sie den ganzen Ordner „dist“; der Server muss .js-Dateien als text/javascript senden.',
      ],
    },
    other: { steps: ['Laden Sie die Seite neu.', 'Versuchen Sie es mit einem anderen Browser.'] },
  },

  kiosk: {
    settingsFault: (reason) => `${reason} Es gelten die Vorgaben.`,
  },

  models: {
    indexMissing: (reason) => `Die Liste der Modelle, models/index.json, ist nicht lesbar: ${reason}.`,
    indexFault: 'Die Liste der Modelle, models/index.json, ist nicht, wie sie sein soll.',
    fileMissing: (file, reason) => `Die Modelldatei ${file} ist nicht lesbar: ${reason}.`,
    status: (status) => `Der Server antwortet ${status}`,
    unreachable: 'Der Server ist nicht erreichbar',
    tooLarge: 'Sie ist größer als jede Modelldatei',
  },
};
