import { expect, test } from 'vitest';
import { Emitter } from './events.ts';

test('a listener hears the events of its name until it is removed', () => {
  const emitter = new Emitter<{ moved: number; named: string }>();
  const heard: unknown[] = [];
  const off = emitter.on('moved', (value) => heard.push(value));
  emitter.on('named', (value) => heard.push(value));
  emitter.emit('moved', 1);
  emitter.emit('named', 'a');
  off();
  emitter.emit('moved', 2);
  expect(heard).toEqual([1, 'a']);
});
