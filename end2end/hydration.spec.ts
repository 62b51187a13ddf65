import type { Page } from '@playwright/test';

import { expect, test } from './fixtures';
import { add, answer, byId, calculate, choose, figure, fill, fillIn, INCOME, LETTERS, next, pick } from './journey.mjs';

const ready = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-ready', '');

/** Holds the WebAssembly back until it is let go. */
async function holdBack(page: Page): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

test('what is typed before the scripts run is kept, and counts', async ({ page }) => {
  const letGo = await holdBack(page);
  await page.goto('/bedragen');
  await fill(page, LETTERS);
  await pick(page, 'years[0].ground', 'compensation');
  await fill(page, { received: '12.345' });
  expect(await page.locator('html').getAttribute('data-ready')).toBeNull();
  letGo();
  await ready(page);
  await expect(byId(page, 'received')).toHaveValue('12.345');
  await expect(byId(page, 'years[0].reclaimed')).toHaveValue('12.000');
  await expect(page.locator('[name="years[0].ground"][value=compensation]')).toBeChecked();
  await expect(figure(page, 'finish_after_30k').locator('.figure-still')).toContainText('€ 17.655');
  await expect(figure(page, 'integral_assessment').locator('.lines .line-amount').first()).toHaveText('€ 12.000');
});

test('an answer chosen before the scripts run is kept', async ({ page }) => {
  const letGo = await holdBack(page);
  await page.goto('/keuzehulp');
  await choose(page, 'urgent', 'no');
  letGo();
  await ready(page);
  await expect(page.locator('.chooser input[type=radio][value=no]')).toBeChecked();
  await next(page);
  await expect(page.locator('.chooser h1')).toBeFocused();
  await expect(page.locator('.chooser input[type=radio][name="answer.who"]').first()).toBeVisible();
});

test('the focus stays in the field when the scripts start', async ({ page }) => {
  const letGo = await holdBack(page);
  await page.goto('/bedragen');
  await byId(page, 'received').pressSequentially('30');
  letGo();
  await ready(page);
  await expect(byId(page, 'received')).toBeFocused();
  await page.keyboard.type('.000');
  await expect(byId(page, 'received')).toHaveValue('30.000');
});

test('rows come and go, and the rest of the form stays as it was', async ({ page, open }) => {
  await open('/bedragen');
  await fillIn(page);

  await add(page, 'years');
  await expect(byId(page, 'years[1].year')).toBeFocused();
  await fill(page, { 'years[1].year': '2013', 'years[1].reclaimed': '7.500' });
  await pick(page, 'years[1].ground', 'hardship');

  await add(page, 'children');
  await expect(byId(page, 'children[0].born_on')).toBeFocused();
  await fill(page, { 'children[0].born_on': '1-3-2010' });
  await expect(page.locator('.results')).toContainText('€ 6.000');

  await add(page, 'damages');
  await expect(byId(page, 'damages[1].kind')).toBeFocused();

  await expect(byId(page, 'years[0].reclaimed')).toHaveValue('12.000');
  await expect(byId(page, 'years[1].reclaimed')).toHaveValue('7.500');
  await expect(byId(page, 'damages[0].low')).toHaveValue(INCOME['damages[0].low']);

  await page.locator('button[value="remove.years.0"]').click();
  await expect(page.locator('button[value="add.years"]')).toBeFocused();
  await expect(byId(page, 'years[1].year')).toHaveCount(0);
  await expect(byId(page, 'years[0].year')).toHaveValue('2013');
  await expect(byId(page, 'years[0].reclaimed')).toHaveValue('7.500');
  await expect(page.locator('[name="years[0].ground"][value=hardship]')).toBeChecked();
  await expect(byId(page, 'damages[0].high')).toHaveValue(INCOME['damages[0].high']);
  await expect(byId(page, 'children[0].born_on')).toHaveValue('1-3-2010');

  await page.locator('button[value="remove.damages.1"]').click();
  await expect(byId(page, 'damages[1].kind')).toHaveCount(0);
  await page.locator('button[value="remove.children.0"]').click();
  await expect(byId(page, 'children[0].born_on')).toHaveCount(0);
  await expect(byId(page, 'received')).toHaveValue('30.000');
});

test('the figures follow while she types', async ({ page, open }) => {
  await open('/bedragen');
  const still = figure(page, 'finish_after_30k').locator('.figure-still');
  await byId(page, 'received').pressSequentially('1.000');
  await expect(still).toContainText('€ 29.000');
  await byId(page, 'received').press('Backspace');
  await byId(page, 'received').press('Backspace');
  await byId(page, 'received').press('Backspace');
  await byId(page, 'received').press('Backspace');
  await expect(still).toContainText('€ 29.999');
  // A reader of the screen hears the new figures once, after she left the field.
  await expect(page.locator('.amounts [role=status]')).toHaveCount(1);
});

test('what she opened stays open while she types', async ({ page, open }) => {
  await open('/bedragen');
  await fillIn(page);
  const how = figure(page, 'settlement').locator('details.figure-how');
  await how.locator('summary').click();
  await expect(how).toHaveAttribute('open', '');
  await byId(page, 'years[0].reclaimed').fill('20.000');
  await expect(how.locator('.line-amount').first()).toHaveText('€ 20.000');
  await expect(how).toHaveAttribute('open', '');
  await expect(figure(page, 'damage_commission').locator('details.figure-how')).not.toHaveAttribute('open');
  await how.locator('summary').click();
  await byId(page, 'years[0].reclaimed').fill('21.000');
  await expect(how.locator('.line-amount').first()).toHaveText('€ 21.000');
  await expect(how).not.toHaveAttribute('open');
});

test('an explanation beside a field stays open when she calculates', async ({ page, open }) => {
  await open('/bedragen');
  const why = page.locator('.field:has([id="received"]) details.more');
  await why.locator('summary').click();
  await expect(why.locator('svg.letter')).toBeVisible();
  await byId(page, 'received').fill('30.000');
  await calculate(page);
  await expect(byId(page, 'uitkomst-kop')).toBeFocused();
  await expect(why).toHaveAttribute('open', '');
});

test('what is filled in on one page stands on the others, and after reading a page anew', async ({ page, open }) => {
  await open('/bedragen');
  await fillIn(page);
  await page.reload();
  await ready(page);
  await expect(byId(page, 'years[0].reclaimed')).toHaveValue('12.000');
  await expect(byId(page, 'damages[0].kind')).toHaveValue('income');
  await open('/vergelijken');
  await expect(page.locator('.route-card[data-route=settlement] .figure-amount')).toHaveText('€ 30.000 tot € 36.129,20');
  await open('/keuzehulp');
  await answer(page, 'urgent', 'no');
  await open('/bedragen');
  await expect(byId(page, 'years[0].reclaimed')).toHaveValue('12.000');
});

test.describe('without the WebAssembly', () => {
  test.use({ expectedTrouble: /\.wasm|WebAssembly|fetch/i });

  test('the form still works by sending it', async ({ page }) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto('/bedragen');
    await fill(page, { received: '10.000' });
    await calculate(page);
    await expect(figure(page, 'finish_after_30k').locator('.figure-still')).toContainText('€ 20.000');
    await expect(byId(page, 'received')).toHaveValue('10.000');
  });
});

for (const { what, voices, offered } of [
  { what: 'is offered with a Dutch voice of the phone itself', voices: [{ lang: 'en-US', localService: true }, { lang: 'nl-NL', localService: true }], offered: true },
  { what: 'is not offered with a Dutch voice that lives elsewhere', voices: [{ lang: 'nl-NL', localService: false }], offered: false },
  { what: 'is not offered without a Dutch voice', voices: [{ lang: 'en-US', localService: true }], offered: false },
]) {
  test(`reading aloud ${what}`, async ({ page, open }) => {
    await page.addInitScript(stubVoices, voices);
    await open('/keuzehulp');
    const button = page.locator('.read-aloud button');
    await expect(button).toBeVisible({ visible: offered });
    if (!offered) return;
    await button.click();
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    const spoken = await page.evaluate(() => (globalThis as unknown as { spoken: { text: string; lang: string; voice: { localService: boolean } | null }[] }).spoken);
    expect(spoken).toHaveLength(1);
    expect(spoken[0].voice?.localService).toBe(true);
    expect(spoken[0].lang).toMatch(/^nl/);
    expect(spoken[0].text).toContain(await page.locator('.chooser h1').innerText());
    await button.click();
    await expect(button).toHaveAttribute('aria-pressed', 'false');
  });
}

/** A phone with these voices, that notes what it would say. */
function stubVoices(given: { lang: string; localService: boolean }[]) {
  class Voice {
    name = 'stem';
    voiceURI = 'stem';
    default = false;
    constructor(
      readonly lang: string,
      readonly localService: boolean,
    ) {}
  }
  class Utterance extends EventTarget {
    voice: Voice | null = null;
    lang = '';
    onend: (() => void) | null = null;
    constructor(readonly text: string) {
      super();
    }
  }
  const spoken: Utterance[] = [];
  const voices = given.map(({ lang, localService }) => new Voice(lang, localService));
  const speech = Object.assign(new EventTarget(), { getVoices: () => voices, speak: (utterance: Utterance) => spoken.push(utterance), cancel: () => {} });
  Object.defineProperty(globalThis, 'spoken', { value: spoken });
  Object.defineProperty(globalThis, 'SpeechSynthesisVoice', { value: Voice });
  Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', { value: Utterance });
  Object.defineProperty(globalThis, 'speechSynthesis', { value: speech });
}
