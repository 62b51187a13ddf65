// Before the walks: signs in who works here. After them: sheets of all pictures, and the figures.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { chromium } from '@playwright/test';

import { launchOptions, pages } from '../environment.mjs';
import signInStaff from '../staff.mjs';
import { FOLDER, isLong, type Look, looks } from './looks';

export default async function before() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await signInStaff();
  return after;
}

async function after() {
  const all = looks();
  if (all.length === 0) return;
  if (isLong) await sheets(all);
  const walked = new Set(all.map(({ path }) => path));
  // What is missing shows when all walks are asked for, not one of them by name.
  const missed = process.argv.includes('-g') || process.argv.includes('--grep') ? [] : pages().filter(({ path }) => !walked.has(path));
  if (missed.length > 0) throw new Error(`nobody looks at ${missed.map(({ path }) => path).join(', ')}`);
  figures(all);
}

/** Keeps the figures for the README, where a command asks for them. */
function figures(all: Look[]) {
  const file = process.env.FIGURES;
  if (!file) return;
  const dutch = (count: number) => count.toLocaleString('nl-NL');
  const states = new Set(all.map(({ walk, state }) => `${walk}: ${state}`)).size;
  const ways = all.reduce((sum, { ways }) => sum + ways, 0);
  const wrong = all.reduce((sum, { wrong }) => sum + wrong, 0);
  appendFileSync(file, `pages and states looked at\t${dutch(states)}\tevery page\n`);
  appendFileSync(file, `times that one was looked at in a width and a colour\t${dutch(ways)}\t\n`);
  appendFileSync(file, `faults found by axe${isLong ? ', pa11y' : ''}, text spacing, zoom, targets and keyboard\t${dutch(wrong)}\t0\n`);
}

/** A page with all pictures, and for each walk a sheet of them. */
async function sheets(all: Look[]) {
  const text = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const figure = (it: Look) => it.pictures.map((picture) => {
    const [scripts, width, colours] = picture.replace(/\.jpeg$/, '').split('-').slice(-3);
    return `<figure><a href="${picture}"><img loading="lazy" src="${picture}"></a><figcaption>${text(it.state)}<br>${width} ${colours}${scripts === 'none' ? ', no scripts' : ''}</figcaption></figure>`;
  }).join('\n');
  const walks = [...new Set(all.map(({ walk }) => walk))].sort();
  const page = (walks: string[]) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page in every way</title>
<style>
  body { margin: 16px; font: 13px sans-serif; background: #ddd }
  section { display: flex; flex-wrap: wrap; gap: 8px; align-items: start }
  figure { margin: 0; inline-size: 150px } figcaption { block-size: 3.6em; overflow: hidden }
  img { inline-size: 150px; max-block-size: 600px; object-fit: cover; object-position: top; border: 1px solid #999 }
</style>${walks.map((walk) => `<h1>${text(walk)}</h1><section>${all.filter((it) => it.walk === walk).map(figure).join('\n')}</section>`).join('\n')}`;
  const index = join(FOLDER, 'index.html');
  const browser = await chromium.launch(launchOptions);
  const tab = await browser.newPage({ viewport: { width: 1952, height: 1000 } });
  for (const walk of walks) {
    writeFileSync(index, page([walk]).replaceAll('loading="lazy" ', ''));
    await tab.goto(pathToFileURL(index).href);
    await tab.screenshot({ path: join(FOLDER, `sheet-${walk.replaceAll(/[^a-z0-9]+/gi, '-')}.png`), fullPage: true });
  }
  await browser.close();
  writeFileSync(index, page(walks));
  console.log(`\n${all.reduce((sum, { pictures }) => sum + pictures.length, 0)} pictures: ${index}`);
}
