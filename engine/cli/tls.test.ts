import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerText } from './static-files.ts';
import { listen } from './static-server.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

// Without openssl there is nothing to make a certificate with.
test.skipIf(!hasOpenssl)('the server speaks https with the operator’s own certificate', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', certificate];
  expect(spawnSync('openssl', [...made, ...subject]).status).toBe(0);
  const tls = { cert: readFileSync(certificate), key: readFileSync(key) };
  const server = await listen(async (request, response) => answerText(request, response, 200, 'in confidence'), {
    ...{ host: null, port: 0, tls },
  });
  try {
    expect(server.address).toMatch(/^https:\/\/localhost:\d+\/$/);
    const text = await new Promise<string>((resolve, reject) => {
      get(server.address, { ca: tls.cert, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve(body));
      }).on('error', reject);
    });
    expect(text).toBe('in confidence\n');
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
