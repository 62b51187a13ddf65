import { defineConfig } from '@playwright/test';

import { contextOptions, launchOptions, phone } from './environment.mjs';
import type { Options } from './fixtures';

/**
 * Every journey with scripts; what has to work without them; and what a slow phone makes harder.
 *
 * `@scripts` marks what only scripts do, or what looks the same without them; `@no-scripts` what is different then;
 * `@any-width` what a slow phone makes no harder.
 */
export default defineConfig<Options>({
  testMatch: '*.spec.ts',
  globalSetup: './staff.mjs',
  outputDir: 'test-results',
  reporter: 'line',
  forbidOnly: Boolean(process.env.CI),
  fullyParallel: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  use: { ...contextOptions, launchOptions },
  projects: [
    { name: 'chromium', grepInvert: /@no-scripts/, use: { viewport: { width: 1280, height: 800 } } },
    {
      name: 'no-js',
      grepInvert: /@scripts/,
      testMatch: /(home-to-receipt|privacy|bad-input|chooser|accessibility|timeline|dossier|staff|help|desk|together)\.spec\.ts$/,
      use: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false },
    },
    {
      name: 'phone',
      grepInvert: /@no-scripts|@any-width/,
      testMatch: /(home-to-receipt|hydration|timeline|dossier|help|desk)\.spec\.ts$/,
      timeout: 90_000,
      expect: { timeout: 15_000 },
      use: { ...phone, throttled: true },
    },
  ],
});
