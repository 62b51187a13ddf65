// Every page as it opens, and what stands there when something is wrong with the way to it.
import { pages } from '../environment.mjs';
import { post, test, unfoldAll } from './look';

for (const { path } of pages()) {
  test(path, async ({ page, open, look }) => {
    await open(path);
    await look('opened');
    if ((await page.locator('main details:not([open])').count()) === 0) return;
    await unfoldAll(page);
    await look('all unfolded');
  });
}

test('a word explained in place', async ({ page, open, look }) => {
  await open('/verder');
  await page.locator('main button.term').first().click();
  await look('its note');
});

test('trouble on the way', async ({ page, open, look, ready }) => {
  await open('/bestaat-niet');
  await look('a page that isn’t there');
  await post(page, '/', { a: '1' });
  await look('sent to a page that takes nothing');
  await post(page, '/bedragen', { received: 'x'.repeat(600_000) });
  await look('too much sent');
  await page.goto('about:blank');
  await post(page, '/bedragen', { received: '1' });
  await ready();
  await look('sent from another site');
  await open('/inloggen/demo/0000');
  await look('a link of the demo that was used');
});
