import type { TeachTexts } from './teach-texts.ts';

export const de: TeachTexts = {
  title: 'Ein Zeichen lehren',
  help: 'Zeichnen Sie Ihr Zeichen auf die Felder, jedes Mal ein wenig anders. Dann lernen es die Zellen vor Ihren Augen.',
  name: 'Name',
  namePlaceholder: 'Herz, ★, A …',
  color: 'Farbe',
  colorNumber: (number) => `Farbe ${number}`,
  tiles: 'Zeichnungen',
  tile: (number, all, strokes) =>
    `Zeichnung ${number} von ${all}: ${strokes === 0 ? 'leer' : strokes === 1 ? '1 Strich' : `${strokes} Striche`}`,
  keys: 'Mit der Tastatur: Die Pfeiltasten bewegen den Stift, die Leertaste senkt und hebt ihn, Entf leert das Feld.',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  clear: 'Feld leeren',
  clearAll: 'Alle leeren',
  another: 'Noch eines davon',
  learn: 'Lernen',
  close: 'Schließen',
  drawn: (count, all) => `${count} von ${all} gezeichnet`,
  restored: 'Ihre Zeichnungen vom letzten Mal sind noch da.',
  issue: (fault, tiles) => {
    switch (fault.kind) {
      case 'no-signs':
      case 'name-empty':
        return 'Das Zeichen braucht einen Namen.';
      case 'name-too-long':
        return `Der Name ist länger als ${fault.most} Zeichen.`;
      case 'name-control':
        return 'Der Name enthält Zeichen, die sich nicht darstellen lassen.';
      case 'name-twice':
        return `Ein Zeichen namens ${fault.name} gibt es schon.`;
      case 'few-drawings':
        return `Zeichnen Sie das Zeichen mindestens ${fault.least}-mal.`;
      case 'many-drawings':
        return `Das sind mehr Zeichnungen, als sich lernen lassen: höchstens ${fault.most}.`;
      case 'empty-drawings':
        return `Auf Feld ${tiles.join(', ')} ist nichts gezeichnet.`;
      case 'bad-drawing':
        return `Die Zeichnung auf Feld ${tiles.join(', ')} ist unbrauchbar. Zeichnen Sie sie noch einmal.`;
      case 'same-drawing':
        return 'Alle Zeichnungen sind gleich. Die Zellen lernen besser, wenn Sie das Zeichen abwandeln.';
      case 'unlike-drawings':
        return `Feld ${tiles.join(', ')} sieht anders aus als die übrigen. Ist es dasselbe Zeichen?`;
      case 'known-sign':
        return `Die Zellen halten das schon für ${fault.name}.`;
      case 'alike-signs':
        return `Es sieht aus wie ${fault.name}. Die Zellen könnten die beiden verwechseln.`;
      case 'no-room':
        return 'Dieses Modell hat keinen Platz für ein weiteres Zeichen.';
    }
  },
  sameAs: (name) => `Als bessere ${name} lernen`,
  learning: (name) => `Die Zellen lernen ${name}`,
  secondsLeft: (seconds) => `noch ${seconds} s`,
  loss: (value) => `Verlust ${value}`,
  ofSign: (name, share) => `${name}: ${share} der Zellen liegen richtig`,
  ofDigits: (share) => `Ziffern: ${share}`,
  chart: (name) => `Anteil der Zellen, die richtigliegen, im Lauf der Zeit: ${name} und Ziffern`,
  stop: 'Aufhören',
  taught: (name, seconds) => `Die Zellen kennen ${name} nach ${seconds} s`,
  confused: (name, other, share) => `Von den Zellen von ${name} sagen ${share} ${other}.`,
  keep: 'Behalten',
  more: 'Weiter lehren',
  takeBack: 'Zurücknehmen',
  save: 'Als Datei speichern',
  kept: (name) => `Behalten als Modell „${name}“, bis Sie gehen. In einer gespeicherten Szene bleibt es länger.`,
  takenBack: (name) => `Die Zellen haben ${name} vergessen.`,
  failed: (reason) => `Das Lernen ist beendet: ${reason}`,
  lowBattery: 'Der Akku ist fast leer, und das Lernen braucht viel Strom.',
  outOfMemory:
    'Der Speicher reicht zum Lernen nicht aus. Schließen Sie andere Tabs oder Programme, und versuchen Sie es noch einmal.',
};
