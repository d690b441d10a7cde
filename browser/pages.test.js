// Every page that a role reaches by links: no axe-core violation, no sideways scrolling at 320 px, no error in the console,
// in both languages, light and dark.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, overflows, signIn, startBrowser, startFairway } from './fairway.js';

let fairway;
let browser;
before(async () => {
  [fairway, browser] = await Promise.all([startFairway(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await fairway?.stop();
});

/** The shape of an address: ids and codes replaced, so that one page of each kind is visited. */
function shape(url) {
  return url.pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
    .replace(/\/sessions\/[a-z0-9-]+$/, '/sessions/:session')
    .replace(/\/(modules|handbook)\/[a-z0-9-]+$/, '/$1/:id')
    .replace(/\/programmes\/[a-z0-9-]+/, '/programmes/:code');
}

/** One address of every kind that can be reached by links, at most `most`. */
async function kinds(page, address, most = 60) {
  const seen = new Map();
  const open = [new URL(page.url())];
  while (open.length > 0 && seen.size < most) {
    const url = open.shift();
    const kind = shape(url);
    if (seen.has(kind)) continue;
    const response = await page.goto(url.href);
    if (!response || !(response.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    assert.ok(response.status() < 400, `${url.pathname} answers ${response.status()}`);
    seen.set(kind, url.pathname + url.search);
    const links = await page.$$eval('a[href]', (all) => all.map((link) => new URL(link.getAttribute('href'), document.baseURI).href));
    for (const link of links) {
      const next = new URL(link);
      if (next.origin === address && !next.pathname.endsWith('.csv') && !next.pathname.endsWith('.ics') && !seen.has(shape(next))) open.push(next);
    }
  }
  return seen;
}

describe('every page', { timeout: 600_000 }, () => {
  for (const [role, locale, colorScheme] of [
    ['coordinator', 'en-GB', 'light'],
    ['facilitator', 'es-ES', 'dark'],
    ['manager', 'es-ES', 'light'],
    ['referrer', 'en-GB', 'dark'],
    ['auditor', 'en-GB', 'light'],
  ]) {
    test(`as ${role}, ${locale}, ${colorScheme}`, async () => {
      const page = await signIn(browser, fairway.address, role, { locale, colorScheme, viewport: { width: 1280, height: 900 } });
      const found = await kinds(page, fairway.address);
      assert.ok(found.size >= 3, `${role} reaches only ${[...found.keys()]}`);
      const faults = [];
      for (const [kind, path] of found) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.goto(fairway.address + path);
        for (const fault of await axe(page)) faults.push(`${kind} (${path}): ${fault}`);
        const language = await page.getAttribute('html', 'lang');
        if (language !== locale.slice(0, 2)) faults.push(`${kind} speaks ${language}`);
        await page.setViewportSize({ width: 320, height: 800 });
        const over = await overflows(page);
        if (over > 1) faults.push(`${kind} (${path}): scrolls sideways by ${over} px at 320 px`);
      }
      for (const error of page.fairwayErrors) faults.push(`console: ${error}`);
      await page.context().close();
      assert.deepEqual(faults, []);
    });
  }
});

test('the sign-in page, empty and refused', async () => {
  const context = await browser.newContext({ locale: 'es-ES' });
  const page = await context.newPage();
  await page.goto(`${fairway.address}/sign-in`);
  assert.deepEqual(await axe(page), []);
  await page.click('main form button:has-text("Entrar")');
  await page.waitForSelector('[aria-invalid=true]');
  assert.deepEqual(await axe(page), []);
  await context.close();
});

test('an address that is not there', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${fairway.address}/nothing-here`);
  assert.deepEqual(await axe(page), []);
  await context.close();
});
