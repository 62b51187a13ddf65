import { readFile, writeFile } from 'node:fs/promises';

import { expect, test as base, type Page } from './fixtures';
import { add, askHelp, byId, calculate, chooseLetter, compare, makeLetter, openHelp, openReceipt, saveReceipt, show, tell } from './journey.mjs';
import { asked, beside, flip, live, propose, question, seen, sitDown, unfold, write } from './together.mjs';

/** What calls `geplant`, wherever it is taken for more than text. */
const PAYLOADS = [
  '<script>geplant()</script>',
  '<img src=x onerror=geplant()>',
  '"><svg onload=geplant()>',
  "' autofocus onfocus='geplant()",
  'javascript:geplant()',
  '</textarea></title><iframe srcdoc="<script>parent.geplant()</script>">',
  '{{constructor.constructor("geplant()")()}}',
];
/** All of them, in one line. */
const ALL = PAYLOADS.join(' ');

/** A browser in which nothing that was typed runs. Its other fixture fails on every complaint of the security policy. */
const test = base.extend<{ guarded: (page: Page) => Promise<void> }>({
  guarded: async ({}, use) => {
    const ran: string[] = [];
    await use(async (page) => {
      page.on('dialog', (dialog) => {
        ran.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.exposeFunction('geplant', () => ran.push(page.url()));
    });
    expect(ran, 'where what was typed ran').toEqual([]);
  },
});

/** Types that into every field that takes text; gives how many there were. */
async function typeEverywhere(page: Page, text: string): Promise<number> {
  const fields = page.locator('main :is(input:not([type]), input[type=text], input[type=tel], input[type=email], textarea):visible');
  const count = await fields.count();
  for (let at = 0; at < count; at++) await fields.nth(at).fill(text);
  return count;
}

/** Nothing of it became an element. */
const isText = (page: Page) => expect(page.locator('main :is(script, iframe, img[onerror], [onload], [onfocus], [srcdoc])')).toHaveCount(0);

test.describe('with scripts', { tag: '@scripts' }, () => {
  test('amounts, comparison and receipt show what is typed as text', async ({ page, ready, open, guarded }) => {
    await guarded(page);
    await open('/bedragen');
    await add(page, 'damages');
    await add(page, 'children');
    for (const payload of PAYLOADS) {
      expect(await typeEverywhere(page, payload)).toBeGreaterThan(8);
      await calculate(page);
      await isText(page);
      await expect(byId(page, 'received')).toHaveValue(payload);
    }
    await page.reload();
    await ready();
    await expect(byId(page, 'received'), 'brought back from this tab').toHaveValue(PAYLOADS.at(-1)!);
    await isText(page);
    await open('/vergelijken');
    await isText(page);
    await page.evaluate(() => sessionStorage.clear());
    await open('/bedragen');
    await byId(page, 'received').fill('30.000');
    await calculate(page);
    await compare(page);
    await page.waitForURL('**/vergelijken');
    await ready();
    const receipt = JSON.parse(await readFile((await (await saveReceipt(page)).path())!, 'utf8'));
    receipt.rules.version = ALL;
    receipt.assessment.notes = [ALL];
    for (const route of receipt.assessment.routes) for (const line of route.lines) Object.assign(line, { id: ALL, formula: ALL });
    const path = test.info().outputPath('receipt.json');
    await writeFile(path, JSON.stringify(receipt));
    await openReceipt(page, path);
    await expect(page.locator('[role=status] .notice')).toBeVisible();
    await isText(page);
  });

  test('the line of steps and the papers show what is typed as text', async ({ page, scripts, open, guarded }) => {
    await guarded(page);
    await open('/tijdlijn');
    await tell(page, [['registered', '16-1-2023']]);
    for (const payload of PAYLOADS) {
      await typeEverywhere(page, payload);
      await show(page);
      await isText(page);
    }
    await open('/tijdlijn/brief');
    await chooseLetter(page, 'request_file', scripts);
    for (const payload of PAYLOADS) {
      expect(await typeEverywhere(page, payload)).toBeGreaterThan(2);
      await makeLetter(page);
      await expect(page.locator('.paper')).toContainText(payload);
      await isText(page);
    }
    await open('/tijdlijn/gesprek');
    for (const payload of PAYLOADS) {
      expect(await typeEverywhere(page, payload)).toBeGreaterThan(0);
      await isText(page);
    }
  });

  test('a request shows what she told as text, to her and to who helps', async ({ page, open, guarded, desk }) => {
    await guarded(page);
    const held = await askHelp(page, open, { reach: { name: PAYLOADS[1] }, story: { story: ALL } });
    await openHelp(page, open, held);
    await expect(page.locator('main [name=name]')).toHaveValue(PAYLOADS[1]);
    await isText(page);
    const helper = await desk('Samira');
    await guarded(helper);
    for (const path of ['/balie', '/balie/collega', '/balie/beschikbaar']) {
      await helper.goto(path);
      await typeEverywhere(helper, ALL);
      await isText(helper);
    }
  });

  test('two who look together see what the other types as text', async ({ page: her, somebody, guarded }) => {
    const helper = await somebody();
    await guarded(her);
    await guarded(helper);
    await sitDown(her, helper, { from: '/tijdlijn/gesprek', name: PAYLOADS[1] });
    await expect(her.locator('.together-banner')).toContainText(PAYLOADS[1]);
    const id = (await asked(helper).locator('[data-together=point][data-question]').last().getAttribute('data-question'))!;
    for (const payload of PAYLOADS) {
      await write(helper, payload);
      await expect(her.locator('body')).toContainText(payload);
    }
    await typeEverywhere(her, ALL);
    await flip(her, id);
    await expect(seen(helper, id)).toContainText(PAYLOADS[0]);
    await propose(helper, id, ALL);
    await expect(beside(her, id)).toContainText(PAYLOADS[0]);
    await unfold(her, 'samen-ziet');
    await question(helper, id).locator('[data-together=point]').click();
    await her.reload();
    await live(her);
    await isText(her);
    await isText(helper);
  });
});
