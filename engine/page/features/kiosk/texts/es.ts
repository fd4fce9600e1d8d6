import type { GuestTexts } from './guest-texts.ts';

export const es: GuestTexts = {
  name: 'Español',
  title: 'Cifras que se reconocen a sí mismas',
  canvas: {
    label: 'Cifras manuscritas hechas de células',
    description: 'Escriba una cifra con el dedo. Las células de la tinta deciden juntas cuál es.',
  },
  captions: {
    write: 'Una mano escribe una cifra, y la tinta decide cuál es. Toque la pantalla y escriba usted una.',
    wave: 'Cada color es una respuesta: las células de una cifra se ponen de acuerdo sobre cuál es.',
    damage: 'Las células que olvidan preguntan a sus vecinas y se recuperan.',
    chimera: 'Mitad una cifra, mitad otra: las células discuten.',
    unknown: 'Una mano dibuja algo que no es una cifra. ¿Se quedarán indecisas las células, sin color?',
    zoom: 'Cada célula solo ve a sus ocho vecinas.',
    rest: 'Cifras hechas de miles de células. Toque la pantalla y escriba usted una.',
  },
  undecided: 'Las células no conocen este signo: se quedan indecisas, sin color.',
  invitation: 'Escriba una cifra en el recuadro',
  answers: {
    agree: (name) => `Las células dicen: ${name}`,
    // “O” becomes “u” before “ocho”.
    split: (name, other) => `Las células dudan: ¿${name} ${other === '8' ? 'u' : 'o'} ${other}?`,
    unknownDigit: 'No conozco esa cifra',
    unknownSign: 'No conozco ese signo',
  },
  bar: {
    label: 'Herramientas',
    languages: 'Idioma',
    brush: 'Escribir',
    eraser: 'Borrar',
    damage: 'Perturbar',
    fill: 'Más cifras',
    zoomIn: 'Acercar',
    zoomOut: 'Alejar',
    teach: 'Enseñar un signo',
    about: '¿Qué es esto?',
  },
  about: {
    sentences: [
      'Cada punto de tinta es una célula, un diminuto programa independiente.',
      'Una célula solo ve a sus ocho vecinas, nunca la cifra entera.',
      'Todas siguen la misma regla, aprendida de miles de cifras manuscritas.',
      'Se cuentan lo que sospechan hasta ponerse de acuerdo; su color muestra la respuesta.',
      'Nadie manda: pertúrbelas, y volverán a encontrar la respuesta.',
    ],
    pictures: ['Una célula y sus vecinas', 'Las células discuten…', '… hasta ponerse de acuerdo'],
    close: 'Cerrar',
  },
  warning: {
    title: '¿Sigue ahí?',
    goesOn: (seconds) => `La función continúa en ${seconds} s.`,
    stay: 'Sigo aquí',
  },
  backSoon: 'Volvemos pronto',
};
