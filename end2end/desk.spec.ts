import { expect, test, type Page } from './fixtures';
import { askHelp, HELP, openHelp } from './journey.mjs';

/** What nobody may read but who picked it up. */
const MARKER = 'Zonnebloem 4711';
/** Every project asks from a province of its own, and every journey in a language of its own: so each finds its own request. */
const PROVINCES = { chromium: ['zeeland', 'Zeeland'], 'no-js': ['drenthe', 'Drenthe'], phone: ['flevoland', 'Flevoland'] } as const;
const LANGUAGES = { nl: 'Nederlands', en: 'Engels', tr: 'Turks' } as const;

const province = () => PROVINCES[test.info().project.name as keyof typeof PROVINCES];

/** A request that Samira and Joyce can pick up. */
const ask = (page: Page, open: (path: string) => Promise<void>, language: keyof typeof LANGUAGES) =>
  askHelp(page, open, {
    kind: { kind: 'experience_expert' },
    language: { language },
    region: { region: province()[0] },
    reach: { name: MARKER },
    story: { story: `${MARKER} begrijpt het besluit niet.` },
  });

/** It, as it waits on the list. */
const waiting = (desk: Page, language: keyof typeof LANGUAGES) =>
  desk.locator('#wacht .desk-request', { hasText: province()[1] }).filter({ hasText: LANGUAGES[language] });

test('a request arrives at a desk, is picked up, answered, followed and closed', async ({ page, open, desk }) => {
  const held = await ask(page, open, 'nl');
  const samira = await desk('Samira');
  await expect(waiting(samira, 'nl')).toBeVisible();
  await expect(samira.locator('main')).not.toContainText('Zonnebloem');
  await waiting(samira, 'nl').locator('button').click();
  await expect(samira.locator('#persoonlijk')).toContainText(MARKER);
  await expect(samira.locator('#persoonlijk')).toContainText(HELP.reach.phone);
  expect(samira.url()).not.toContain('Zonnebloem');

  await openHelp(page, open, held);
  await expect(page.locator('main')).toContainText('Samira opende uw gegevens');

  await samira.locator('input[name=way][value=reached]').check();
  await samira.locator('textarea[name=note]').fill('Wij bellen morgen weer.');
  await samira.locator('#contact button[type=submit]').click();
  await expect(samira.locator('#contact')).toContainText('Wij bellen morgen weer.');
  await samira.locator('input[name=outcome]').first().check();
  await samira.locator('#afronden button').click();
  await expect(samira).toHaveURL(/\/balie\?klaar=afgerond$/);

  await openHelp(page, open, held);
  await page.locator('input[name=was_fair]').first().check();
  await page.locator('input[name=can_go_on]').first().check();
  await page.locator('button[value=answer]').click();
  await expect(page.locator('.notice--done')).toBeVisible();
  await expect(page.locator('button[value=answer]')).toHaveCount(0);
});

test('of two helpers one gets it, hands it over, and she asks for another', { tag: '@any-width' }, async ({ page, open, desk }) => {
  const held = await ask(page, open, 'en');
  const [samira, joyce] = [await desk('Samira'), await desk('Joyce')];
  await Promise.all([samira, joyce].map((helper) => waiting(helper, 'en').locator('button').click()));
  await Promise.all([samira, joyce].map((helper) => helper.waitForURL(/klaar=(opgepakt|weg)/)));
  const [winner, loser] = samira.url().includes('opgepakt') ? [samira, joyce] : [joyce, samira];
  await expect(loser).toHaveURL(/klaar=weg/);

  await winner.locator('select[name=to]').selectOption({ label: winner === samira ? 'Joyce' : 'Samira' });
  await winner.locator('#doorgeven button').click();
  await expect(winner).toHaveURL(/klaar=doorgegeven/);
  await loser.goto('/balie');
  await loser.locator('#eigen .desk-request', { hasText: held.reference }).locator('a').click();
  await expect(loser.locator('#persoonlijk')).toContainText(MARKER);

  await openHelp(page, open, held);
  await page.locator('button[value=decline]').click();
  await expect(page.locator('.timeline-step[aria-current=step]')).toContainText('Binnen');
  const gone = await loser.reload();
  expect(gone?.status()).toBe(404);
  await loser.goto('/balie');
  await expect(waiting(loser, 'en')).toHaveCount(0);
  await winner.goto('/balie');
  await expect(waiting(winner, 'en')).toBeVisible();
});

test('what she takes back is gone from the desk, and a coordinator sees numbers only', { tag: '@any-width' }, async ({ page, open, desk }) => {
  const held = await ask(page, open, 'tr');
  const samira = await desk('Samira');
  await waiting(samira, 'tr').locator('button').click();
  const henk = await desk('Henk');
  await henk.goto('/balie/overzicht');
  await expect(henk.locator('#wie-draagt-wat')).toContainText('Samira');
  await expect(henk.locator('main')).not.toContainText('Zonnebloem');
  await expect(henk.locator('main')).not.toContainText(held.reference);

  await openHelp(page, open, held);
  await page.locator('button[value=ask_withdraw]').click();
  await page.locator('button[value=withdraw]').click();
  const gone = await samira.reload();
  expect(gone?.status()).toBe(404);
  await expect(samira.locator('main')).not.toContainText('Zonnebloem');
});
