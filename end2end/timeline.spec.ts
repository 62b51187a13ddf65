import { expect, test } from './fixtures';
import { byId, CASE, show, tell } from './journey.mjs';

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
