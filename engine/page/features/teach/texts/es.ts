import type { TeachTexts } from './teach-texts.ts';

export const es: TeachTexts = {
  title: 'Enseñar un signo',
  help: 'Dibuje su signo en las casillas, cada vez un poco distinto. Después las células lo aprenden ante sus ojos.',
  name: 'Nombre',
  namePlaceholder: 'Corazón, ★, A …',
  color: 'Color',
  colorNumber: (number) => `Color ${number}`,
  tiles: 'Dibujos',
  tile: (number, all, strokes) =>
    `Dibujo ${number} de ${all}: ${strokes === 0 ? 'vacío' : strokes === 1 ? '1 trazo' : `${strokes} trazos`}`,
  keys: 'Con el teclado: las flechas mueven el lápiz, la barra espaciadora lo baja y lo levanta, Supr vacía la casilla.',
  undo: 'Deshacer',
  redo: 'Rehacer',
  clear: 'Vaciar casilla',
  clearAll: 'Vaciar todo',
  another: 'Otro como estos',
  learn: 'Aprender',
  close: 'Cerrar',
  drawn: (count, all) => `${count} de ${all} dibujados`,
  restored: 'Sus dibujos de la última vez siguen aquí.',
  issue: (fault, tiles) => {
    switch (fault.kind) {
      case 'no-signs':
      case 'name-empty':
        return 'El signo necesita un nombre.';
      case 'name-too-long':
        return `El nombre tiene más de ${fault.most} caracteres.`;
      case 'name-control':
        return 'El nombre tiene caracteres que no se pueden mostrar.';
      case 'name-twice':
        return `Ya hay un signo llamado ${fault.name}.`;
      case 'few-drawings':
        return `Dibuje el signo al menos ${fault.least} veces.`;
      case 'many-drawings':
        return `Son demasiados dibujos: ${fault.most} como máximo.`;
      case 'empty-drawings':
        return `No hay nada dibujado en la casilla ${tiles.join(', ')}.`;
      case 'bad-drawing':
        return `El dibujo de la casilla ${tiles.join(', ')} no sirve. Dibújelo otra vez.`;
      case 'same-drawing':
        return 'Todos los dibujos son iguales. Las células aprenderán mejor si varía el signo.';
      case 'unlike-drawings':
        return `La casilla ${tiles.join(', ')} no se parece a las demás. ¿Es el mismo signo?`;
      case 'known-sign':
        return `Las células ya lo toman por ${fault.name}.`;
      case 'alike-signs':
        return `Se parece a ${fault.name}. Las células podrían confundirlos.`;
      case 'no-room':
        return 'Este modelo no tiene sitio para otro signo.';
    }
  },
  sameAs: (name) => `Aprenderlo como un ${name} mejor`,
  learning: (name) => `Las células están aprendiendo ${name}`,
  secondsLeft: (seconds) => `quedan ${seconds} s`,
  loss: (value) => `Pérdida ${value}`,
  ofSign: (name, share) => `${name}: aciertan ${share} de las células`,
  ofDigits: (share) => `Cifras: ${share}`,
  chart: (name) => `Parte de las células que aciertan a lo largo del tiempo: ${name} y cifras`,
  stop: 'Parar',
  taught: (name, seconds) => `Las células conocen ${name} tras ${seconds} s`,
  confused: (name, other, share) => `De las células de ${name}, ${share} dicen ${other}.`,
  keep: 'Conservar',
  more: 'Enseñar más',
  takeBack: 'Retirar',
  save: 'Guardar como archivo',
  kept: (name) => `Conservado como modelo «${name}» hasta que se marche. Una escena guardada lo conserva más tiempo.`,
  takenBack: (name) => `Las células han olvidado ${name}.`,
  failed: (reason) => `El aprendizaje ha terminado: ${reason}`,
  lowBattery: 'Queda poca batería, y el aprendizaje consume mucha energía.',
  outOfMemory: 'No hay memoria suficiente para aprender. Cierre otras pestañas o programas e inténtelo de nuevo.',
};
