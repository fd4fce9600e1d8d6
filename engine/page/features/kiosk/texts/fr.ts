import type { GuestTexts } from './guest-texts.ts';

export const fr: GuestTexts = {
  name: 'Français',
  title: 'Des chiffres qui se reconnaissent eux-mêmes',
  canvas: {
    label: 'Chiffres manuscrits faits de cellules',
    description: 'Écrivez un chiffre avec le doigt. Les cellules de l’encre décident ensemble duquel il s’agit.',
  },
  captions: {
    write:
      'Une main écrit un chiffre, et l’encre décide duquel il s’agit. Touchez l’écran\u202f: à vous d’écrire\u202f!',
    wave: 'Chaque couleur est une réponse\u202f: les cellules d’un chiffre se mettent d’accord sur ce qu’il est.',
    damage: 'Les cellules qui oublient interrogent leurs voisines, puis guérissent.',
    chimera: 'Moitié un chiffre, moitié un autre\u202f: les cellules se disputent.',
    unknown: 'Une main dessine autre chose qu’un chiffre. Les cellules resteront-elles indécises, sans couleur\u202f?',
    zoom: 'Chaque cellule ne voit que ses huit voisines.',
    rest: 'Des chiffres faits de milliers de cellules. Touchez l’écran et écrivez-en un\u202f!',
  },
  undecided: 'Les cellules ne connaissent pas ce signe\u202f: elles restent indécises, sans couleur.',
  invitation: 'Écrivez un chiffre dans le cadre',
  answers: {
    agree: (name) => `Les cellules répondent\u202f: ${name}`,
    split: (name, other) => `Les cellules hésitent\u202f: ${name} ou ${other}`,
    unknownDigit: 'Je ne connais pas ce chiffre',
    unknownSign: 'Je ne connais pas ce signe',
  },
  bar: {
    label: 'Outils',
    languages: 'Langue',
    brush: 'Écrire',
    eraser: 'Effacer',
    damage: 'Perturber',
    fill: 'Nouveaux chiffres',
    zoomIn: 'Plus près',
    zoomOut: 'Plus loin',
    teach: 'Montrer un signe',
    about: 'C’est quoi\u202f?',
  },
  about: {
    sentences: [
      'Chaque point d’encre est une cellule, un minuscule programme à part entière.',
      'Une cellule ne voit que ses huit voisines, jamais le chiffre entier.',
      'Toutes suivent la même règle, apprise sur des milliers de chiffres manuscrits.',
      'Elles se disent ce qu’elles supposent jusqu’à être d’accord\u202f; leur couleur montre la réponse.',
      'Personne ne commande\u202f: perturbez-les, et elles retrouvent la réponse.',
    ],
    pictures: ['Une cellule et ses voisines', 'Les cellules se disputent…', '… puis tombent d’accord'],
    close: 'Fermer',
  },
  warning: {
    title: 'Toujours là\u202f?',
    goesOn: (seconds) => `La démonstration reprend dans ${seconds} s.`,
    stay: 'Je suis toujours là',
  },
  backSoon: 'De retour bientôt',
};
