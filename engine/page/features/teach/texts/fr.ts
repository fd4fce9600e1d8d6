import type { TeachTexts } from './teach-texts.ts';

export const fr: TeachTexts = {
  title: 'Apprendre un signe aux cellules',
  help: 'Dessinez votre signe sur les cases, un peu différemment à chaque fois. Les cellules l’apprennent ensuite sous vos yeux.',
  name: 'Nom',
  namePlaceholder: 'Cœur, ★, A …',
  color: 'Couleur',
  colorNumber: (number) => `Couleur ${number}`,
  tiles: 'Dessins',
  tile: (number, all, strokes) =>
    `Dessin ${number} sur ${all} : ${strokes === 0 ? 'vide' : strokes === 1 ? '1 trait' : `${strokes} traits`}`,
  keys: 'Au clavier : les flèches déplacent le stylo, la barre d’espace l’abaisse et le lève, Suppr vide la case.',
  undo: 'Annuler',
  redo: 'Rétablir',
  clear: 'Vider la case',
  clearAll: 'Tout vider',
  another: 'Encore un pareil',
  learn: 'Apprendre',
  close: 'Fermer',
  drawn: (count, all) => `${count} sur ${all} dessinés`,
  restored: 'Vos dessins de la dernière fois sont encore là.',
  issue: (fault, tiles) => {
    switch (fault.kind) {
      case 'no-signs':
      case 'name-empty':
        return 'Le signe a besoin d’un nom.';
      case 'name-too-long':
        return `Le nom dépasse ${fault.most} caractères.`;
      case 'name-control':
        return 'Le nom contient des caractères qui ne peuvent pas être affichés.';
      case 'name-twice':
        return `Il y a déjà un signe nommé ${fault.name}.`;
      case 'few-drawings':
        return `Dessinez le signe au moins ${fault.least} fois.`;
      case 'many-drawings':
        return `Il y a trop de dessins : ${fault.most} au plus.`;
      case 'empty-drawings':
        return `Rien n’est dessiné sur la case ${tiles.join(', ')}.`;
      case 'bad-drawing':
        return `Le dessin de la case ${tiles.join(', ')} est inutilisable. Refaites-le.`;
      case 'same-drawing':
        return 'Tous les dessins sont identiques. Les cellules apprendront mieux si vous variez le signe.';
      case 'unlike-drawings':
        return `La case ${tiles.join(', ')} ne ressemble pas aux autres. Est-ce le même signe ?`;
      case 'known-sign':
        return `Les cellules prennent déjà ce signe pour ${fault.name}.`;
      case 'alike-signs':
        return `Il ressemble à ${fault.name}. Les cellules pourraient confondre les deux.`;
      case 'no-room':
        return 'Ce modèle n’a plus de place pour un autre signe.';
    }
  },
  sameAs: (name) => `L’apprendre comme un meilleur ${name}`,
  learning: (name) => `Les cellules apprennent ${name}`,
  secondsLeft: (seconds) => `encore ${seconds} s`,
  loss: (value) => `Perte ${value}`,
  ofSign: (name, share) => `${name} : ${share} des cellules ont raison`,
  ofDigits: (share) => `Chiffres : ${share}`,
  chart: (name) => `Part des cellules qui ont raison au fil du temps : ${name} et chiffres`,
  stop: 'Arrêter',
  taught: (name, seconds) => `Les cellules connaissent ${name} après ${seconds} s`,
  confused: (name, other, share) => `Parmi les cellules de ${name}, ${share} disent ${other}.`,
  keep: 'Garder',
  more: 'Continuer',
  takeBack: 'Reprendre',
  save: 'Enregistrer le fichier',
  kept: (name) => `Gardé comme modèle « ${name} » jusqu’à votre départ. Une scène enregistrée le garde plus longtemps.`,
  takenBack: (name) => `Les cellules ont oublié ${name}.`,
  failed: (reason) => `L’apprentissage est terminé : ${reason}`,
  lowBattery: 'La batterie est faible, et l’apprentissage consomme beaucoup d’énergie.',
  outOfMemory: 'Il n’y a pas assez de mémoire pour apprendre. Fermez d’autres onglets ou programmes, puis réessayez.',
};
