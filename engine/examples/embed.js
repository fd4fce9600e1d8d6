import { createSimulation } from '../lib/digits.js';

const simulation = await createSimulation(document.querySelector('#digits'), {
  model: '../models/accurate.ktx2',
  columns: 4,
  rows: 2,
  measureEverySeconds: 0.5,
});
simulation.on('measured', ({ digits }) => {
  document.querySelector('#votes').textContent = digits.map(({ vote }) => vote ?? '?').join(' ');
});

// For the console.
window.simulation = simulation;
