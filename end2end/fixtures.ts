import { randomUUID } from 'node:crypto';

import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

import { baseUrl, contextOptions, throttle } from './environment.mjs';

export { expect, type Page };

export type Options = {
  /** A slow line and an old phone. */
  throttled: boolean;
  /** Trouble that a test brings about itself. */
  expectedTrouble: RegExp | undefined;
};

type Fixtures = {
  /** Whether scripts run. */
  scripts: boolean;
  /** Waits until the islands of a page are alive, where scripts run and the page has any. */
  ready: () => Promise<void>;
  /** Opens a page and waits until it is ready. */
  open: (path: string) => Promise<void>;
  /** From now on the browser is that of a helper of the demo, by name. Signing out would end it for all journeys. */
  signIn: (name: string) => Promise<void>;
  /** Somebody else's browser. */
  somebody: () => Promise<Page>;
  /** A browser of its own at the desk, signed in as one of the invented helpers of the demo. */
  desk: (name: string) => Promise<Page>;
};

/** A browser in which every complaint fails the test: of the security policy, the console, a script, a request. */
export const test = base.extend<Options & Fixtures>({
  throttled: [false, { option: true }],
  expectedTrouble: [undefined, { option: true }],

  scripts: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled ?? true),

  context: async ({ context, expectedTrouble, scripts }, use) => {
    const trouble = await watch(context, scripts);
    // Every test is somebody else, for the limits on what is tried in vain.
    await context.setExtraHTTPHeaders({ 'X-Forwarded-For': randomUUID() });
    await use(context);
    expect(trouble.filter((it) => !expectedTrouble?.test(it)), 'what the browser complained of').toEqual([]);
  },

  page: async ({ page, throttled, scripts }, use) => {
    if (throttled) await throttle(page);
    // A click asks scripts in the page whether its button still moves. Where none run, scrolling to it moves nothing any more.
    if (!scripts) page.on('load', () => layOutAll(page).catch(() => {}));
    await use(page);
  },

  ready: async ({ page, scripts }, use) =>
    use(async () => {
      if (scripts && (await page.locator('script[type=module]').count()) > 0) {
        await expect(page.locator('html')).toHaveAttribute('data-ready', '');
      }
    }),

  open: async ({ page, ready }, use) =>
    use(async (path) => {
      await page.goto(path);
      await ready();
    }),

  signIn: async ({ context }, use) => use((name) => letIn(context, name)),

  somebody: async ({ browser, page, scripts, expectedTrouble }, use) => {
    const contexts: BrowserContext[] = [];
    const trouble: string[][] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, viewport: page.viewportSize(), javaScriptEnabled: scripts });
      contexts.push(context);
      trouble.push(await watch(context, scripts));
      await context.setExtraHTTPHeaders({ 'X-Forwarded-For': randomUUID() });
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(trouble.flat().filter((it) => !expectedTrouble?.test(it)), 'what the browser of somebody else complained of').toEqual([]);
  },

  desk: async ({ somebody }, use) =>
    use(async (name) => {
      const desk = await somebody();
      await letIn(desk.context(), name);
      await desk.goto('/balie');
      return desk;
    }),
});

/** Lays out what is out of sight too, as it is once she has scrolled there: boxes that were skipped lie over each other. */
export async function layOutAll(page: Page) {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (getComputedStyle(element).contentVisibility === 'auto') element.style.contentVisibility = 'visible';
    }
  });
}

/** Gives a browser the session of someone who works here. */
async function letIn(context: BrowserContext, name: string) {
  const session = JSON.parse(process.env.STAFF_SESSIONS ?? '{}')[name];
  expect(session, `${name} is signed in: SERVER_LOG names the file with the links of the demo`).toBeDefined();
  // A browser takes it from this machine as if over TLS.
  const url = baseUrl.replace(/^http:/, 'https:');
  await context.addCookies([{ name: '__Host-balie', value: session.value, url, httpOnly: true, secure: true, sameSite: 'Lax' }]);
}

async function watch(context: BrowserContext, scripts: boolean): Promise<string[]> {
  const trouble: string[] = [];
  context.on('console', (message) => {
    // A page that is refused (422) or absent (404) is no fault; `response` below judges the rest.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) trouble.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => trouble.push(`script: ${error.error().message}`));
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // Saving a file and leaving a page end requests that were under way; without scripts nobody fetches them.
    if (why !== 'net::ERR_ABORTED' && (scripts || request.resourceType() !== 'script')) trouble.push(`request: ${request.url()} ${why}`);
  });
  context.on('response', (response) => {
    const isPage = response.request().isNavigationRequest();
    if (response.status() >= (isPage ? 500 : 400)) trouble.push(`response: ${response.status()} for ${response.url()}`);
  });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (violation) => console.error(`the policy ${violation.violatedDirective} stops ${violation.blockedURI}`));
  });
  return trouble;
}
