import type { HandTexts } from './hand-texts.ts';

const SCAN = { title: 'Scan de code opnieuw', text: 'Deze code is niet meer geldig. Op het scherm staat een nieuwe.' };
const FAULT = { title: 'Dat is niet gelukt', text: 'De verbinding is verbroken omdat er iets onverwachts aankwam.' };

export const nl: HandTexts = {
  title: 'Op de schermen tekenen',
  ring: 'Deze ring bent u op de schermen.',
  ink: 'Inkt',
  dry: 'De pen is leeg. Zo dadelijk is hij weer vol.',
  map: {
    label: 'Kaart van de schermen',
    help: 'Teken met één vinger, verschuif de kaart met twee. Met een toetsenbord: de pijltoetsen bewegen de pen, de spatiebalk zet hem neer en tilt hem op, Enter maakt een stip of een stempel.',
    penDown: 'Pen neer',
    penUp: 'Pen op',
  },
  tools: {
    label: 'Gereedschap',
    pen: 'Pen',
    brush: 'Penseel',
    eraser: 'Gum',
    stamp: 'Stempel',
    zoomIn: 'Dichterbij',
    zoomOut: 'Verder weg',
    whole: 'Alles',
  },
  digits: 'Cijfer van de stempel',
  connecting: { title: 'Verbinden …', text: 'Een ogenblik geduld.' },
  lost: 'De verbinding is weg. Nieuwe poging …',
  frozen: 'Het tekenen is even gestopt.',
  refused: {
    token: SCAN,
    key: SCAN,
    full: { title: 'Alle plaatsen zijn bezet', text: 'Deze pagina probeert het vanzelf opnieuw. Wacht even.' },
    dropped: { title: 'U kunt niet meer tekenen', text: 'Het personeel heeft uw tekenen beëindigd.' },
    closed: { title: 'De tentoonstelling is gesloten', text: 'Kom terug tijdens de openingstijden.' },
    replaced: { title: 'U tekent in een ander venster', text: 'Er kan maar één venster tegelijk tekenen.' },
    fault: FAULT,
    fast: FAULT,
  },
  tryAgain: 'Hier tekenen',
};
