#!/usr/bin/env node
/**
 * Starts Firefox for Playwright, and relays WebDriver BiDi between them. Firefox 153 lacks two things that Playwright
 * 1.65 cannot do without:
 *
 * - the command `emulation.setMediaFeaturesOverride`, with which Playwright sets the colour scheme of every new context.
 *   The relay answers it, so that the scheme stays the usual, light one;
 * - an identifier in the events about downloads, without which Playwright ignores them. The relay takes the address,
 *   which is new for each file that a page makes.
 *
 * FIREFOX_PATH is the browser; the arguments are passed on to it.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { WebSocket, WebSocketServer } from 'ws';

const UNKNOWN_COMMAND = 'emulation.setMediaFeaturesOverride';
const DOWNLOAD_EVENT = /"browsingContext\.download(WillBegin|End)"/;
const LISTENING = /WebDriver BiDi listening on (ws:\/\/\S+)/;

/** Messages may be as long as they like. */
const SOCKET = { perMessageDeflate: false, maxPayload: 0 };

const firefox = spawn(process.env.FIREFOX_PATH ?? 'firefox', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
});
firefox.on('error', ({ message }) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
firefox.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => firefox.kill(signal));

/** The answer to a command that Firefox does not know; null for every other message. */
function answerTo(text) {
  if (!text.includes(UNKNOWN_COMMAND)) return null;
  const { id, method } = JSON.parse(text);
  return method === UNKNOWN_COMMAND ? JSON.stringify({ type: 'success', id, result: {} }) : null;
}

/** A message of Firefox's as Playwright understands it. */
function translate(text) {
  if (!DOWNLOAD_EVENT.test(text)) return text;
  const message = JSON.parse(text);
  if (message.type === 'event') message.params.download ??= message.params.navigation ?? message.params.url;
  return JSON.stringify(message);
}

/** Passes messages on between Playwright and the address of Firefox. */
function relay(client, address) {
  const browser = new WebSocket(address, SOCKET);
  const waiting = [];
  browser.on('open', () => {
    for (const text of waiting.splice(0)) browser.send(text);
  });
  client.on('message', (data) => {
    const text = data.toString();
    const answer = answerTo(text);
    if (answer !== null) client.send(answer);
    else if (browser.readyState === WebSocket.OPEN) browser.send(text);
    else waiting.push(text);
  });
  browser.on('message', (data) => client.send(translate(data.toString())));
  client.on('close', () => browser.close());
  browser.on('close', () => client.close());
  for (const end of [client, browser]) end.on('error', ({ message }) => process.stderr.write(`${message}\n`));
}

/** What Firefox has said before it told its address, which is told as the relay's. */
let said = '';
let isListening = false;
firefox.stderr.on('data', (chunk) => {
  if (isListening) {
    process.stderr.write(chunk);
    return;
  }
  said += chunk;
  const address = LISTENING.exec(said)?.[1];
  if (address === undefined) return;
  isListening = true;
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...SOCKET });
  server.on('connection', (client, { url }) => relay(client, `${address}${url}`));
  server.on('listening', () => process.stderr.write(said.replace(address, `ws://127.0.0.1:${server.address().port}`)));
});
