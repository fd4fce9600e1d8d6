import type { TeachTexts } from './teach-texts.ts';

export const it: TeachTexts = {
  title: 'Insegnare un segno',
  help: 'Disegna il tuo segno sulle caselle, ogni volta un po’ diverso. Poi le cellule lo imparano sotto i tuoi occhi.',
  name: 'Nome',
  namePlaceholder: 'Cuore, ★, A …',
  color: 'Colore',
  colorNumber: (number) => `Colore ${number}`,
  tiles: 'Disegni',
  tile: (number, all, strokes) =>
    `Disegno ${number} di ${all}: ${strokes === 0 ? 'vuoto' : strokes === 1 ? '1 tratto' : `${strokes} tratti`}`,
  keys: 'Con la tastiera: le frecce muovono la penna, la barra spaziatrice la abbassa e la alza, Canc svuota la casella.',
  undo: 'Annulla',
  redo: 'Ripeti',
  clear: 'Svuota casella',
  clearAll: 'Svuota tutto',
  another: 'Un altro così',
  learn: 'Impara',
  close: 'Chiudi',
  drawn: (count, all) => `${count} di ${all} disegnati`,
  restored: 'I tuoi disegni dell’ultima volta sono ancora qui.',
  issue: (fault, tiles) => {
    switch (fault.kind) {
      case 'no-signs':
      case 'name-empty':
        return 'Il segno ha bisogno di un nome.';
      case 'name-too-long':
        return `Il nome supera ${fault.most} caratteri.`;
      case 'name-control':
        return 'Il nome contiene caratteri che non si possono mostrare.';
      case 'name-twice':
        return `Esiste già un segno chiamato ${fault.name}.`;
      case 'few-drawings':
        return `Disegna il segno almeno ${fault.least} volte.`;
      case 'many-drawings':
        return `Sono troppi disegni: al massimo ${fault.most}.`;
      case 'empty-drawings':
        return `Sulla casella ${tiles.join(', ')} non c’è nulla.`;
      case 'bad-drawing':
        return `Il disegno sulla casella ${tiles.join(', ')} non è utilizzabile. Rifallo.`;
      case 'same-drawing':
        return 'Tutti i disegni sono uguali. Le cellule imparano meglio se vari il segno.';
      case 'unlike-drawings':
        return `La casella ${tiles.join(', ')} non somiglia alle altre. È lo stesso segno?`;
      case 'known-sign':
        return `Le cellule lo prendono già per ${fault.name}.`;
      case 'alike-signs':
        return `Somiglia a ${fault.name}. Le cellule potrebbero confonderli.`;
      case 'no-room':
        return 'Questo modello non ha posto per un altro segno.';
    }
  },
  sameAs: (name) => `Imparalo come un ${name} migliore`,
  learning: (name) => `Le cellule imparano ${name}`,
  secondsLeft: (seconds) => `ancora ${seconds} s`,
  loss: (value) => `Perdita ${value}`,
  ofSign: (name, share) => `${name}: ${share} delle cellule ha ragione`,
  ofDigits: (share) => `Cifre: ${share}`,
  chart: (name) => `Quota delle cellule che hanno ragione nel tempo: ${name} e cifre`,
  stop: 'Ferma',
  taught: (name, seconds) => `Le cellule conoscono ${name} dopo ${seconds} s`,
  confused: (name, other, share) => `Delle cellule di ${name}, ${share} dice ${other}.`,
  keep: 'Tieni',
  more: 'Insegna ancora',
  takeBack: 'Riprendi',
  save: 'Salva come file',
  kept: (name) => `Tenuto come modello «${name}» finché non se ne va. Una scena salvata lo conserva più a lungo.`,
  takenBack: (name) => `Le cellule hanno dimenticato ${name}.`,
  failed: (reason) => `L’apprendimento è terminato: ${reason}`,
  lowBattery: 'La batteria è quasi scarica e l’apprendimento consuma molta energia.',
  outOfMemory: 'Non c’è memoria sufficiente per imparare. Chiuda altre schede o altri programmi e riprovi.',
};
