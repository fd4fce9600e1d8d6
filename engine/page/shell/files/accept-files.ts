/**
 * Handles files that are dropped on the page or chosen from the menu. Each file goes to the first kind that recognizes
 * it. A file that no kind recognizes, or that its kind cannot use, is refused with its name and the reason. If files
 * arrive while others are still being read, the newest win.
 */
import type { Page } from '../feature.ts';
import { makeElement } from '../elements.ts';
import { reportRefusal } from '../failures.ts';
import { foreignKindOf } from './describe-file.ts';
import { type FileKind, HEAD_BYTES } from './file-kind.ts';
import type { MenuItem } from '../menu-item.ts';
import { type Turn, Turns } from './turns.ts';

/** Longer names are cut to this length in messages. */
const SHOWN_NAME_LENGTH = 60;

/** @returns the menu item that opens the file chooser */
export function acceptFiles(page: Page, kinds: readonly FileKind[]): MenuItem {
  const { texts } = page;
  const turns = new Turns();
  const take = (files: readonly File[]): void => void takeFiles(page, kinds, files, turns.next());
  const mark = (dropping: boolean): void => {
    document.body.classList.toggle('dropping', dropping);
  };
  document.addEventListener('dragover', (event) => {
    // Without this, the browser would leave the page and open the file.
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    take([...(event.dataTransfer?.files ?? [])]);
  });

  const chooser = makeElement('input');
  chooser.type = 'file';
  chooser.multiple = true;
  chooser.hidden = true;
  chooser.id = 'file-chooser';
  chooser.accept = kinds.flatMap(({ accept }) => accept).join(',');
  chooser.setAttribute('aria-label', texts.files.open);
  chooser.addEventListener('change', () => {
    const files = [...(chooser.files ?? [])];
    // This lets the user choose the same file again.
    chooser.value = '';
    take(files);
  });
  document.body.append(chooser);
  return { id: 'open-file', group: 'canvas', label: texts.files.open, work: () => chooser.click() };
}

async function takeFiles(page: Page, kinds: readonly FileKind[], files: readonly File[], turn: Turn): Promise<void> {
  const { texts, notices } = page;
  const refuse = (refused: readonly File[], reason: string): void => {
    notices.show(texts.files.refused(namesOf(refused), reason), { kind: 'error' });
  };
  const sorted = new Map<FileKind, File[]>();
  for (const file of files) {
    const head = await headOf(file);
    const kind = head && kinds.find(({ recognizes }) => recognizes(file, head));
    if (!head) refuse([file], texts.files.unreadable);
    else if (!kind) refuse([file], texts.files.unknown(foreignKindOf(file, head)));
    else if (file.size > kind.mostBytes) refuse([file], texts.files.tooLarge(kind.mostBytes));
    else sorted.set(kind, [...(sorted.get(kind) ?? []), file]);
  }
  const groups = [...sorted].flatMap(([kind, all]) =>
    (kind.takesSeveral ? [all] : all.map((file) => [file])).map((together) => ({ kind, together })),
  );
  const replaced = new Set<string>();
  for (const { kind, together } of groups) {
    // The notice about an earlier file has to stay true.
    if (kind.replaces.some((part) => replaced.has(part))) {
      refuse(together, texts.files.oneAtATime);
      continue;
    }
    const signal = turn.begin(kind.replaces);
    try {
      signal.throwIfAborted();
      const told = await kind.take(together, signal);
      if (typeof told === 'string') notices.show(told);
      else if (told) notices.show(told.message, told);
      if (told !== null) for (const part of kind.replaces) replaced.add(part);
    } catch (error) {
      if (!signal.aborted) {
        reportRefusal(page, error, (reason) => texts.files.refused(namesOf(together), reason));
      }
    }
    if (signal.aborted) notices.show(texts.files.superseded(namesOf(together)));
  }
}

/** Returns the first bytes of a file, or null if it cannot be read because it is a folder or no longer exists. */
async function headOf(file: File): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  } catch {
    return null;
  }
}

function namesOf(files: readonly File[]): string {
  return files
    .map(({ name }) => (name.length > SHOWN_NAME_LENGTH ? `${name.slice(0, SHOWN_NAME_LENGTH)}…` : name))
    .join(', ');
}
