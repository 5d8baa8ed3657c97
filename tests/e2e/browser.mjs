// A real browser for the tests, and what is asked of every page in it.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { repository } from './programs.mjs';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCREENSHOTS = path.join(repository, 'build/screenshots');

export const sizes = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'phone', width: 360, height: 740 },
  { name: 'tablet', width: 768, height: 1024 },
];

export function launch() {
  // Its own clock cannot be moved (tools/test --at): it would not start.
  const { LD_PRELOAD: _, ...env } = process.env;
  return chromium.launch({
    executablePath: CHROMIUM,
    env,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

// Opens `base + at` in a fresh context of `browser`; complains of errors and of requests to anybody
// else. `bypassCSP` lets the accessibility checks in; a page is looked at without it first. `until`:
// what is waited for.
export async function open(browser, base, at, options = {}) {
  const { scheme = 'light', size = sizes[0], locale = 'de-DE', bypassCSP = false, until = 'networkidle' } = options;
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, locale, bypassCSP });
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => request.url().startsWith(base) || complaints.push(request.url()));
  const response = await page.goto(base + at, { waitUntil: until });
  return { context, page, response, complaints };
}

// Takes a picture of the page, `name`.png in build/screenshots.
export async function shoot(page, name, options = {}) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled', ...options });
}

// Whatever keeps the page from being usable by all, or wider than its window.
export async function assertAccessibleAndFitting(page, size) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= size.width, `it is ${width} px wide`);
  await page.addScriptTag({ path: AXE });
  const { violations, passes } = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags } }),
    RULES,
  );
  assert.ok(passes.length > 15, 'axe checked next to nothing');
  assert.deepEqual(
    violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`),
    [],
  );
}
