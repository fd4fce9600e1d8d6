import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../security.ts';
import { staticFiles } from '../../static-files.ts';
import { listen, type RunningServer } from '../../static-server.ts';
import { wallPage } from './wall-page.ts';

/** As the build writes it. */
const BUILT = CONTENT_SECURITY_POLICY.replaceAll("'", '&#39;');

let folder = '';
let server: RunningServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wall-page-'));
  for (const page of ['index.html', 'hand.html']) {
    writeFileSync(join(folder, page), `<title>${page}</title><meta content="${BUILT}">`);
  }
  writeFileSync(join(folder, 'other.txt'), 'another file');
  const servers = ['http://hall-1:8080/', 'https://hall-2:8443/'];
  server = await listen(wallPage(folder, servers, await staticFiles(folder)), { host: null, port: 0 });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the pages may connect to all servers of their wall, and to no others', async () => {
  const servers = 'http://hall-1:8080 ws://hall-1:8080 https://hall-2:8443 wss://hall-2:8443; worker-src';
  for (const path of ['', 'index.html', '?wall=1&screen=2', 'hand.html']) {
    const response = await fetch(`${server.address}${path}`);
    expect(response.headers.get('content-security-policy')).toContain(`connect-src 'self' ${servers}`);
    const text = await response.text();
    expect(text).toContain(`connect-src &#39;self&#39; ${servers}`);
    expect(text).toContain(path.startsWith('hand') ? 'hand.html' : 'index.html');
  }
});

test('everything else is served as it is', async () => {
  const response = await fetch(`${server.address}other.txt`);
  expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'; worker-src");
  expect(await response.text()).toBe('another file');
});
