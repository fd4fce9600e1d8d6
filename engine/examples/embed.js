import { createSimulation } from '../lib/digits.js';

const votes = document.querySelector('#votes');
votes.textContent = 'Loading …';

const simulation = await createSimulation(document.querySelector('#digits'), {
  model: '../models/accurate.ktx2',
  columns: 4,
  rows: 2,
  measureEverySeconds: 0.5,
}).catch((error) => {
  votes.textContent = error.message;
  throw error;
});
simulation.on('measured', ({ digits }) => {
  votes.textContent = digits.map(({ vote }) => vote ?? '?').join(' ');
});

// For use in the console.
window.simulation = simulation;
