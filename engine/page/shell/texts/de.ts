/** Alle Texte der Seite auf Deutsch. */
import type { Texts } from './en.ts';
import { DE } from './localized.ts';

export const de: Texts = {
  title: 'Ziffern, die sich selbst erkennen',
  canvas: {
    label: 'Leinwand mit handgeschriebenen Ziffern',
    description:
      'Jede Zelle mit Tinte verhandelt mit ihren Nachbarn, zu welcher Ziffer sie gehört. Malen Sie mit dem Zeiger, oder drücken Sie eine Zifferntaste, um in der Mitte der Ansicht eine Ziffer abzulegen. Die Pfeiltasten bewegen die Ansicht, Plus und Minus zoomen.',
  },
  hint: (onlyDigits) =>
    onlyDigits
      ? 'Malen Sie eine Ziffer: Die Tinte entscheidet, welche es ist.'
      : 'Malen Sie ein Zeichen: Die Tinte entscheidet, welches es ist.',
  loading: 'Die Zellen wachen auf …',

  controls: {
    toolbar: 'Werkzeuge',
    play: { label: 'Weiter', hint: 'Die Zeit laufen lassen (Leertaste)' },
    pause: { label: 'Pause', hint: 'Die Zeit anhalten (Leertaste)' },
    step: { label: 'Ein Schritt', hint: 'Ein Schritt des Automaten (.)' },
    past: {
      label: 'Zurück in der Zeit',
      hint: 'Durch die letzten 200 Schritte zurück und wieder vor (, und .). Wer dort etwas ändert, verwirft die späteren Schritte',
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
    groups: { canvas: 'Leinwand', look: 'Genauer hinsehen', learn: 'Lernen', take: 'Speichern und teilen' },
  },

  palettes: { seed: 'Des Modells', safe: 'Für Farbenblinde', contrast: 'Hoher Kontrast' },

  files: {
    open: 'Datei öffnen …',
    modelLoaded: (name) => `Jetzt läuft das Modell „${name}“.`,
    refused: (files, reason) => `„${files}“ konnte nicht geöffnet werden: ${reason}`,
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
    tooLarge: (mostBytes) => `Die Datei ist größer als ${DE.whole.format(mostBytes / 2 ** 20)} MB.`,
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
