import { expect, test, type Page } from './fixtures';
import { byId, choose, next } from './journey.mjs';
import { asked, begin, beside, flip, knock, live, press, propose, question, seen, sitDown, unfold, write } from './together.mjs';

test.use({ viewport: { width: 360, height: 740 } });

const banner = (her: Page) => her.locator('.together-banner');
/** What a screen reader says at once. */
const said = (page: Page) => page.locator('#samen-gezegd[role=status]');
const logged = (page: Page) => page.locator('.together-log li');

/** What both can read back. */
const TOLD = ['kwam erbij (niet gecontroleerd)', 'liet zien: ', 'liet alles op de pagina zien', 'dekte af: ', 'dekte alles op de pagina af', 'wees aan', 'schreef: Kijk op de brief', 'stelde voor', 'nam over', 'nam niet over', 'wilde zelf iets anders invullen'];

test.describe('with scripts', { tag: '@scripts' }, () => {
  test('two look at one form together, and nothing changes without her', async ({ page: her, somebody }) => {
    const helper = await somebody();
    const code = await begin(her);
    expect(code).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
    await expect(her.locator('svg.qr')).toBeVisible();
    await knock(helper, code);
    await expect(helper).toHaveURL('/samen/mee');
    await expect(asked(helper), 'before she says yes').toHaveCount(0);
    await expect(her.locator('#samen-wie')).toContainText('Fatima');
    await expect(her.locator('#samen')).toContainText('Niet gecontroleerd');
    await press(her, 'confirm');
    await her.locator('main a.nl-button[href="/bedragen"]').click();
    await live(her);

    await expect(banner(her)).toContainText('Fatima');
    await expect(banner(her)).toContainText('niet gecontroleerd');
    await expect(seen(helper, 'recognised')).toHaveText('Ja');
    await expect(seen(helper, 'received')).toHaveText('Afgedekt');
    await byId(her, 'received').fill('30.000');
    await expect(beside(her, 'received')).toContainText('Fatima ziet dit niet');
    await flip(her, 'received');
    await expect(seen(helper, 'received')).toHaveText('€ 30.000');
    await byId(her, 'received').press('End');
    await byId(her, 'received').pressSequentially(',50');
    await expect(seen(helper, 'received')).toHaveText('€ 30.000,50');
    await flip(her, 'received');
    await expect(seen(helper, 'received')).toHaveText('Afgedekt');

    await unfold(her, 'samen-ziet');
    const results = helper.locator('.together-result');
    const result = results.first();
    await expect(result).toContainText('Afgedekt');
    await banner(her).locator('[data-question="#uitkomst"]').click();
    await expect(result).toContainText('€');
    await press(her, 'show-all');
    await expect(helper.locator('.together-covered')).toHaveCount(0);
    await press(her, 'cover-all');
    await expect(seen(helper, 'recognised')).toHaveText('Afgedekt');
    await flip(her, 'recognised');
    await banner(her).locator('[data-question="#uitkomst"]').click();
    await expect(result).toContainText('€');

    await question(helper, 'received').locator('[data-together=point]').click();
    await expect(said(her)).toContainText('Fatima wijst aan');
    await expect(her.locator('.together-pointed')).toBeVisible();
    await write(helper, 'Kijk op de brief van 2020.');
    await expect(banner(her).locator('.together-note')).toContainText(['wijst aan', 'Kijk op de brief van 2020.']);
    await expect(said(her)).toContainText('Kijk op de brief van 2020.');
    await press(her, 'read');
    await expect(banner(her).locator('.together-note')).toHaveCount(1);

    const before = await results.allInnerTexts();
    await propose(helper, 'received', '12.000');
    await propose(helper, 'recognised', 'no');
    await propose(helper, 'legal_help', '800');
    await expect(beside(her, 'received').locator('.together-proposal')).toContainText('12.000');
    await expect(said(her)).toContainText('Fatima stelt iets voor');
    await expect(byId(her, 'received'), 'nothing changes before she accepts').toHaveValue('30.000,50');
    await expect(her.locator('[name=recognised][value=yes]')).toBeChecked();
    await beside(her, 'received').locator('[data-together=accept]').click();
    await expect(byId(her, 'received')).toHaveValue('12.000');
    await expect(byId(her, 'received')).toBeFocused();
    await expect(question(helper, 'received').locator('.together-note')).toHaveText('De ouder nam uw voorstel over.');
    await beside(her, 'recognised').locator('[data-together=accept]').click();
    await expect(her.locator('[name=recognised][value=no]')).toBeChecked();
    await expect.poll(() => results.allInnerTexts(), 'the page computes with what she took over').not.toEqual(before);
    await byId(her, 'legal_help').fill('950');
    await beside(her, 'legal_help').locator('[data-together=change]').click();
    await expect(byId(her, 'legal_help')).toBeFocused();
    await expect(byId(her, 'legal_help')).toHaveValue('950');
    await expect(question(helper, 'legal_help').locator('.together-note')).toHaveText('De ouder vult zelf iets in.');
    await propose(helper, 'years[0].ground', 'compensation');
    await beside(her, 'years[0].ground').locator('[data-together=decline]').click();
    await expect(question(helper, 'years[0].ground').locator('.together-note')).toHaveText('De ouder nam uw voorstel niet over.');
    await expect(her.locator('[name="years[0].ground"]:checked')).toHaveCount(0);

    await unfold(helper, 'samen-log');
    await her.goto('/samen');
    for (const words of TOLD) {
      await expect(logged(her).filter({ hasText: words }).first(), words).toBeVisible();
    }
    for (const words of TOLD) {
      await expect(logged(helper).filter({ hasText: words }).first(), words).toBeVisible();
    }
    await her.emulateMedia({ media: 'print' });
    await expect(logged(her).first()).toBeVisible();
    await expect(banner(her)).toBeHidden();
  });

  test('the chooser is followed question by question', async ({ page: her, somebody }) => {
    const helper = await somebody();
    await sitDown(her, helper, { from: '/keuzehulp' });
    await choose(her, 'urgent', 'no');
    await expect(seen(helper, 'answer.urgent')).toContainText('Nee');
    await next(her);
    await expect(question(helper, 'answer.who')).toBeVisible();
    await expect(question(helper, 'answer.urgent')).toHaveCount(0);
    await propose(helper, 'answer.who', 'parent');
    await beside(her, 'answer.who').locator('[data-together=accept]').click();
    await next(her);
    await expect(question(helper, 'answer.recognised')).toBeVisible();
  });

  test('a support worker who is signed in is shown as who she is', async ({ page: her, desk }) => {
    const helper = await desk('Samira');
    const code = await begin(her);
    await knock(helper, code);
    const words = her.locator('#samen');
    await expect(words).toContainText('Wij controleerden: dit is Samira');
    await expect(words).toContainText(/, .+ bij /);
    await press(her, 'confirm');
    await expect(banner(her)).toContainText('(gecontroleerd)');
    await expect(logged(her).filter({ hasText: '(gecontroleerd)' })).toBeVisible();
  });

  test('she says no, and the helper is told', async ({ page: her, somebody }) => {
    const helper = await somebody();
    await knock(helper, await begin(her));
    await her.locator('#samen-wie').waitFor();
    await her.locator('#samen [data-together=stop]').click();
    await expect(helper.locator('#samen')).toContainText('De ouder stopte.');
    await expect(her.locator('#samen')).toContainText('U stopte.');
  });

  test('she and her meeting go along to every page, and other tabs say where it is', async ({ page: her, somebody }) => {
    const helper = await somebody();
    await sitDown(her, helper);
    for (const path of ['/over', '/privacy', '/hulpvraag', '/tijdlijn', '/']) {
      await her.goto(path);
      await expect(banner(her).locator('[data-together=stop]'), path).toBeVisible();
      await expect(helper.locator('.together-page'), path).toHaveAttribute('aria-label', await her.locator('h1').innerText());
    }
    const tab = await her.context().newPage();
    await tab.goto('/bedragen');
    await expect(banner(tab)).toContainText('in een ander tabblad');
    const third = await her.context().newPage();
    await third.goto('/over');
    await expect(banner(third)).toContainText('in een ander tabblad');
    await her.goto('/bedragen');
    await her.reload();
    await helper.reload();
    await expect(question(helper, 'received')).toBeVisible();
    await propose(helper, 'received', '5.000');
    await expect(beside(her, 'received').locator('.together-proposal')).toBeVisible();
    await her.reload();
    await expect(beside(her, 'received').locator('.together-proposal')).toBeVisible();

    await press(third, 'stop');
    await expect(banner(her)).toContainText('U kijkt niet meer samen');
    await expect(helper.locator('#samen-deel')).toContainText('De ouder stopte');
    await third.goto('/privacy');
    await expect(banner(third)).toHaveCount(0);
  });

  test('a tab that was doubled takes her chair, and the first one says so', async ({ page: her, somebody }) => {
    const helper = await somebody();
    await sitDown(her, helper);
    // A page that a page opens begins with the same storage, as a doubled tab does.
    const [doubled] = await Promise.all([her.waitForEvent('popup'), her.evaluate(() => void window.open('/bedragen'))]);
    await expect(beside(doubled, 'received')).toBeVisible();
    await expect(banner(her)).toContainText('in een ander tabblad');
    await expect(banner(her).locator('[data-together=stop]')).toHaveCount(0);
    await propose(helper, 'received', '5.000');
    await beside(doubled, 'received').locator('[data-together=accept]').click();
    await expect(byId(doubled, 'received')).toHaveValue('5.000');
    await expect(byId(her, 'received')).toHaveValue('');
    await doubled.close();
    await her.reload();
    await expect(beside(her, 'received')).toBeVisible();
  });

  test('she stops: nobody looks any more, and what happened is hers to keep or to wipe', async ({ page: her, somebody }) => {
    const helper = await somebody();
    await sitDown(her, helper);
    await press(helper, 'point');
    await expect(said(her)).toContainText('Fatima wijst aan');
    await press(her, 'stop');
    await expect(helper.locator('#samen')).toContainText('De ouder stopte.');
    await expect(asked(helper)).toHaveCount(0);
    await expect(her.locator('.together-field')).toHaveCount(0);
    await expect(banner(her)).toContainText('U kijkt niet meer samen.');
    await her.goto('/over');
    await expect(her.locator('h1')).toBeVisible();
    await expect(her.locator('script[type=module]')).toHaveCount(0);
    await her.goto('/samen');
    await expect(logged(her).last()).toHaveText(/U stopte\.$/);
    await expect(logged(her).filter({ hasText: 'Fatima wees aan' })).toHaveCount(1);
    await expect(her.locator('[data-together=print]')).toBeVisible();
    await press(her, 'forget');
    await expect(logged(her)).toHaveCount(0);
    await her.reload();
    await live(her);
    await expect(logged(her)).toHaveCount(0);
  });

  test('the helper stops, and she is told', async ({ page: her, somebody }) => {
    const helper = await somebody();
    await sitDown(her, helper);
    await press(helper, 'stop');
    await expect(banner(her)).toContainText('Degene die meekeek, stopte.');
    await expect(helper.locator('#samen')).toContainText('U stopte.');
    await her.goto('/tijdlijn');
    await live(her);
    await expect(banner(her)).toHaveCount(0);
  });

  test('“wis alles” ends it and wipes what happened', async ({ page: her, somebody }) => {
    const helper = await somebody();
    await sitDown(her, helper);
    await her.locator('.keep button', { hasText: /wis/i }).click();
    await expect(helper.locator('#samen')).toContainText('De ouder stopte.');
    await her.goto('/samen');
    await expect(her.locator('#samen-begin')).toBeVisible();
    await expect(logged(her)).toHaveCount(0);
    await expect(banner(her)).toHaveCount(0);
  });
});

test.describe('with trouble on the way', { tag: '@scripts' }, () => {
  // The browser tells of every line that fails, and that the site to flee to isn't there.
  test.use({ expectedTrouble: /samen\/lijn|WebSocket|ERR_INTERNET_DISCONNECTED|ERR_NAME_NOT_RESOLVED/ });

  test('who leaves quickly ends it, in either chair', async ({ page: her, somebody }) => {
    for (const isHers of [true, false]) {
      const helper = await somebody();
      await sitDown(her, helper);
      const [leaves, stays] = isHers ? [her, helper] : [helper, her];
      await leaves.locator('a.leave').click();
      await expect(isHers ? stays.locator('#samen') : banner(stays)).toContainText(isHers ? 'De ouder stopte.' : 'Degene die meekeek, stopte.');
    }
  });

  test('a wrong code and a second helper are refused at the field, and nothing typed is lost', async ({ page: her, somebody }) => {
    const [helper, second] = [await somebody(), await somebody()];
    const code = await begin(her);
    await second.goto('/samen/mee');
    await second.locator('form[data-together=join] button').click();
    await expect(second.locator('.field-error')).toHaveCount(2);
    await expect(second.locator('.error-summary')).toBeFocused();
    await second.locator('#code').fill('welkom01');
    await second.locator('#naam').fill('Karel');
    await second.locator('form[data-together=join] button').click();
    await expect(second.locator('[data-problem-of=code] .field-error')).toBeVisible();
    await expect(second.locator('#code')).toHaveValue('welkom01');
    await knock(helper, code);
    await her.locator('#samen-wie').waitFor();
    await second.locator('#code').fill(code.toLowerCase().replaceAll('-', ' '));
    await second.locator('form[data-together=join] button').click();
    await expect(second.locator('[data-problem-of=code] .field-error')).toContainText('Deze code werkt niet');
    await expect(second.locator('#naam')).toHaveValue('Karel');
    await expect(second.locator('#code')).not.toHaveValue('');
    await expect(her.locator('#samen-wie')).toContainText('Fatima');
  });

  for (const chair of ['her', 'the helper'] as const) {
    test(`${chair} loses the network: both are told, and both go on`, async ({ page: her, somebody }) => {
      // That somebody is away is told after ten seconds.
      test.slow();
      const helper = await somebody();
      await sitDown(her, helper);
      const lost = chair === 'her' ? her : helper;
      await lost.context().setOffline(true);
      const own = chair === 'her' ? banner(her) : helper.locator('#samen-deel');
      const other = chair === 'her' ? helper.locator('#samen-deel') : banner(her);
      await Promise.all([
        expect(own).toContainText('U heeft even geen verbinding', { timeout: 14_000 }),
        expect(other).toContainText('is even weg', { timeout: 12_000 }),
      ]);
      await propose(helper, 'received', '5.000');
      if (chair === 'her') await byId(her, 'years[0].year').fill('2012');
      await lost.context().setOffline(false);
      await expect(beside(her, 'received').locator('.together-proposal')).toBeVisible({ timeout: 12_000 });
      await expect(own).not.toContainText('U heeft even geen verbinding');
      await expect(other).not.toContainText('is even weg');
      await flip(her, 'years[0].year');
      await expect(seen(helper, 'years[0].year')).toHaveText(chair === 'her' ? '2012' : 'Nog niets ingevuld');
    });
  }

  for (const blocked of ['her', 'both'] as const) {
    test(`where WebSockets are blocked for ${blocked}, all still works`, async ({ page: her, somebody }) => {
      const helper = await somebody();
      const block = (page: Page) =>
        page.addInitScript(() => {
          Object.defineProperty(globalThis, 'WebSocket', { value: class { constructor() { throw new DOMException('blocked', 'SecurityError'); } } });
        });
      await block(her);
      if (blocked === 'both') await block(helper);
      await sitDown(her, helper);
      await byId(her, 'received').fill('30.000');
      await flip(her, 'received');
      await expect(seen(helper, 'received')).toHaveText('€ 30.000');
      await propose(helper, 'received', '5.000');
      await beside(her, 'received').locator('[data-together=accept]').click();
      await expect(byId(her, 'received')).toHaveValue('5.000');
      await expect(seen(helper, 'received')).toHaveText('€ 5.000');
      await her.reload();
      await expect(seen(helper, 'received')).toHaveText('€ 5.000');
      await press(her, 'stop');
      await expect(helper.locator('#samen')).toContainText('De ouder stopte.');
    });
  }
});

test('without scripts both pages tell how to sit together with paper', { tag: '@no-scripts' }, async ({ page, open }) => {
  await open('/samen');
  await expect(page.locator('#samen-begin')).toHaveCount(0);
  await page.locator('main a[href="/vergelijken"]').click();
  await expect(page).toHaveURL('/vergelijken');
  await open('/samen/mee');
  await expect(page.locator('noscript p')).toBeVisible();
  await expect(page.locator('form[data-together]')).toHaveCount(0);
});
