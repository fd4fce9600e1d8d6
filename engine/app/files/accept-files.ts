/**
 * Files that are dropped on the page or chosen from the menu: each goes to the
 * first kind that knows it; what none knows, or a kind cannot use, is refused
 * by name and reason.
 */
import type { Controls } from '../controls.ts';
import { makeElement } from '../elements.ts';
import { reportRefusal } from '../failures.ts';
import { type FileKind, HEAD_BYTES } from './file-kind.ts';

/** Names longer than this are cut in messages. */
const SHOWN_NAME_LENGTH = 60;

export function acceptFiles(controls: Controls, kinds: readonly FileKind[]): void {
  const { texts, menu } = controls;
  const mark = (dropping: boolean): void => {
    document.body.classList.toggle('dropping', dropping);
  };
  document.addEventListener('dragover', (event) => {
    // Without this the browser would leave the page for the file.
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    void takeFiles(controls, kinds, [...(event.dataTransfer?.files ?? [])]);
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
    // The same file can be chosen again.
    chooser.value = '';
    void takeFiles(controls, kinds, files);
  });
  document.body.append(chooser);
  menu.add({ id: 'open-file', group: 'canvas', label: texts.files.open, work: () => chooser.click() });
}

async function takeFiles(controls: Controls, kinds: readonly FileKind[], files: readonly File[]): Promise<void> {
  const { texts, notices } = controls;
  const refuse = (refused: readonly File[], reason: string): void => {
    notices.show(texts.files.refused(refused.map(shownName).join(', '), reason), { kind: 'error' });
  };
  const sorted = new Map<FileKind, File[]>();
  for (const file of files) {
    const head = await headOf(file);
    const kind = head && kinds.find(({ recognizes }) => recognizes(file, head));
    if (!head) refuse([file], texts.files.unreadable);
    else if (!kind) refuse([file], texts.files.unknown);
    else if (file.size > kind.mostBytes) refuse([file], texts.files.tooLarge(kind.mostBytes));
    else sorted.set(kind, [...(sorted.get(kind) ?? []), file]);
  }
  const groups = [...sorted].flatMap(([kind, all]) =>
    (kind.takesSeveral ? [all] : all.map((file) => [file])).map((together) => ({ kind, together })),
  );
  const replaced = new Set<string>();
  for (const { kind, together } of groups) {
    // What was told of an earlier file is to stay true.
    if (kind.replaces.some((part) => replaced.has(part))) {
      refuse(together, texts.files.oneAtATime);
      continue;
    }
    try {
      notices.show(await kind.take(together));
      for (const part of kind.replaces) replaced.add(part);
    } catch (error) {
      reportRefusal(controls, error, (reason) => texts.files.refused(together.map(shownName).join(', '), reason));
    }
  }
}

/** The first bytes of a file, or null if it cannot be read: a folder, or one that has gone meanwhile. */
async function headOf(file: File): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  } catch {
    return null;
  }
}

function shownName({ name }: File): string {
  return name.length > SHOWN_NAME_LENGTH ? `${name.slice(0, SHOWN_NAME_LENGTH)}…` : name;
}
