// Two judges of accessibility, in the page that is open: axe, and HTML_CodeSniffer, which is what pa11y asks.
//
// Not pa11y itself: it opens a page anew by its address, in a browser of its own. Most of what there is to judge stands behind
// forms, tickets and meetings, and has no address.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from '@playwright/test';

const source = (module: string) => readFileSync(createRequire(import.meta.url).resolve(module), 'utf8');
const AXE = source('axe-core/axe.min.js');
const CODE_SNIFFER = source('@pa11y/html_codesniffer/build/HTMLCS.js');

/** The rules of axe for what a page is, and for what colours and sizes can break. */
export const SEEN = ['wcag2aa', 'wcag21aa', 'wcag22aa'];
export const ALL = ['wcag2a', 'wcag21a', ...SEEN, 'best-practice'];

/** What HTML_CodeSniffer takes for an error: its code, where, and why it is none. */
const EXPLAINED: [string, string, string][] = [
  ['H32.2', 'form.sheet', 'With scripts nothing is sent: what is typed stands on the paper at once. Without them it has its button.'],
];

type Axe = { run(of: Document, options: object): Promise<{ violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }> };
type Told = { type: number; code: string; msg: string; element: Element };
type CodeSniffer = { process(standard: string, of: Document, done: () => void): void; getMessages(): Told[] };
type Judged = typeof globalThis & { axe?: Axe; HTMLCS?: CodeSniffer };

/** What axe finds. */
export async function axe(page: Page, rules: string[], scripts: boolean): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    if (!scripts) await page.evaluate(callAtOnce);
    await page.evaluate(AXE);
  }
  return page.evaluate(async (tags) => {
    const { violations } = await (globalThis as Judged).axe!.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `axe, ${id}: ${target.join(' ')} – ${failureSummary?.split('\n')[1]?.trim()}`));
  }, rules);
}

/** Where scripts are off no clock runs in the page, and axe would wait for ever. */
function callAtOnce() {
  const soon = (call: (...given: unknown[]) => void, wait = 0, ...given: unknown[]) => {
    // What waits longer looks for what never came.
    if (wait < 100) void Promise.resolve().then(() => call(...given));
    return 0;
  };
  Object.assign(globalThis, { setTimeout: soon });
}

/** What HTML_CodeSniffer calls an error against WCAG 2 AA. */
export async function codeSniffer(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'HTMLCS' in globalThis))) await page.evaluate(CODE_SNIFFER);
  return page.evaluate(async (explained) => {
    const judge = (globalThis as Judged).HTMLCS!;
    await new Promise<void>((done) => judge.process('WCAG2AA', document, done));
    const isExplained = ({ code, element }: Told) => explained.some(([end, where]) => code.endsWith(end) && element.matches?.(where));
    const errors = judge.getMessages().filter((it) => it.type === 1 && !isExplained(it));
    return errors.map(({ code, msg, element }) => `pa11y, ${code}: ${element.outerHTML?.slice(0, 100)} – ${msg}`);
  }, EXPLAINED);
}
