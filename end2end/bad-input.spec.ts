import { writeFile } from 'node:fs/promises';

import { expect, test } from './fixtures';
import { add, byId, calculate, fill, LETTERS, pick } from './journey.mjs';

/** One bad value each, in a form that is right for the rest. */
const BAD = [
  { what: 'an amount that can be read in two ways', field: 'years[0].reclaimed', typed: '1.2.3' },
  { what: 'a negative amount', field: 'years[0].interest_and_costs_paid', typed: '-5' },
  { what: 'an amount without end', field: 'received', typed: '1000000000000000000' },
  { what: 'an amount beyond any number', field: 'legal_help', typed: '9'.repeat(60) },
  { what: 'words for an amount', field: 'received', typed: 'weet ik niet <b>' },
  { what: 'a day that does not exist', field: 'first_correction_on', typed: '31-2-2014' },
  { what: 'a day in the future', field: 'decision_on', typed: '1-1-2099' },
  { what: 'a decision before the correction', field: 'decision_on', typed: '1-1-2013' },
  { what: 'a year before the scheme', field: 'years[0].year', typed: '2004' },
  { what: 'a year that is no year', field: 'years[0].year', typed: '12' },
];

for (const { what, field, typed } of BAD) {
  test(`${what} is told at its field, kept, and the rest is still computed`, async ({ page, scripts, open }) => {
    await open('/bedragen');
    await fill(page, { received: '30.000', ...LETTERS, [field]: typed });
    await pick(page, 'years[0].ground', 'compensation');
    const answered = scripts ? undefined : page.waitForResponse((response) => response.request().method() === 'POST');
    await calculate(page);
    if (answered) {
      expect((await answered).status()).toBe(422);
      await expect(page).toHaveTitle(/^Fout: /);
    }
    await isTold(page, field, typed, scripts);
    await expect(page.locator('.route-result[data-route=finish_after_30k] .figure-amount')).toHaveText('€ 30.000');
    await expect(page.locator('.route-result[data-route=integral_assessment] .figure-amount')).toContainText('€ 30.000');
  });
}

test('a lowest amount above the highest is told at its field', async ({ page, scripts, open }) => {
  await open('/bedragen');
  await add(page, 'damages');
  await byId(page, 'damages[0].kind').selectOption('income');
  await fill(page, { 'damages[0].low': '9.000', 'damages[0].high': '100' });
  await calculate(page);
  await isTold(page, 'damages[0].high', '100', scripts);
  await expect(byId(page, 'damages[0].low')).toHaveValue('9.000');
});

test('damage without a kind is told at its field', async ({ page, scripts, open }) => {
  await open('/bedragen');
  await add(page, 'damages');
  await fill(page, { 'damages[0].low': '100' });
  await calculate(page);
  await isTold(page, 'damages[0].kind', '', scripts);
});

test('a child born tomorrow or later is told at its field', async ({ page, scripts, open }) => {
  await open('/bedragen');
  await add(page, 'children');
  await fill(page, { 'children[0].born_on': '1-1-2099' });
  await calculate(page);
  await isTold(page, 'children[0].born_on', '1-1-2099', scripts);
});

test('forty-one years are refused in words, and none of them is lost', { tag: '@no-scripts' }, async ({ page, request, open }) => {
  const form = Object.fromEntries(Array.from({ length: 41 }, (_, row) => [`years[${row}].year`, String(2005 + (row % 20))]));
  const answer = await request.post('/bedragen', { form, headers: { 'sec-fetch-site': 'same-origin' } });
  expect(answer.status()).toBe(422);
  expect(await answer.text()).toContain('name="years[40].year"');
  await open('/bedragen');
});

test('a problem appears when she leaves the field, and goes when it is put right', { tag: '@scripts' }, async ({ page, open }) => {
  await open('/bedragen');
  const slot = page.locator('[data-problem-of="received"]');
  await byId(page, 'received').pressSequentially('1.2');
  await expect(slot).toBeEmpty();
  await byId(page, 'received').press('Tab');
  await expect(slot).not.toBeEmpty();
  await expect(byId(page, 'received')).toHaveAttribute('aria-invalid', 'true');
  await byId(page, 'received').fill('1.200');
  await byId(page, 'received').press('Tab');
  await expect(slot).toBeEmpty();
  await expect(byId(page, 'received')).not.toHaveAttribute('aria-invalid', 'true');
});

for (const [what, json] of [
  ['no receipt at all', '{"kind":"something.else"}'],
  ['no JSON', 'Geachte heer, mevrouw'],
  ['empty', ''],
  ['a situation that cannot be', '{"kind":"herstelroute.receipt","rules":{"version":"1","sha256":"0"},"situation":{"on":"2026-02-31","recognised":true},"assessment":{},"parameters":[]}'],
] as const) {
  test(`a file that is ${what} is refused in words`, async ({ page, scripts, open }, info) => {
    const path = info.outputPath('bestand.json');
    await writeFile(path, json);
    await open('/vergelijken');
    await byId(page, 'bestand').setInputFiles(path);
    const answered = scripts ? undefined : page.waitForResponse((response) => response.request().method() === 'POST');
    await page.locator('form[action="/vergelijken/openen"] button[type=submit]').click();
    if (answered) {
      expect((await answered).status()).toBe(422);
      await expect(page).toHaveTitle(/^Fout: /);
    }
    await expect(page.locator('.field-error')).toBeVisible();
    await expect(page.locator('h1')).toBeVisible();
  });
}

/** The same words at the field and in the summary, which has the focus and leads to the field; what was typed still stands. */
async function isTold(page: import('@playwright/test').Page, field: string, typed: string, scripts: boolean) {
  const summary = page.locator('.error-summary');
  await expect(summary).toBeVisible();
  if (scripts) await expect(summary).toBeFocused();
  const link = summary.locator(`a[href="#${field}"]`);
  const words = (await link.textContent())?.trim() ?? '';
  expect(words).not.toBe('');
  await expect(page.locator(`[data-problem-of="${field}"]`)).toContainText(words);
  await expect(byId(page, field)).toHaveValue(typed);
  await expect(byId(page, field)).toHaveAttribute('aria-invalid', 'true');
  await link.click();
  await expect(byId(page, field)).toBeInViewport();
  await expect(byId(page, field)).toBeFocused();
}
