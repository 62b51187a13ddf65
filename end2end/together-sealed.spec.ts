import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { expect, test, type Page } from './fixtures';
import { byId } from './journey.mjs';
import { memoryHolds } from './memory.mjs';
import { beside, flip, propose, question, seen, sitDown, write } from './together.mjs';

test.use({ viewport: { width: 360, height: 740 } });

/** Those of `domain::together::SIZES`. */
const SIZES = [256, 1_024, 4_096, 16_384, 32_768];

/** Everything that a page sends and gets, beside what it loads. */
function overhear(page: Page) {
  const overheard: { frames: Buffer[]; rest: Buffer[] } = { frames: [], rest: [] };
  page.on('websocket', (socket) => {
    for (const way of ['framesent', 'framereceived'] as const) {
      socket.on(way, ({ payload }) => (typeof payload === 'string' ? overheard.rest.push(Buffer.from(payload)) : overheard.frames.push(payload)));
    }
  });
  page.on('request', (request) => {
    const body = request.postDataBuffer();
    overheard.rest.push(Buffer.from(request.url()), ...(body ? [body] : []));
  });
  return overheard;
}

/** The ways in which a text can lie in bytes. */
function disguises(text: string): Buffer[] {
  const bytes = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  // Where a text starts among others changes what base64 makes of it; its ends depend on its neighbours.
  const base64 = [0, 1, 2].map((before) => Buffer.concat([Buffer.alloc(before), bytes[0]]).toString('base64').replace(/=/g, '').slice(before === 0 ? 0 : 4, -2));
  return [...bytes, ...[bytes[0].toString('hex'), ...base64].map((it) => Buffer.from(it))];
}

const holds = (all: Buffer, text: string) => disguises(text).some((it) => all.includes(it));

/** What a page holds: what stands in it, what its tab keeps, and the memory of its WebAssembly. */
async function memory(page: Page): Promise<Buffer> {
  const held = await page.evaluate(() => {
    const memories = (globalThis as unknown as { memories?: WebAssembly.Memory[] }).memories ?? [];
    const bytes = memories.map((it) => Array.from(new Uint8Array(it.buffer), (byte) => String.fromCharCode(byte)).join('')).join('');
    return [bytes, document.documentElement.outerHTML, JSON.stringify([{ ...sessionStorage }, { ...localStorage }])];
  });
  return Buffer.concat([Buffer.from(held[0], 'latin1'), Buffer.from(held[1]), Buffer.from(held[2])]);
}

/** From now on `memory` sees what WebAssembly holds. */
const keepMemories = (page: Page) =>
  page.addInitScript(() => {
    const memories: unknown[] = ((globalThis as unknown as { memories: unknown[] }).memories = []);
    for (const name of ['instantiate', 'instantiateStreaming'] as const) {
      const make = WebAssembly[name] as (...given: unknown[]) => Promise<WebAssembly.WebAssemblyInstantiatedSource>;
      Object.defineProperty(WebAssembly, name, {
        value: async (...given: unknown[]) => {
          const made = await make.apply(WebAssembly, given);
          memories.push(made.instance.exports.memory);
          return made;
        },
      });
    }
  });

test('a text is found in bytes in every disguise', { tag: '@scripts' }, () => {
  const text = '47110815';
  for (const encoding of ['utf8', 'utf16le'] as const) expect(holds(Buffer.from(`xx${text}xx`, encoding), text), encoding).toBe(true);
  expect(holds(Buffer.from(Buffer.from(`x${text}x`).toString('hex')), text), 'hex').toBe(true);
  for (const before of ['', 'x', 'xx', 'xxx']) expect(holds(Buffer.from(Buffer.from(`${before}${text}xyz`).toString('base64')), text), `base64 after ${before}`).toBe(true);
  expect(holds(Buffer.from('47110816'), text)).toBe(false);
});

test('what she covers reaches nobody, and what she shows only the helper', { tag: '@scripts' }, async ({ page: her, somebody }) => {
  const helper = await somebody();
  const [hers, theirs] = [overhear(her), overhear(helper)];
  await keepMemories(helper);
  const [covered, shown, name, note] = ['47110815', '58221926', 'Merkteken Meekijker', 'merkteken onder vier ogen'];
  const code = await sitDown(her, helper, { name });
  const ticket = await her.evaluate(() => sessionStorage.getItem('herstelroute.meeting'));
  expect(ticket).not.toBeNull();
  await byId(her, 'received').pressSequentially(covered);
  await byId(her, 'legal_help').fill(shown);
  await flip(her, 'legal_help');
  await expect(seen(helper, 'legal_help')).toHaveText(`€ ${shown}`);
  await write(helper, note);
  await expect(beside(her, 'received')).toBeVisible();
  await expect(her.locator('.together-note')).toContainText(note);

  expect((await memory(helper)).includes(shown), 'what is shown is found there: the search works').toBe(true);
  expect(holds(await memory(helper), covered), 'what is covered is nowhere at the helper').toBe(false);
  for (const { frames, rest } of [hers, theirs]) {
    expect(frames.length, 'there is something to look at').toBeGreaterThan(2);
    expect([...new Set(frames.map((it) => it.length))].filter((size) => !SIZES.includes(size))).toEqual([]);
    const all = Buffer.concat([...frames, ...rest]);
    for (const told of [covered, shown, name, note, code, code.replaceAll('-', '')]) expect(holds(all, told), told).toBe(false);
  }
  for (const [what, files] of [['log', logFiles()], ['database', databaseFiles()]] as const) {
    const all = Buffer.concat(files.map((file) => readFileSync(file)));
    for (const told of [covered, shown, name, note, code, code.replaceAll('-', '')]) expect(holds(all, told), `${told} in the ${what}`).toBe(false);
    // Her ticket: the first word on her line.
    const shownOnce = hers.rest.map((it) => it.toString()).find((it) => /^[0-9a-f]{64}$/.test(it));
    expect(shownOnce, 'her ticket').toBeDefined();
    expect(all.includes(shownOnce!), `her ticket in the ${what}`).toBe(false);
  }
  if (process.env.SERVER_PID) {
    const pid = Number(process.env.SERVER_PID);
    expect(memoryHolds(pid, 'Stichting Voorbeeld'), 'who runs the site is found there: the search works').toBe(true);
    for (const told of [covered, shown, name, note, code, code.replaceAll('-', '')]) expect(memoryHolds(pid, told), `${told} in the server's memory`).toBe(false);
  }
  for (const page of [her, helper]) expect(page.url()).not.toContain('#');
});

/** What the server of this run wrote, as far as it is known where. */
const logFiles = () => [process.env.SERVER_LOG].filter((file) => file !== undefined);

function databaseFiles() {
  const [, path] = /^sqlite:(?:\/\/)?([^?]+)/.exec(process.env.HERSTELROUTE_DATABASE_URL ?? '') ?? [];
  return path ? readdirSync(dirname(path)).filter((file) => file.startsWith(basename(path))).map((file) => join(dirname(path), file)) : [];
}

test('what comes twice, changed or from elsewhere changes nothing, and the meeting goes on', { tag: '@scripts' }, async ({ page: her, somebody }) => {
  const helper = await somebody();
  /** What came for each chair, and the way to bring it more. */
  const lines = new Map<Page, { came: Buffer[]; bring?: (it: Buffer | string) => void; change?: (it: Buffer) => Buffer }>();
  for (const page of [her, helper]) {
    const line: { came: Buffer[]; bring?: (it: Buffer | string) => void; change?: (it: Buffer) => Buffer } = { came: [] };
    lines.set(page, line);
    await page.routeWebSocket('**/samen/lijn', (socket) => {
      const server = socket.connectToServer();
      line.bring = (it) => socket.send(it);
      server.onMessage((message) => {
        if (typeof message === 'string') return socket.send(message);
        line.came.push(message);
        socket.send(line.change?.(message) ?? message);
      });
    });
  }
  const [hers, theirs] = [lines.get(her)!, lines.get(helper)!];
  await sitDown(her, helper);

  await propose(helper, 'received', '5.000');
  await beside(her, 'received').locator('[data-together=decline]').click();
  await expect(question(helper, 'received').locator('.together-note')).toBeVisible();
  await byId(her, 'received').fill('30.000');
  await flip(her, 'received');
  await expect(seen(helper, 'received')).toHaveText('€ 30.000');
  await flip(her, 'received');
  await expect(seen(helper, 'received')).toHaveText('Afgedekt');

  const strange = [
    ...hers.came,
    // Her own, sent back to her.
    ...theirs.came,
    ...hers.came.map(changed),
    ...SIZES.map((size) => Buffer.concat([hers.came[0].subarray(0, 14), Buffer.alloc(size - 14, 7)])),
    Buffer.alloc(0),
    Buffer.alloc(77, 1),
  ];
  for (const it of strange) hers.bring!(it);
  for (const it of [...theirs.came, ...hers.came, ...theirs.came.map(changed), Buffer.alloc(256)]) theirs.bring!(it);
  for (const line of [hers, theirs]) line.bring!('welkom\nhier');
  await expect(beside(her, 'received').locator('.together-proposal')).toHaveCount(0);
  await expect(byId(her, 'received')).toHaveValue('30.000');
  await expect(seen(helper, 'received')).toHaveText('Afgedekt');

  // What is changed on the way doesn't arrive, and what comes after it does.
  hers.change = changed;
  const came = hers.came.length;
  await propose(helper, 'received', '6.000');
  await expect.poll(() => hers.came.length).toBeGreaterThan(came);
  await her.waitForTimeout(300);
  await expect(beside(her, 'received').locator('.together-proposal')).toHaveCount(0);
  hers.change = undefined;
  await propose(helper, 'legal_help', '700');
  await expect(beside(her, 'received').locator('.together-proposal')).toContainText('6.000');
  await beside(her, 'legal_help').locator('[data-together=accept]').click();
  await expect(byId(her, 'legal_help')).toHaveValue('700');
  await expect(question(helper, 'legal_help').locator('.together-note')).toBeVisible();
});

/** With one bit different behind its header. */
function changed(frame: Buffer): Buffer {
  const other = Buffer.from(frame);
  other[other.length - 1] ^= 1;
  return other;
}

test('a change is seen at the other side at once', { tag: '@scripts' }, async ({ page: her, somebody }) => {
  const helper = await somebody();
  await sitDown(her, helper);
  await flip(her, 'received');
  await expect(seen(helper, 'received')).toHaveText('Nog niets ingevuld');
  await byId(her, 'received').evaluate((field) => field.addEventListener('input', () => (document.documentElement.dataset.typedAt = String(Date.now()))));
  const took: number[] = [];
  for (let typed = 11; typed <= 30; typed += 1) {
    const seenAt = helper.evaluate(
      (text) =>
        new Promise<number>((resolve) => {
          const place = document.getElementById('samen-deel')!;
          const watch = new MutationObserver(() => {
            if (place.textContent!.includes(text)) resolve(Date.now());
          });
          watch.observe(place, { childList: true, subtree: true });
        }),
      `€ ${typed}`,
    );
    await byId(her, 'received').fill(String(typed));
    took.push((await seenAt) - (await her.evaluate(() => Number(document.documentElement.dataset.typedAt))));
  }
  took.sort((a, b) => a - b);
  console.log(`from her keystroke to the helper's page: median ${took[10]} ms, p95 ${took[18]} ms, longest ${took[19]} ms`);
  expect(took[18]).toBeLessThanOrEqual(1_000);
});

