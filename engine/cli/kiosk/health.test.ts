import { describe, expect, it } from 'vitest';
import { HealthBook } from './health.ts';
import { HEARTBEAT } from '../../page/features/kiosk/made-up-heartbeat.ts';

const book = () => new HealthBook({ silenceSeconds: 15, model: 'accurate', launcherStartSeconds: 1_700_000_000 }, 0);

describe('the health', () => {
  it('is starting until the page is heard, then alive', () => {
    const health = book();
    expect(health.report(1000)).toMatchObject({ status: 'starting', heardSecondsAgo: null, page: null });
    health.hear(HEARTBEAT, 2000);
    expect(health.report(3000)).toMatchObject({ status: 'alive', heardSecondsAgo: 1, page: HEARTBEAT });
  });

  it('is silent once the page is not heard for too long, until it is heard again', () => {
    const health = book();
    health.hear(HEARTBEAT, 0);
    expect(health.report(15_000).status).toBe('alive');
    expect(health.report(15_001).status).toBe('silent');
    health.hear(HEARTBEAT, 20_000);
    expect(health.report(20_001).status).toBe('alive');
  });

  it('waits longer, but not for ever, for a page whose heartbeats come late', () => {
    const health = book();
    for (const seconds of [0, 8, 13]) health.hear(HEARTBEAT, seconds * 1000);
    expect(health.report(13_000 + 20_000).status).toBe('alive');
    expect(health.report(13_000 + 20_001).status).toBe('silent');
    health.hear(HEARTBEAT, 53_000);
    expect(health.report(53_000 + 22_500).status).toBe('alive');
    expect(health.report(53_000 + 22_501).status).toBe('silent');
    health.browserStarted(2);
    health.hear(HEARTBEAT, 100_000);
    expect(health.report(115_001).status).toBe('silent');
  });

  it('waits no longer than usual once heartbeats have been in time for a minute', () => {
    const health = book();
    for (const seconds of [0, 9]) health.hear(HEARTBEAT, seconds * 1000);
    for (let seconds = 14; seconds <= 74; seconds += 5) health.hear(HEARTBEAT, seconds * 1000);
    expect(health.report(74_000 + 15_001).status).toBe('silent');
  });

  it('tells a page that shows no frames, and one that could not start', () => {
    const health = book();
    health.hear({ ...HEARTBEAT, frameAgeSeconds: 16 }, 0);
    expect(health.report(0).status).toBe('stalled');
    health.hear({ ...HEARTBEAT, mode: 'failed' }, 0);
    expect(health.report(0).status).toBe('failed');
  });

  it('lets a screen be off outside the opening hours, and wake after them', () => {
    const health = book();
    health.hear({ ...HEARTBEAT, mode: 'closed', frameAgeSeconds: 30_000 }, 0);
    expect(health.report(0).status).toBe('alive');
    health.hear({ ...HEARTBEAT, frameAgeSeconds: 30_050 }, 50_000);
    expect(health.report(50_000).status).toBe('alive');
    health.hear({ ...HEARTBEAT, frameAgeSeconds: 30_061 }, 61_000);
    expect(health.report(61_000).status).toBe('stalled');
  });

  it('keeps the reason why a page could not start until one says otherwise', () => {
    const health = book();
    health.hear({ ...HEARTBEAT, mode: 'failed', reason: 'there is\nno WebGL2' }, 0);
    const failed = { status: 'failed', reason: 'its page could not start: there is no WebGL2' };
    expect(health.report(0)).toMatchObject(failed);
    expect(health.report(100_000)).toMatchObject(failed);
    health.browserStarted(2);
    expect(health.report(200_000)).toMatchObject({
      status: 'failed',
      heardSecondsAgo: null,
      reason: 'its page was never heard, and the one before could not start: there is no WebGL2',
    });
    health.hear(HEARTBEAT, 300_000);
    expect(health.report(300_000)).toMatchObject({ status: 'alive', reason: null });
    expect(health.report(400_000)).toMatchObject({ status: 'silent', reason: 'its page was not heard for 100 s' });
  });

  it('tells an exhibit that runs, but not as it should', () => {
    const health = book();
    health.hear({ ...HEARTBEAT, model: 'swift' }, 0);
    expect(health.report(0)).toMatchObject({
      status: 'degraded',
      reason: 'the model "swift" runs in place of "accurate"',
    });
    for (const renderer of [
      'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
      'ANGLE (Mesa, llvmpipe (LLVM 19.1.7, 256 bits), OpenGL 4.5)',
      'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0, D3D11)',
    ]) {
      health.hear({ ...HEARTBEAT, renderer }, 0);
      expect(health.report(0)).toMatchObject({
        status: 'degraded',
        reason: `it computes without a GPU, by ${renderer}`,
      });
    }
    for (const renderer of [
      'ANGLE (Intel, Mesa Intel(R) UHD Graphics 630 (CFL GT2), OpenGL 4.6)',
      'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)',
      'ANGLE (Broadcom, V3D 7.1.7, OpenGL ES 3.1)',
    ]) {
      health.hear({ ...HEARTBEAT, renderer }, 0);
      expect(health.report(0).status).toBe('alive');
    }
  });

  it('forgets the page of a browser that was replaced', () => {
    const health = book();
    health.hear(HEARTBEAT, 0);
    health.browserStarted(2);
    expect(health.report(1)).toMatchObject({ status: 'starting', browserStarts: 2 });
  });
});
