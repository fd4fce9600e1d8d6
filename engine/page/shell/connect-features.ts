/**
 * Connects the features to the page, and adds what they contribute to the menu, the keyboard and the accepted files.
 */
import { reportRefusal } from './failures.ts';
import type { Feature, Page, PageBasics } from './feature.ts';
import { acceptFiles } from './files/accept-files.ts';
import { connectKeyboard } from './keyboard.ts';
import { Menu } from './menu.ts';
import { connectPointer } from './pointer/pointer-input.ts';
import type { Attempt, Work } from './work.ts';

/** @param features in the order of their menu items, which is also the order in which they are offered a file */
export function connectFeatures(basics: PageBasics, features: readonly Feature[]): Page {
  const { texts, isExhibit, showsControls } = basics;
  const attempt: Attempt = (work) => {
    const tell = (error: unknown): void => {
      reportRefusal(basics, error, texts.notices.notPossible, 'attempt');
    };
    try {
      const result = work();
      if (result instanceof Promise) result.catch(tell);
    } catch (error) {
      tell(error);
    }
  };
  const page: Page = { ...basics, attempt, pointer: connectPointer({ ...basics, attempt }) };
  const scopes = ['everywhere', ...(isExhibit ? [] : ['page']), ...(showsControls ? ['controls'] : [])];
  const added = features.filter(({ scope }) => scopes.includes(scope)).map(({ connect }) => connect(page) ?? {});
  if (isExhibit) return page;
  const openFile = acceptFiles(
    page,
    added.flatMap(({ files }) => files ?? []),
  );
  if (!showsControls) return page;
  const menu = new Menu(texts, attempt);
  for (const item of [openFile, ...added.flatMap((one) => one.menu ?? [])]) menu.add(item);
  const keys = new Map<string, Work>([
    ['m', () => menu.toggle()],
    ...added.flatMap((one) => Object.entries(one.keys ?? {})),
  ]);
  connectKeyboard(page, keys, menu);
  return page;
}
