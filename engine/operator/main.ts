/** The operator's page: who takes part in the wall, and what is done about it. */
import { elementById } from '../page/shell/elements.ts';
import { LANGUAGES } from '../page/shell/texts/localized.ts';
import { pickLanguage } from '../page/shell/texts/pick-language.ts';
import { OPERATOR_PATHS, type OperatorAct, type OperatorState } from '../together/hands/operator-messages.ts';
import { handLines, screenLines, Table } from './tables.ts';
import { TEXTS } from './texts.ts';

const LOOK_MILLISECONDS = 1000;

const language = pickLanguage(navigator.languages, LANGUAGES) ?? 'en';
const texts = TEXTS[language];
const element = (id: string): HTMLElement => elementById(id, HTMLElement);

/** The server does not let this page in. */
class RefusedError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The server has answered ${status}.`);
    this.status = status;
  }
}

/** @throws RefusedError, or TypeError if the server cannot be reached */
async function ask(path: string, body?: unknown): Promise<unknown> {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, body === undefined ? {} : post);
  if (!response.ok) throw new RefusedError(response.status);
  return response.json();
}

function act(what: OperatorAct): void {
  ask(OPERATOR_PATHS.act, what).then((state) => show(state as OperatorState), failed);
}

const drop = (member: number): void => act({ do: 'drop', member });
const screens = new Table(element('screens-head'), element('screens'), texts.screenHead, texts.none, drop);
const hands = new Table(element('hands-head'), element('hands'), texts.handHead, texts.none, drop);

function say(words: string): void {
  const notice = element('notice');
  if (notice.textContent !== words) notice.textContent = words;
}

function show(state: OperatorState): void {
  say(state.isOpen ? '' : texts.notOpen);
  element('enter').hidden = true;
  element('desk').hidden = false;
  element('leave').hidden = !state.hasPassword;
  const { step, stepsPerSecond, digests, mostHands, refused, code } = state;
  const present = state.hands.filter(({ isConnected }) => isConnected).length;
  const summary = [
    texts.summary(step, stepsPerSecond.toFixed(1), state.screens.length, present, mostHands),
    texts.digests(digests.equal, digests.compared),
    texts.refused(refused),
    ...(state.isFrozen ? [texts.frozen] : []),
  ];
  element('summary').textContent = summary.join(' · ');
  element('freeze').setAttribute('aria-pressed', String(state.isFrozen));
  screens.show(screenLines(state.screens, texts));
  hands.show(handLines(state.hands, texts));
  const picture = elementById('code', SVGSVGElement);
  picture.classList.toggle('none', code === null);
  picture.toggleAttribute('hidden', code === null);
  element('code-address').textContent = code?.address ?? texts.noCode;
  if (!code) return;
  picture.setAttribute('viewBox', `0 0 ${code.size} ${code.size}`);
  elementById('code-path', SVGPathElement).setAttribute('d', code.path);
}

function failed(error: unknown): void {
  const status = error instanceof RefusedError ? error.status : 0;
  const isOut = status === 401 || status === 403;
  element('desk').hidden = element('desk').hidden || isOut;
  element('enter').hidden = status !== 401;
  if (status === 401) say('');
  else say(status === 403 ? texts.notHere : texts.unreachable);
}

async function look(): Promise<void> {
  try {
    show((await ask(OPERATOR_PATHS.state)) as OperatorState);
  } catch (error) {
    failed(error);
  }
}

async function enter(): Promise<void> {
  const field = elementById('password', HTMLInputElement);
  try {
    await ask(OPERATOR_PATHS.enter, { password: field.value });
    field.value = '';
    await look();
    element('freeze').focus();
  } catch (error) {
    const status = error instanceof RefusedError ? error.status : 0;
    say(status === 429 ? texts.wait : status === 403 ? texts.wrong : texts.unreachable);
    field.select();
  }
}

function label(): void {
  document.documentElement.lang = language;
  document.title = texts.title;
  const words = {
    title: texts.title,
    'password-label': texts.password,
    'enter-button': texts.enter,
    freeze: texts.freeze,
    clear: texts.clear,
    leave: texts.leave,
    'code-title': texts.code,
    'screens-title': texts.screens,
    'hands-title': texts.hands,
  };
  for (const [id, text] of Object.entries(words)) element(id).textContent = text;
}

label();
element('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  void enter();
});
element('freeze').addEventListener('click', () => {
  act({ do: 'freeze', isFrozen: element('freeze').getAttribute('aria-pressed') !== 'true' });
});
element('clear').addEventListener('click', () => {
  if (window.confirm(texts.clearAsk)) act({ do: 'clear' });
});
element('leave').addEventListener('click', () => {
  ask(OPERATOR_PATHS.leave, {}).then(() => look(), failed);
});
await look();
setInterval(() => {
  // While the password is being typed, nothing is asked for.
  if (!document.hidden && element('enter').hidden) void look();
}, LOOK_MILLISECONDS);
