import type { GuestTexts } from './guest-texts.ts';

export const it: GuestTexts = {
  name: 'Italiano',
  title: 'Cifre che si riconoscono da sole',
  canvas: {
    label: 'Cifre scritte a mano, fatte di cellule',
    description: 'Scriva una cifra con il dito. Le cellule dell’inchiostro decidono insieme quale sia.',
  },
  captions: {
    write: 'Una mano scrive una cifra, e l’inchiostro decide quale sia. Tocchi lo schermo e ne scriva una.',
    wave: 'Ogni colore è una risposta: le cellule di una cifra si accordano su quale sia.',
    damage: 'Le cellule che dimenticano chiedono alle vicine e guariscono.',
    chimera: 'Metà di una cifra, metà di un’altra: le cellule litigano.',
    unknown: 'Una mano disegna qualcosa che non è una cifra. Le cellule resteranno indecise, senza colore?',
    zoom: 'Ogni cellula vede solo le sue otto vicine.',
    rest: 'Cifre fatte di migliaia di cellule. Tocchi lo schermo e ne scriva una.',
  },
  undecided: 'Le cellule non conoscono questo segno: restano indecise, senza colore.',
  invitation: 'Scriva una cifra nel riquadro',
  answers: {
    agree: (name) => `Le cellule dicono: ${name}`,
    split: (name, other) => `Le cellule sono indecise: ${name} o ${other}`,
    unknownDigit: 'Non conosco questa cifra',
    unknownSign: 'Non conosco questo segno',
  },
  bar: {
    label: 'Strumenti',
    languages: 'Lingua',
    brush: 'Scrivi',
    eraser: 'Cancella',
    damage: 'Disturba',
    fill: 'Altre cifre',
    zoomIn: 'Più vicino',
    zoomOut: 'Più lontano',
    teach: 'Insegna un segno',
    about: 'Che cos’è?',
  },
  about: {
    sentences: [
      'Ogni punto d’inchiostro è una cellula, un minuscolo programma a sé.',
      'Una cellula vede solo le sue otto vicine, mai l’intera cifra.',
      'Tutte seguono la stessa regola, appresa da migliaia di cifre scritte a mano.',
      'Si dicono che cosa sospettano finché sono d’accordo; il loro colore mostra la risposta.',
      'Nessuno comanda: le disturbi, e ritroveranno la risposta.',
    ],
    pictures: ['Una cellula e le sue vicine', 'Le cellule litigano…', '… finché sono d’accordo'],
    close: 'Chiudi',
  },
  warning: {
    title: 'È ancora qui?',
    goesOn: (seconds) => `La dimostrazione riprende tra ${seconds} s.`,
    stay: 'Sono ancora qui',
  },
  backSoon: 'Torniamo presto',
};
