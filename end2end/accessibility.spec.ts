import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { pages } from './environment.mjs';
import { expect, layOutAll, test } from './fixtures';
import { ANSWERS, add, answer, answerAll, askHelp, askToKeep, byId, calculate, CASE, choose, chooseLetter, compare, daysAgo, figure, fill, fillHelp, fillIn, keep, makeLetter, next, nextHelp, openDossier, openHelp, pick, show, tell } from './journey.mjs';

const PAGES = pages();
const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280];

/** Everything that a page can look like, beside how it starts. */
const STATES: [string, (page: Page, open: (path: string) => Promise<void>) => Promise<void>][] = [
  ['a page that does not exist', (_, open) => open('/bestaat-niet')],
  [
    'a question with its explanation, the answers so far and the tree opened',
    async (page, open) => {
      await open('/keuzehulp');
      await answerAll(page, { urgent: 'no', who: 'parent', recognised: 'yes' });
      await expect(page.locator('.chooser input[name=at][value=received]').first()).toBeAttached();
      await openEverything(page);
    },
  ],
  [
    'a question without an answer',
    async (page, open) => {
      await open('/keuzehulp');
      await next(page);
      await expect(page.locator('.error-summary')).toBeVisible();
    },
  ],
  [
    'a person first',
    async (page, open) => {
      await open('/keuzehulp');
      await answer(page, 'urgent', 'yes');
      await expect(page.locator('.todo')).toBeVisible();
    },
  ],
  [
    'the outcome of a former partner',
    async (page, open) => {
      await open('/keuzehulp');
      await answerAll(page, { urgent: 'no', who: 'former_partner', ex_recognised: 'yes', ex_earlier_compensation: 'no', ex_parted_before_payment: 'yes', ex_benefit_partner: 'yes', ex_harmed_year: 'yes' });
      await expect(page.locator('.todo')).toBeVisible();
    },
  ],
  [
    'the amounts, filled in, with everything opened',
    async (page, open) => {
      await open('/bedragen');
      await fillIn(page);
      await add(page, 'children');
      await fill(page, { 'children[0].born_on': '1-3-2010' });
      await pick(page, 'former_partner', 'yes');
      await openEverything(page);
    },
  ],
  [
    'the amounts, with errors',
    async (page, open) => {
      await open('/bedragen');
      await fillIn(page);
      await fill(page, { received: '1.2.3', decision_on: '31-2-2014', 'damages[0].high': '1', 'years[0].year': '2004' });
      await calculate(page);
      await expect(page.locator('.error-summary a')).toHaveCount(4);
    },
  ],
  [
    'the comparison, filled in, with everything opened',
    async (page, open) => {
      await open('/keuzehulp');
      await answerAll(page, ANSWERS);
      await open('/bedragen');
      await fillIn(page);
      await compare(page);
      await expect(page.locator('.route-card .figure-amount')).toHaveCount(4);
      await openEverything(page);
    },
  ],
  [
    'the line of a case, with everything opened',
    async (page, open) => {
      await open('/tijdlijn');
      await tell(page, CASE);
      await show(page);
      await expect(page.locator('.timeline-late').first()).toBeVisible();
      await openEverything(page);
    },
  ],
  [
    'a case, with errors',
    async (page, open) => {
      await open('/tijdlijn');
      await tell(page, [['registered', '31-2-2023'], ['first_test_decided', '1-5-2100']]);
      await show(page);
      await expect(page.locator('.error-summary a')).toHaveCount(2);
    },
  ],
  [
    'a letter, ready to send',
    async (page, open) => {
      await open('/tijdlijn/brief');
      await chooseLetter(page, 'objection', true);
      await byId(page, 'step').selectOption('damage');
      await fill(page, { decision_on: daysAgo(10), name: 'Anna' });
      await makeLetter(page);
      await expect(page.locator('.paper')).toBeVisible();
    },
  ],
  [
    'a letter that would not count yet',
    async (page, open) => {
      await open('/tijdlijn/brief');
      await chooseLetter(page, 'notice_of_default', true);
      await byId(page, 'step').selectOption('damage');
      await fill(page, { requested_on: daysAgo(30), end_on: '1-9-2090' });
      await makeLetter(page);
      await expect(page.locator('.results .notice')).toBeVisible();
    },
  ],
  [
    'a letter, with errors',
    async (page, open) => {
      await open('/tijdlijn/brief');
      await chooseLetter(page, 'notice_of_default', true);
      await makeLetter(page);
      await expect(page.locator('.error-summary a')).toHaveCount(3);
    },
  ],
  [
    'a sheet, filled in',
    async (page, open) => {
      await open('/tijdlijn/gesprek');
      await byId(page, 'needs').fill('Rust.\nEen huis.');
    },
  ],
  [
    'what keeping a case means',
    async (page, open) => {
      await askToKeep(page, open);
    },
  ],
  [
    'the code of a dossier',
    async (page, open) => {
      await keep(page, open);
      await expect(page.locator('.qr')).toBeVisible();
    },
  ],
  [
    'a dossier, changed elsewhere meanwhile, with everything opened',
    async (page, open) => {
      await openDossier(page, open, await keep(page, open));
      // The page as it was before the change, sent once more.
      const before = await page.locator('input[name=version]').inputValue();
      await byId(page, 'letters[2].on').fill('2-3-2024');
      await page.locator('button[value=save]').click();
      await expect(page.locator('.versions')).toBeVisible();
      await page.locator('input[name=version]').evaluate((field, value) => { (field as HTMLInputElement).value = value; }, before);
      await byId(page, 'letters[2].on').fill('3-3-2024');
      await page.locator('button[value=save]').click();
      await expect(page.locator('.stale')).toBeVisible();
      await openEverything(page);
    },
  ],
  [
    'a dossier that a wrong code doesn’t open',
    async (page, open) => {
      await openDossier(page, open, 'welkom01');
      await expect(page.locator('.error-summary a')).toHaveCount(1);
    },
  ],
  [
    'sure to delete a dossier',
    async (page, open) => {
      await openDossier(page, open, await keep(page, open));
      await page.locator('button[value=ask_delete]').click();
      await expect(page.locator('button[value=delete]')).toBeVisible();
    },
  ],
  [
    'help, with a way to be reached that cannot be used',
    async (page, open) => {
      await fillHelp(page, open);
      await page.locator('button[value=reach]').click();
      await byId(page, 'phone').fill('bel maar');
      await nextHelp(page);
      await expect(page.locator('.error-summary a')).toHaveCount(1);
    },
  ],
  [
    'all answers before help is asked',
    async (page, open) => {
      await fillHelp(page, open);
      await expect(page.locator('button[value=send]')).toBeVisible();
    },
  ],
  [
    'a request for help, just made',
    async (page, open) => {
      await askHelp(page, open);
    },
  ],
  [
    'a request for help, followed',
    async (page, open) => {
      await openHelp(page, open, await askHelp(page, open));
      await expect(page.locator('.timeline-step[aria-current=step]')).toBeVisible();
    },
  ],
  [
    'the comparison, with a file that is no receipt',
    async (page, open) => {
      await open('/vergelijken');
      await byId(page, 'bestand').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
      await page.locator('form[action="/vergelijken/openen"] button[type=submit]').click();
      await expect(page.locator('.field-error')).toBeVisible();
    },
  ],
];

for (const { path } of PAGES) {
  test(`axe finds nothing on ${path}`, { tag: '@scripts' }, async ({ page, open }) => {
    test.slow();
    await open(path);
    await axeFindsNothing(page);
  });
}

for (const [state, bring] of STATES) {
  test(`axe finds nothing on ${state}`, { tag: '@scripts' }, async ({ page, open }) => {
    test.slow();
    await bring(page, open);
    await axeFindsNothing(page);
  });
  test(`nothing sticks out of a narrow screen on ${state}`, { tag: '@scripts' }, async ({ page, open }) => {
    await bring(page, open);
    await nothingSticksOut(page);
  });
}

for (const { path, kind, hasScripts } of PAGES) {
  test(`${path} fits a narrow screen and a page zoomed in four times`, { tag: '@scripts' }, async ({ page, open }) => {
    await open(path);
    await nothingSticksOut(page);
  });

  test(`${path} says what it is: language, title, one main heading, no gap between headings`, async ({ page, open }) => {
    await open(path);
    await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
    await expect(page).toHaveTitle(/.+ – .+/);
    await expect(page.locator('h1')).toHaveCount(1);
    const levels = (await page.locator('h1, h2, h3, h4, h5, h6').evaluateAll((all) => all.map((heading) => Number(heading.tagName[1]))));
    expect(levels[0]).toBe(1);
    levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 0), `heading ${at + 1} of ${levels}`).toBeLessThanOrEqual(1));
    // A person within reach, in the same place on every page.
    await expect(page.locator('main > :last-child')).toHaveId('mens');
    await expect(page.locator('header a[href="#mens"]')).toBeVisible();
  });

  test(`${path} is sent with every protection, ${hasScripts ? 'and its scripts only' : 'and without a script'}`, { tag: '@scripts' }, async ({ page, request }) => {
    const headers = (await request.get(path)).headers();
    const script = hasScripts ? "'self' 'nonce-[0-9a-f]{32}' 'wasm-unsafe-eval'" : "'none'";
    expect(headers['content-security-policy']).toMatch(
      new RegExp(`^default-src 'none'; script-src ${script}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$`),
    );
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toBeDefined();
    expect(headers['set-cookie']).toBeUndefined();
    if (kind !== 'content') expect(headers['cache-control']).toBe('no-store');

    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.resourceType()));
    await page.goto(path, { waitUntil: 'networkidle' });
    const scripted = loaded.filter((type) => ['script', 'fetch', 'xhr'].includes(type));
    if (!hasScripts) {
      expect(scripted).toEqual([]);
      await expect(page.locator('script, [style]')).toHaveCount(0);
    } else {
      expect(scripted).not.toEqual([]);
      await expect(page.locator('script:not([src]), [style]')).toHaveCount(0);
    }
  });
}

test('with the keyboard alone, from the first page to a figure', { tag: '@scripts' }, async ({ page, ready, open }) => {
  test.slow();
  await open('/');
  await page.keyboard.press('Tab');
  await expect(page.locator('.nl-skip-link')).toBeFocused();
  await expect(page.locator('.nl-skip-link')).toBeInViewport();
  await page.keyboard.press('Enter');
  await tabTo(page, 'main a.nl-button--primary');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/keuzehulp');
  await ready();
  for (const [question, given] of Object.entries(ANSWERS)) {
    await tabTo(page, `.chooser input[type=radio][name="answer.${question}"]`);
    await page.keyboard.press('Space');
    const radios = await page.locator(`.chooser input[type=radio][name="answer.${question}"]`).evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).value));
    for (let step = 0; step < radios.indexOf(given); step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await tabTo(page, 'form[action="/vergelijken"] button');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/vergelijken');
  await ready();
  await tabTo(page, '.overview form button');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/bedragen');
  await ready();
  for (const [field, typed] of [['years[0].year', '2012'], ['years[0].reclaimed', '200.000']] as const) {
    await tabTo(page, `[id="${field}"]`);
    await page.keyboard.type(typed);
    if (field === 'years[0].year') {
      await tabTo(page, '[name="years[0].ground"]');
      await page.keyboard.press('Space');
    }
  }
  await page.keyboard.press('Enter');
  await expect(byId(page, 'uitkomst-kop')).toBeFocused();
  await tabTo(page, '.figure[data-route=integral_assessment] summary');
  await page.keyboard.press('Enter');
  // 200.000 + 25 % + 1 % of both.
  await expect(figure(page, 'integral_assessment').locator('.figure-amount')).toContainText('€ 252.500');
  await expect(figure(page, 'integral_assessment').locator('.line-amount').first()).toBeVisible();
});

for (const path of ['/', '/keuzehulp', '/bedragen', '/vergelijken', '/tijdlijn', '/tijdlijn/brief', '/tijdlijn/gesprek', '/dossier']) {
  test(`the focus can be seen at every stop on ${path}, and nothing lies over it`, { tag: '@scripts' }, async ({ page, open }) => {
    test.slow();
    await open(path);
    await page.setViewportSize({ width: 360, height: 740 });
    const unseen: string[] = [];
    const first = await stop(page);
    for (let at = 0; at < 150; at += 1) {
      await page.keyboard.press('Tab');
      const here = await stop(page);
      if (here === undefined || (at > 0 && here.name === first?.name)) break;
      if (!here.outlined) unseen.push(`no outline: ${here.name}`);
      if (here.covered) unseen.push(`covered: ${here.name}`);
    }
    expect(unseen).toEqual([]);
  });
}

test('every target is large enough for a thumb', { tag: '@scripts' }, async ({ page, open }) => {
  const small: string[] = [];
  for (const { path } of PAGES) {
    await open(path);
    await page.setViewportSize({ width: 360, height: 740 });
    small.push(...(await page.evaluate((path) => {
      const targets = document.querySelectorAll<HTMLElement>('button, summary, select, input:not([type=hidden]), header a, .leave, a.nl-button, .chips a, .person a, label.choice');
      return [...targets].flatMap((target) => {
        // A radio or a tick is as large as its row; a word in a sentence is as high as the sentence.
        if (!target.checkVisibility({ visibilityProperty: true }) || target.matches('.choice input, .term, .visually-hidden, .nl-skip-link')) return [];
        const { width, height } = target.getBoundingClientRect();
        return height < 43.5 || width < 43.5 ? [`${path}: ${target.tagName} "${(target.innerText || target.id).slice(0, 40)}" is ${Math.round(width)} × ${Math.round(height)}`] : [];
      });
    }, path)));
  }
  expect([...new Set(small)]).toEqual([]);
});

test('a word is explained in place, by keyboard and without scripts', async ({ page, open }) => {
  await open('/keuzehulp');
  await answerAll(page, { urgent: 'no', who: 'parent' });
  const word = page.locator('.chooser button.term').first();
  const note = byId(page, (await word.getAttribute('popovertarget'))!);
  await expect(note).toBeHidden();
  await word.focus();
  await page.keyboard.press('Enter');
  await expect(note).toBeVisible();
  await expect(note).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(note).toBeHidden();
  await expect(word).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const close = note.locator('button');
  await expect(close).toBeFocused();
  expect((await close.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await page.keyboard.press('Enter');
  await expect(note).toBeHidden();
});

test('the first screen of a phone holds the main button, under a short header', async ({ page, open }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open('/');
  expect((await page.locator('header').boundingBox())!.height).toBeLessThanOrEqual(170);
  const button = (await page.locator('main a.nl-button--primary').boundingBox())!;
  const leave = (await page.locator('.leave').boundingBox())!;
  expect(button.y + button.height).toBeLessThanOrEqual(leave.y);
});

test('the menu opens by keyboard on a phone, and stands open where there is room', async ({ page, open }) => {
  await open('/keuzehulp');
  const links = page.locator('.site-nav a');
  const here = page.locator('.site-nav [aria-current=page]');
  await expect(links).toHaveCount(8);
  await expect(here).toBeVisible();
  await expect(page.locator('.site-nav summary')).toBeHidden();
  await page.setViewportSize({ width: 360, height: 740 });
  await expect(here).toBeHidden();
  await page.locator('.site-nav summary').focus();
  await page.keyboard.press('Enter');
  await expect(here).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(links.first()).toBeFocused();
});

test('the way out covers nothing at the end of a page', { tag: '@scripts' }, async ({ page, open }) => {
  for (const { path } of PAGES) {
    await open(path);
    for (const viewport of [{ width: 360, height: 740 }, { width: 1280, height: 800 }]) {
      await page.setViewportSize(viewport);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const leave = (await page.locator('.leave').boundingBox())!;
      const last = (await page.locator('.site-footer > p').last().boundingBox())!;
      expect(last.y + last.height, `${path} at ${viewport.width} px`).toBeLessThanOrEqual(leave.y);
    }
  }
});

test('every word that a page explains has its explanation, once', { tag: '@scripts' }, async ({ page, open }) => {
  for (const { path } of PAGES) {
    await open(path);
    const ids = await page.locator('[id]').evaluateAll((all) => all.map((element) => element.id));
    expect(ids.filter((id, at) => ids.indexOf(id) !== at), `ids twice on ${path}`).toEqual([]);
    const targets = await page.locator('[popovertarget]').evaluateAll((all) => all.map((word) => word.getAttribute('popovertarget')!));
    expect(targets.filter((id) => !ids.includes(id)), `words without a note on ${path}`).toEqual([]);
    const anchors = await page.locator('a[href^="#"]').evaluateAll((all) => all.map((link) => decodeURIComponent(link.getAttribute('href')!.slice(1))));
    expect(anchors.filter((id) => !ids.includes(id)), `links that lead nowhere on ${path}`).toEqual([]);
  }
});

/** Every rule at both widths in the light; in the dark, what colours can break. */
async function axeFindsNothing(page: Page) {
  await layOutAll(page);
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const axe = new AxeBuilder({ page }).setLegacyMode(true);
      if (colorScheme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
      else axe.withRules(['color-contrast', 'link-in-text-block']);
      const { violations } = await axe.analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} – ${node.failureSummary?.split('\n')[1]?.trim()}`));
      expect(found, `${width} px, ${colorScheme}`).toEqual([]);
    }
  }
}

/** 320 px wide, and 1280 × 1024 zoomed in four times. */
async function nothingSticksOut(page: Page) {
  await layOutAll(page);
  for (const viewport of [{ width: 320, height: 640 }, { width: 320, height: 256 }]) {
    await page.setViewportSize(viewport);
    const [needed, cut] = await page.evaluate(() => {
      const cut = [...document.querySelectorAll<HTMLElement>('main *, header *, footer *')].filter((element) => {
        const { overflowX } = getComputedStyle(element);
        const hides = overflowX === 'hidden' || overflowX === 'clip';
        return hides && !element.closest('.visually-hidden') && element.scrollWidth > element.clientWidth + 1;
      });
      return [document.documentElement.scrollWidth, cut.map((element) => element.outerHTML.slice(0, 80))] as const;
    });
    expect(needed, `${viewport.width} × ${viewport.height}`).toBeLessThanOrEqual(viewport.width);
    expect(cut, 'cut off').toEqual([]);
  }
}

async function openEverything(page: Page) {
  for (const summary of await page.locator('details:not([open]) > summary').all()) {
    if (await summary.isVisible()) await summary.evaluate((element) => ((element.parentElement as HTMLDetailsElement).open = true));
  }
}

async function tabTo(page: Page, selector: string) {
  await page.locator(selector).first().waitFor({ state: 'attached' });
  for (let step = 0; step < 150; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${selector}`);
}

/** Where the focus is: whether it shows, and whether something lies over it. */
async function stop(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const shown = [element, ...(element.closest('label') ? [element.closest('label')!] : [])];
    const outlined = shown.some((it) => {
      const style = getComputedStyle(it);
      return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
    });
    const box = element.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
    const covered = !over || !(element.contains(over) || over.contains(element) || element.closest('label')?.contains(over));
    return { name: `${element.tagName} ${element.id || element.getAttribute('name') || (element as HTMLElement).innerText?.slice(0, 30)}`, outlined, covered };
  });
}
