/** Reports to the launcher on this machine that the screen runs, as an exhibit does. */
import packageFile from '../../../../package.json' with { type: 'json' };
import type { Playground } from '../../../session/playground.ts';
import { heapBytes, sendHeartbeat } from '../kiosk/heartbeat.ts';

const BEAT_MILLISECONDS = 5000;

export function beatFor(playground: Playground): void {
  const { clock, rates, simulation } = playground;
  const { device } = simulation;
  let frame = clock.now();
  let losses = 0;
  let errors = 0;
  playground.events.on('lost', () => {
    losses += 1;
  });
  window.addEventListener('error', () => {
    errors += 1;
  });
  const seen = (): void => {
    frame = clock.now();
    clock.requestFrame(seen);
  };
  const beat = (): void => {
    clock.after(BEAT_MILLISECONDS, beat);
    const now = clock.now();
    void sendHeartbeat({
      version: packageFile.version,
      model: simulation.model.specification.name,
      renderer: device.renderer.slice(0, 300),
      strategy: simulation.strategy.name,
      mode: 'show',
      reason: '',
      uptimeSeconds: now / 1000,
      stepsPerSecond: rates.stepsPerSecond,
      framesPerSecond: rates.framesPerSecond,
      frameAgeSeconds: Math.max(0, now - frame) / 1000,
      step: simulation.time.step,
      losses,
      resets: 0,
      guests: 0,
      pageStart: performance.timeOrigin,
      touches: 0,
      digitsRead: 0,
      playSeconds: 0,
      errors,
      heapBytes: heapBytes(),
      textureBytes: device.textureBytes,
      glObjects: device.objectCount,
      wakeLock: false,
    });
  };
  seen();
  beat();
}
