import type { HandTexts } from './hand-texts.ts';

const SCAN = {
  title: 'Scansioni di nuovo il codice',
  text: 'Questo codice non è più valido. Sullo schermo ce n’è uno nuovo.',
};
const FAULT = {
  title: 'Non ha funzionato',
  text: 'La connessione è stata chiusa perché è arrivato qualcosa di inatteso.',
};

export const it: HandTexts = {
  title: 'Disegnare sugli schermi',
  ring: 'Questo anello è lei sugli schermi.',
  ink: 'Inchiostro',
  dry: 'La penna è vuota. Tra poco è di nuovo piena.',
  map: {
    label: 'Mappa degli schermi',
    help: 'Disegni con un dito, sposti la mappa con due. Con la tastiera: le frecce muovono la penna, la barra spaziatrice la abbassa e la alza, Invio fa un punto o un timbro.',
    penDown: 'Penna abbassata',
    penUp: 'Penna alzata',
  },
  tools: {
    label: 'Strumenti',
    pen: 'Penna',
    brush: 'Pennello',
    eraser: 'Gomma',
    stamp: 'Timbro',
    zoomIn: 'Più vicino',
    zoomOut: 'Più lontano',
    whole: 'Tutto',
  },
  digits: 'Cifra del timbro',
  connecting: { title: 'Connessione …', text: 'Un momento, per favore.' },
  lost: 'La connessione è interrotta. Nuovo tentativo …',
  frozen: 'Il disegno è in pausa.',
  refused: {
    token: SCAN,
    key: SCAN,
    full: { title: 'Tutti i posti sono occupati', text: 'Questa pagina riprova da sola. Attenda un poco.' },
    dropped: { title: 'Non può più disegnare', text: 'Il personale ha concluso il suo disegno.' },
    closed: { title: 'La mostra è chiusa', text: 'Torni durante l’orario di apertura.' },
    replaced: { title: 'Sta disegnando in un’altra finestra', text: 'Può disegnare una sola finestra alla volta.' },
    fault: FAULT,
    fast: FAULT,
  },
  tryAgain: 'Disegnare qui',
};
