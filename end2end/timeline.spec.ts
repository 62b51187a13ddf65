import { readFileSync } from 'node:fs';

import { expect, test } from './fixtures';
import { byId, CASE, chooseLetter, daysAgo, fill, makeLetter, show, tell, wish } from './journey.mjs';

test('a parent with a few letters sees the line of her case, whose turn it is and how late it is', async ({ page, open }) => {
  await open('/tijdlijn');
  await tell(page, CASE);
  await show(page);
  const running = page.locator('.timeline-step[data-state=current]');
  await expect(running).toHaveCount(2);
  const objection = running.first();
  // 1-3-2024 + 6 weeks + 12 weeks, and the 19 days that she was waited for.
  await expect(objection).toContainText('24 juli 2024');
  await expect(objection.locator('.timeline-late')).toBeVisible();
  await expect(objection.locator('.clocks li[data-turn=parent]')).toContainText('19');
  await expect(page.locator('.todo li').first()).toBeVisible();
  await expect(byId(page, 'letters[2].on')).toHaveValue('1-3-2024');
});

test('what is wrong is told at its field, and nothing typed is lost', async ({ page, open }) => {
  await open('/tijdlijn');
  await tell(page, [['registered', '16-1-2023'], ['first_test_decided', '31-2-2023']]);
  await show(page);
  await expect(page.locator('[data-problem-of="letters[1].on"] .field-error')).toBeVisible();
  await expect(page.locator('.error-summary')).toBeFocused();
  await expect(byId(page, 'letters[1].on')).toHaveValue('31-2-2023');
  await expect(page.locator('.timeline-step[data-state=current]').first()).toBeVisible();
});

test('the line follows while she types, and stands there again after another page', { tag: '@scripts' }, async ({ page, open }) => {
  const requests: string[] = [];
  await open('/tijdlijn');
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  await tell(page, [['registered', '17-3-2023']]);
  await expect(page.locator('.timeline-step[data-state=current]')).toHaveCount(2);
  await page.locator('.letters button[value="add.letters"]').click();
  await expect(byId(page, 'letters[3].kind')).toBeFocused();
  await open('/verder');
  await open('/tijdlijn');
  await expect(byId(page, 'letters[0].on')).toHaveValue('17-3-2023');
  await expect(byId(page, 'letters[3].kind')).toBeVisible();
  for (const request of requests) {
    expect(request).toMatch(/^GET /);
    expect(request).not.toMatch(/17-3-2023|2023-03-17/);
  }
});

test('the answer comes first without scripts, and has the focus with them', async ({ page, open, scripts }) => {
  await open('/tijdlijn');
  await tell(page, CASE.slice(0, 2));
  await show(page);
  const first = page.locator('.results > [data-part]').first();
  await expect(first.locator('.notice--late button[name=wish]')).toBeVisible();
  if (scripts) {
    await expect(byId(page, 'uitkomst-kop')).toBeFocused();
    await expect(first.locator('.notice strong').first()).toBeInViewport();
  } else expect((await byId(page, 'uitkomst-kop').boundingBox())!.y).toBeLessThan((await page.locator('.letters form').boundingBox())!.y);
});

test('a letter that it is too late is ready with the dates of her case', async ({ page, open, ready, scripts }) => {
  await open('/tijdlijn');
  await tell(page, CASE);
  await show(page);
  await wish(page, 'notice_of_default.objection');
  await page.waitForURL('**/tijdlijn/brief');
  await ready();
  expect(page.url()).not.toMatch(/[?#]/);
  await expect(byId(page, 'requested_on')).toHaveValue('1-4-2024');
  await expect(byId(page, 'end_on')).toHaveValue('24-7-2024');
  await fill(page, { name: 'Anna Jansen', town: 'Utrecht' });
  await makeLetter(page);
  const letter = page.locator('.paper');
  await expect(letter).toContainText('Anna Jansen');
  await expect(letter).toContainText('24 juli 2024');
  await expect(letter.locator('.to-write').first()).toBeVisible();
  if (scripts) await expect(byId(page, 'uitkomst-kop')).toBeFocused();
});

test('a letter that would not count yet is not made', { tag: '@any-width' }, async ({ page, open, scripts }) => {
  await open('/tijdlijn/brief');
  await chooseLetter(page, 'notice_of_default', scripts);
  await byId(page, 'step').selectOption('damage');
  await fill(page, { requested_on: daysAgo(30), end_on: '1-9-2090' });
  await makeLetter(page);
  await expect(page.locator('.results .notice--waiting')).toContainText('2 september 2090');
  await expect(page.locator('.paper')).toHaveCount(0);
});

test('what a letter misses is told at its field', { tag: '@any-width' }, async ({ page, open, scripts }) => {
  await open('/tijdlijn/brief');
  await chooseLetter(page, 'objection', scripts);
  await fill(page, { decision_on: '31-2-2026' });
  await makeLetter(page);
  await expect(page.locator('.error-summary a')).toHaveCount(2);
  await expect(page.locator('.error-summary')).toBeFocused();
  await expect(page.locator('[data-problem-of=decision_on] .field-error')).toBeVisible();
  await expect(byId(page, 'decision_on')).toHaveValue('31-2-2026');
});

test('a letter follows while she types, is saved as text, and goes nowhere', { tag: '@scripts' }, async ({ page, open, ready }) => {
  const requests: string[] = [];
  await open('/tijdlijn/brief');
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  await chooseLetter(page, 'request_file', true);
  await byId(page, 'name').pressSequentially('Marktanna');
  await expect(page.locator('.paper')).toContainText('Marktanna');
  const saved = page.waitForEvent('download');
  await page.locator('[data-do=save]').click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^brief-\d{4}-\d\d-\d\d\.txt$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toMatch(/^Marktanna\n/);
  expect(text).toContain('dossier');
  for (const request of requests) {
    expect(request).toMatch(/^GET /);
    expect(request).not.toContain('Marktanna');
  }
  // It stands there again, and goes when she wipes it.
  await open('/tijdlijn');
  await open('/tijdlijn/brief');
  await expect(byId(page, 'name')).toHaveValue('Marktanna');
  await expect(page.locator('.paper')).toContainText('Marktanna');
  await page.locator('.keep > button').nth(1).click();
  await expect(page.locator('.paper')).toHaveCount(0);
  await ready();
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).toBe('{}');
});

test('another letter or step asks for its own dates', { tag: ['@scripts', '@any-width'] }, async ({ page, open }) => {
  await open('/tijdlijn');
  await tell(page, CASE);
  await open('/tijdlijn/brief');
  await chooseLetter(page, 'notice_of_default', true);
  await expect(byId(page, 'step')).toHaveValue('objection');
  await expect(byId(page, 'end_on')).toHaveValue('24-7-2024');
  await byId(page, 'step').selectOption('damage');
  await expect(byId(page, 'requested_on')).toHaveValue('23-8-2023');
  await expect(byId(page, 'end_on')).toHaveValue('23-2-2024');
  await byId(page, 'step').selectOption('first_test');
  await expect(byId(page, 'end_on')).toHaveValue('');
  await expect(page.locator('.paper')).toHaveCount(0);
  await expect(page.locator('.field-error')).toHaveCount(0);
});

test('on paper a letter stands alone', { tag: '@any-width' }, async ({ page, open, scripts }) => {
  await open('/tijdlijn/brief');
  await chooseLetter(page, 'request_file', scripts);
  await makeLetter(page);
  await expect(page.locator('.paper')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.paper')).toBeVisible();
  for (const around of ['.site-header', '.person', '.site-footer', 'h1', '.ready-letter form', '.sending']) {
    await expect(page.locator(around)).toBeHidden();
  }
});

test('on paper a case says what it was made from, and has no form', { tag: '@any-width' }, async ({ page, open }) => {
  await open('/tijdlijn');
  await tell(page, CASE);
  await show(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.results .on-paper .fact')).toHaveCount(CASE.length);
  await expect(page.locator('.timeline-step').first()).toBeVisible();
  for (const around of ['.site-header', '.site-footer', '.letters form', '.for-calendar', '.toolbar']) {
    await expect(page.locator(around)).toBeHidden();
  }
});

test('the days to come are a file for her calendar, and where there is none it says so', async ({ page, open, scripts }) => {
  await open('/tijdlijn');
  await tell(page, [['registered', '16-1-2023']]);
  await show(page);
  await expect(page.locator('.for-calendar')).toBeVisible();
  await expect(page.locator('.for-calendar button')).toHaveCount(0);
  await tell(page, [['registered', '16-1-2023'], ['first_test_decided', '1-5-2023'], ['assessment_decided', daysAgo(20)]]);
  await show(page);
  const posts: string[] = [];
  page.on('request', (request) => posts.push(request.method()));
  const saved = page.waitForEvent('download');
  await page.locator('.for-calendar button').click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^herstelroute-\d{4}-\d\d-\d\d\.ics$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(text.match(/^SUMMARY.*$/gm)!.every((line) => line.trim() === 'SUMMARY:Herstelroute: termijn')).toBe(true);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  if (scripts) expect(posts.filter((method) => method === 'POST')).toEqual([]);
});

test('a sheet for the conversation keeps what she types on the phone, and prints it whole with lines to write on', async ({ page, open, scripts }) => {
  await open('/tijdlijn/gesprek');
  const long = Array.from({ length: 12 }, (_, at) => `Regel ${at}`).join('\n');
  await byId(page, 'needs').fill(long);
  if (!scripts) await page.locator('.sheet button').click();
  else {
    await open('/tijdlijn');
    await open('/tijdlijn/gesprek');
  }
  await expect(byId(page, 'needs')).toHaveValue(long);
  expect(page.url()).not.toMatch(/[?#]/);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[data-written=needs]')).toBeVisible();
  await expect(page.locator('[data-written=needs]')).toContainText('Regel 11');
  await expect(byId(page, 'needs')).toBeHidden();
  await expect(page.locator('.lines-to-write').first()).toBeVisible();
  for (const around of ['.site-header', '.person', '.site-footer', '.toolbar']) await expect(page.locator(around)).toBeHidden();
});

test('with the keyboard alone, from a late case to its letter', { tag: '@scripts' }, async ({ page, open, ready }) => {
  await open('/tijdlijn');
  await tell(page, CASE.slice(0, 2));
  await byId(page, 'letters[1].on').press('Enter');
  await expect(byId(page, 'uitkomst-kop')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.locator('button[name=wish]').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/tijdlijn/brief');
  await ready();
  await byId(page, 'name').focus();
  await page.keyboard.type('Anna');
  await page.keyboard.press('Enter');
  await expect(byId(page, 'uitkomst-kop')).toBeFocused();
  await expect(page.locator('.paper')).toContainText('Anna');
});
