// Where the portal listens, which browser looks at it, and where its command line is.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const here = import.meta.dirname;

/** Where the portal listens. No test starts a server of its own: `cargo xtask test` does. */
export const baseUrl = process.env.BASE_URL ?? '';
if (!baseUrl) {
  console.error('BASE_URL is missing. Run `cargo xtask test`, or start the portal with `cargo xtask run` and give its address: BASE_URL=http://127.0.0.1:3000');
  process.exit(2);
}

/** How Chromium is started: without a sandbox (as root in a container) and without traffic of its own. */
export const launchOptions = {
  executablePath: process.env.CHROMIUM ?? onPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};

/** A phone of 360 × 740. */
export const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** What the settings of every browser window share. */
export const contextOptions = /** @type {const} */ ({ baseURL: baseUrl, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', reducedMotion: 'reduce' });

/** The slow line and the old phone that the budgets are meant for. */
export const throttling = { latency: 150, bitsPerSecond: 1_600_000, cpu: 4 };

/** Slows a page down, as `throttling` says. */
export async function throttle(page, { cpu = throttling.cpu } = {}) {
  const bytesPerSecond = throttling.bitsPerSecond / 8;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: throttling.latency, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  return session;
}

/** Runs the portal's command line; its output and how it ended. */
export function herstelroute(...args) {
  try {
    return { status: 0, output: execFileSync(binary(), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) };
  } catch (error) {
    if (typeof error.status !== 'number') throw error;
    return { status: error.status, output: error.stdout };
  }
}

/** Every page that the portal says it has: its path, its kind, and whether it has scripts. */
export function pages() {
  return herstelroute('pages').output.trim().split('\n').map((line) => {
    const [path, kind, bundle] = line.split('\t');
    return { path, kind, hasScripts: bundle !== '-' };
  });
}

/** The server that was built last. */
function binary() {
  const target = resolve(here, '..', process.env.CARGO_TARGET_DIR ?? 'target');
  const built = ['release', 'debug']
    .map((profile) => join(target, profile, 'herstelroute'))
    .flatMap((path) => {
      const file = statSync(path, { throwIfNoEntry: false });
      return file ? [{ path, at: file.mtimeMs }] : [];
    })
    .sort((a, b) => b.at - a.at);
  if (built.length === 0) throw new Error('The server is not built yet: run `cargo xtask build`');
  return built[0].path;
}

function onPath(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error('Chromium is not found: install it, or name it in CHROMIUM');
}
