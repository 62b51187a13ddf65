// Pictures of every page and its main states, for people to look at: `BASE_URL=… node pictures.mjs [part of a name]`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium } from '@playwright/test';

import { contextOptions, launchOptions, pages, phone } from './environment.mjs';
import { add, answer, answerAll, calculate, compare, fill, fillIn, next, openReceipt, pick } from './journey.mjs';
import { propose, sitDown } from './together.mjs';

const folder = join(import.meta.dirname, 'pictures');
const wanted = process.argv[2] ?? '';

const STATES = {
  'keuzehulp-vraag': async (page) => {
    await answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes' });
    await page.locator('.chooser details:has(.answers) > summary').click();
  },
  'keuzehulp-fout': async (page) => next(page),
  'keuzehulp-eerst-een-mens': async (page) => answer(page, 'urgent', 'yes'),
  'keuzehulp-uitkomst': async (page) => answerAll(page),
  'keuzehulp-ex-partner': async (page) =>
    answerAll(page, { urgent: 'no', who: 'former_partner', ex_recognised: 'yes', ex_earlier_compensation: 'no', ex_parted_before_payment: 'yes', ex_benefit_partner: 'yes', ex_harmed_year: 'yes' }),
  'bedragen-ingevuld': async (page) => {
    await fillIn(page);
    await add(page, 'children');
    await fill(page, { 'children[0].born_on': '1-3-2010' });
  },
  'bedragen-gerekend': async (page) => {
    await fillIn(page);
    for (const summary of await page.locator('.figure-how > summary').all()) await summary.click();
    await page.locator('.field:has([id="years[0].reclaimed"]) details.more > summary').click();
  },
  'bedragen-fout': async (page) => {
    await fillIn(page);
    await fill(page, { received: '1.2.3', decision_on: '31-2-2014', 'damages[0].high': '1' });
    await calculate(page);
  },
  'bedragen-ex-partner': async (page) => {
    await pick(page, 'recognised', 'no');
    await pick(page, 'former_partner', 'yes');
  },
  'vergelijken-ingevuld': async (page, ready) => {
    await page.goto('/keuzehulp');
    await ready();
    await answerAll(page);
    await page.goto('/bedragen');
    await ready();
    await fillIn(page);
    await compare(page);
    await page.waitForURL('**/vergelijken');
    await ready();
    await page.locator('.route-card .figure-how > summary').nth(2).click();
  },
  'vergelijken-verkeerd-bestand': async (page) => {
    await openReceipt(page, { name: 'brief.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  },
  'samen-code': async (page) => {
    await page.locator('#samen-begin').click();
    await page.locator('#samen-code').waitFor();
  },
  'bedragen-samen': async (page) => {
    const elsewhere = await page.context().browser().newContext(contextOptions);
    const helper = await elsewhere.newPage();
    await sitDown(page, helper);
    await propose(helper, 'received', '12.000');
    await page.locator('.together-proposal').waitFor();
    await elsewhere.close();
  },
  'keuzehulp-woord': async (page) => {
    await answerAll(page, { urgent: 'no', who: 'parent' });
    await page.locator('.chooser button.term').first().click();
  },
};

const shots = [
  ...pages().map(({ path }) => ({ name: path === '/' ? 'begin' : path.slice(1), path })),
  { name: 'niet-gevonden', path: '/bestaat-niet' },
  ...Object.entries(STATES).map(([name, bring]) => ({ name, path: `/${name.split('-')[0]}`, bring })),
].filter(({ name }) => name.includes(wanted));

const browser = await chromium.launch(launchOptions);
await mkdir(folder, { recursive: true });
for (const [size, settings] of Object.entries({ 360: phone, 1280: { viewport: { width: 1280, height: 800 } } })) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const { name, path, bring } of shots) {
      const context = await browser.newContext({ ...contextOptions, ...settings, colorScheme });
      const page = await context.newPage();
      const ready = () => page.waitForFunction(() => !document.querySelector('script[type=module]') || 'ready' in document.documentElement.dataset);
      const file = `${name}-${size}-${colorScheme}.png`;
      try {
        await page.goto(path);
        await ready();
        await bring?.(page, ready);
        await page.waitForTimeout(150);
        // What is fixed to the window would lie in the middle of a long picture; a note that is open shows only in the window.
        const whole = !name.endsWith('woord');
        await page.screenshot({ path: join(folder, file), fullPage: whole });
        console.log(file);
      } catch (error) {
        console.log(`${file} ✗ ${error.message.split('\n')[0]}`);
      }
      await context.close();
    }
  }
}
await browser.close();
