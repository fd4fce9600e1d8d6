import type { HandTexts } from './hand-texts.ts';

const SCAN = {
  title: 'Escanee otra vez el código',
  text: 'Este código ya no es válido. Hay uno nuevo en la pantalla.',
};
const FAULT = { title: 'No ha funcionado', text: 'La conexión se cerró porque llegó algo inesperado.' };

export const es: HandTexts = {
  title: 'Dibujar en las pantallas',
  ring: 'Este anillo es usted en las pantallas.',
  ink: 'Tinta',
  dry: 'El lápiz está vacío. Se llena en un momento.',
  map: {
    label: 'Mapa de las pantallas',
    help: 'Dibuje con un dedo, mueva el mapa con dos. Con el teclado: las flechas mueven el lápiz, la barra espaciadora lo baja y lo levanta, Intro hace un punto o un sello.',
    penDown: 'Lápiz abajo',
    penUp: 'Lápiz arriba',
  },
  tools: {
    label: 'Herramientas',
    pen: 'Lápiz',
    brush: 'Pincel',
    eraser: 'Goma',
    stamp: 'Sello',
    zoomIn: 'Más cerca',
    zoomOut: 'Más lejos',
    whole: 'Todo',
  },
  digits: 'Cifra del sello',
  connecting: { title: 'Conectando …', text: 'Un momento, por favor.' },
  lost: 'Se ha perdido la conexión. Nuevo intento …',
  frozen: 'El dibujo está en pausa.',
  refused: {
    token: SCAN,
    key: SCAN,
    full: { title: 'Todos los puestos están ocupados', text: 'Esta página lo intenta de nuevo sola. Espere un poco.' },
    dropped: { title: 'Ya no puede dibujar', text: 'El personal ha puesto fin a su dibujo.' },
    closed: { title: 'La exposición está cerrada', text: 'Vuelva durante el horario de apertura.' },
    replaced: { title: 'Está dibujando en otra ventana', text: 'Solo puede dibujar una ventana a la vez.' },
    fault: FAULT,
    fast: FAULT,
  },
  tryAgain: 'Dibujar aquí',
};
