import type { TeachTexts } from './teach-texts.ts';

export const nl: TeachTexts = {
  title: 'Een teken leren',
  help: 'Teken uw teken op de vakjes, elke keer een beetje anders. Daarna leren de cellen het terwijl u kijkt.',
  name: 'Naam',
  namePlaceholder: 'Hart, ★, A …',
  color: 'Kleur',
  colorNumber: (number) => `Kleur ${number}`,
  tiles: 'Tekeningen',
  tile: (number, all, strokes) =>
    `Tekening ${number} van ${all}: ${strokes === 0 ? 'leeg' : strokes === 1 ? '1 streep' : `${strokes} strepen`}`,
  keys: 'Met het toetsenbord: pijltjes bewegen de pen, de spatiebalk zet hem neer en tilt hem op, Delete maakt het vakje leeg.',
  undo: 'Ongedaan maken',
  redo: 'Opnieuw',
  clear: 'Vakje leegmaken',
  clearAll: 'Alles leegmaken',
  another: 'Nog zo een',
  learn: 'Leren',
  close: 'Sluiten',
  drawn: (count, all) => `${count} van ${all} getekend`,
  restored: 'Uw tekeningen van de vorige keer zijn er nog.',
  issue: (fault, tiles) => {
    switch (fault.kind) {
      case 'no-signs':
      case 'name-empty':
        return 'Het teken heeft een naam nodig.';
      case 'name-too-long':
        return `De naam is langer dan ${fault.most} tekens.`;
      case 'name-control':
        return 'De naam bevat tekens die niet te tonen zijn.';
      case 'name-twice':
        return `Er is al een teken met de naam ${fault.name}.`;
      case 'few-drawings':
        return `Teken het teken minstens ${fault.least} keer.`;
      case 'many-drawings':
        return `Dat zijn te veel tekeningen: hoogstens ${fault.most}.`;
      case 'empty-drawings':
        return `Op vakje ${tiles.join(', ')} is niets getekend.`;
      case 'bad-drawing':
        return `De tekening op vakje ${tiles.join(', ')} is onbruikbaar. Teken haar opnieuw.`;
      case 'same-drawing':
        return 'Alle tekeningen zijn gelijk. De cellen leren beter als u het teken varieert.';
      case 'unlike-drawings':
        return `Vakje ${tiles.join(', ')} lijkt niet op de andere. Is het hetzelfde teken?`;
      case 'known-sign':
        return `De cellen houden dit al voor ${fault.name}.`;
      case 'alike-signs':
        return `Het lijkt op ${fault.name}. De cellen kunnen de twee verwarren.`;
      case 'no-room':
        return 'Dit model heeft geen plaats voor nog een teken.';
    }
  },
  sameAs: (name) => `Leren als een betere ${name}`,
  learning: (name) => `De cellen leren ${name}`,
  secondsLeft: (seconds) => `nog ${seconds} s`,
  loss: (value) => `Verlies ${value}`,
  ofSign: (name, share) => `${name}: ${share} van de cellen heeft gelijk`,
  ofDigits: (share) => `Cijfers: ${share}`,
  chart: (name) => `Deel van de cellen dat gelijk heeft, in de loop van de tijd: ${name} en cijfers`,
  stop: 'Stoppen',
  taught: (name, seconds) => `De cellen kennen ${name} na ${seconds} s`,
  confused: (name, other, share) => `Van de cellen van ${name} zegt ${share} ${other}.`,
  keep: 'Houden',
  more: 'Verder leren',
  takeBack: 'Terugnemen',
  save: 'Als bestand opslaan',
  kept: (name) => `Gehouden als model “${name}” tot u weggaat. Een opgeslagen scène bewaart het langer.`,
  takenBack: (name) => `De cellen zijn ${name} vergeten.`,
  failed: (reason) => `Het leren is afgelopen: ${reason}`,
  lowBattery: 'De batterij is bijna leeg, en leren kost veel stroom.',
  outOfMemory: 'Er is niet genoeg geheugen om te leren. Sluit andere tabbladen of programma’s en probeer het opnieuw.',
};
