// Looks at a page in one state in every way: each width and colour, with more space in the text, by keyboard.
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { test as base, expect, layOutAll, type Page } from '../fixtures';
import { ALL, axe, codeSniffer, SEEN } from './judges';
import * as measure from './measure';
import { FOLDER, isLong, LOOKS, type Look } from './looks';

export { expect, type Page };

type Colours = 'light' | 'dark' | 'forced';
type Way = { width: number; colours: Colours[] };

/** In long each width in each colour; in short each width, and two of them judged in one colour each. */
const WAYS: Way[] = [320, 360, 768, 1280].map((width) => ({
  width,
  colours: isLong ? ['light', 'dark', 'forced'] : width === 320 ? ['light'] : width === 1280 ? ['dark'] : [],
}));
/** 1280 × 1024, zoomed in four times. */
const ZOOMED = { width: 320, height: 256 };
/** More stops than any page has. */
const MOST_STOPS = 400;

type Fixtures = {
  /** Looks at a page as it stands; the words say in which state it is. */
  look: (state: string, page?: Page) => Promise<void>;
};

export const test = base.extend<Fixtures>({
  look: async ({ page, scripts }, use, { title }) => {
    let number = 0;
    await use(async (state, of = page) => {
      const began = Date.now();
      const found = new Map<string, string[]>();
      const note = (way: string) => (wrong: string[]) => wrong.forEach((it) => found.set(it, [...(found.get(it) ?? []), way]));
      const file = `${String((number += 1)).padStart(2, '0')}-${state.replaceAll(/[^a-z0-9]+/gi, '-')}`;
      const pictures: string[] = [];
      const before = of.viewportSize()!;

      await layOutAll(of);
      note('everywhere')(await of.evaluate(measure.structure));
      for (const { width, colours } of WAYS) {
        await of.setViewportSize({ width, height: width < 700 ? 640 : 800 });
        note(`${width} px`)([...(await of.evaluate(measure.room)), ...(await of.evaluate(measure.targets)), ...(await of.evaluate(measure.end))]);
        await of.evaluate(measure.space, true);
        note(`${width} px, more space in the text`)(await of.evaluate(measure.room));
        await of.evaluate(measure.space, false);
        for (const colour of colours) {
          await of.emulateMedia({ colorScheme: colour === 'dark' ? 'dark' : 'light', forcedColors: colour === 'forced' ? 'active' : 'none' });
          const noteHere = note(`${width} px, ${colour}`);
          noteHere(await axe(of, isLong || colour === 'light' ? ALL : SEEN, scripts));
          if (!isLong) continue;
          noteHere(await codeSniffer(of));
          const picture = join(title.replaceAll(/[^a-z0-9]+/gi, '-'), `${file}-${scripts ? 'scripts' : 'none'}-${width}-${colour}.jpeg`);
          // Thousands of them: as PNG they would take gigabytes.
          await of.screenshot({ path: join(FOLDER, picture), type: 'jpeg', quality: 50, fullPage: true, scale: 'css' });
          pictures.push(picture);
        }
      }
      await of.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
      await of.setViewportSize(ZOOMED);
      note('zoomed in four times')(await of.evaluate(measure.room));
      const byKeyboard = isLong ? [320, 1280] : number === 1 ? [320] : [];
      for (const width of byKeyboard) {
        await of.setViewportSize({ width, height: 640 });
        note(`by keyboard, ${width} px`)(await stops(of));
      }
      await of.setViewportSize(before);

      const path = new URL(of.url()).pathname;
      const told = [...found].map(([wrong, ways]) => `${wrong} (${ways.join('; ')})`);
      const it: Look = { walk: title, state, path, scripts, ways: WAYS.reduce((sum, { colours }) => sum + Math.max(colours.length, 1), 0), wrong: told.length, pictures, milliseconds: Date.now() - began };
      mkdirSync(FOLDER, { recursive: true });
      appendFileSync(LOOKS, `${JSON.stringify(it)}\n`);
      expect.soft(told, `${title}, ${state}, at ${path} ${scripts ? 'with scripts' : 'without'}`).toEqual([]);
    });
  },
});

/** Goes to every stop of the keyboard, once round. */
async function stops(page: Page): Promise<string[]> {
  await page.evaluate(measure.forgetStops);
  const wrong: string[] = [];
  let isRound = false;
  for (let at = 0; at < MOST_STOPS && !isRound; at += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(measure.stop);
    isRound = here?.seen ?? false;
    wrong.push(...(here?.wrong ?? []));
  }
  // The skip link would lie over the header as long as it has the focus.
  await page.evaluate(measure.forgetStops);
  return isRound ? wrong : [...wrong, `more than ${MOST_STOPS} stops`];
}

/** Opens all that can be folded out. */
export async function unfoldAll(page: Page) {
  await page.evaluate(() => {
    for (const it of document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')) {
      if (it.querySelector('summary')?.checkVisibility()) it.open = true;
    }
  });
}

/** Posts fields to a path, as a page of that origin would. */
export async function post(page: Page, path: string, fields: Record<string, string>) {
  const address = new URL(path, process.env.BASE_URL).href;
  await Promise.all([
    page.waitForURL(address),
    page.evaluate(([action, fields]) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action });
      for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement('textarea'), { name, value }));
      document.body.append(form);
      form.submit();
    }, [address, fields] as const),
  ]);
}
