import type { HandTexts } from './hand-texts.ts';

const SCAN = { title: 'Scannez de nouveau le code', text: 'Ce code n’est plus valable. Un nouveau est à l’écran.' };
const FAULT = { title: 'Cela n’a pas marché', text: 'La connexion a été coupée après une donnée inattendue.' };

export const fr: HandTexts = {
  title: 'Dessiner sur les écrans',
  ring: 'Cet anneau, c’est vous sur les écrans.',
  ink: 'Encre',
  dry: 'Le stylo est vide. Il se remplit dans un instant.',
  map: {
    label: 'Plan des écrans',
    help: 'Dessinez avec un doigt, déplacez le plan avec deux. Au clavier : les flèches déplacent le stylo, la barre d’espace le pose et le lève, la touche Entrée fait un point ou un tampon.',
    penDown: 'Stylo posé',
    penUp: 'Stylo levé',
  },
  tools: {
    label: 'Outils',
    pen: 'Stylo',
    brush: 'Pinceau',
    eraser: 'Gomme',
    stamp: 'Tampon',
    zoomIn: 'Plus près',
    zoomOut: 'Plus loin',
    whole: 'Tout',
  },
  digits: 'Chiffre du tampon',
  connecting: { title: 'Connexion …', text: 'Un instant, s’il vous plaît.' },
  lost: 'La connexion est coupée. Nouvel essai …',
  frozen: 'Le dessin est en pause.',
  refused: {
    token: SCAN,
    key: SCAN,
    full: { title: 'Toutes les places sont prises', text: 'Cette page réessaie d’elle-même. Patientez un peu.' },
    dropped: { title: 'Vous ne pouvez plus dessiner', text: 'Le personnel a mis fin à votre dessin.' },
    closed: { title: 'L’exposition est fermée', text: 'Revenez pendant les heures d’ouverture.' },
    replaced: { title: 'Vous dessinez dans une autre fenêtre', text: 'Une seule fenêtre à la fois peut dessiner.' },
    fault: FAULT,
    fast: FAULT,
  },
  tryAgain: 'Dessiner ici',
};
