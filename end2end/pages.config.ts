import { defineConfig } from '@playwright/test';

import { contextOptions, launchOptions } from './environment.mjs';
import type { Options } from './fixtures';
import { isLong } from './pages/looks';

/** Every page in every state, looked at in every way: `LONG` in each width and colour, with pictures, and without scripts too. */
export default defineConfig<Options>({
  testDir: 'pages',
  testMatch: '*.walk.ts',
  globalSetup: './pages/sheet.ts',
  outputDir: 'test-results/pages',
  reporter: 'line',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  retries: 0,
  workers: 2,
  timeout: isLong ? 1_800_000 : 120_000,
  expect: { timeout: 10_000 },
  use: { ...contextOptions, launchOptions, viewport: { width: 1280, height: 800 } },
  projects: [{ name: 'scripts' }, ...(isLong ? [{ name: 'none', use: { javaScriptEnabled: false } }] : [])],
});
