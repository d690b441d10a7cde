// The self-help site in a third language, written from right to left, that is made of files alone.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { axe, hidden, startBrowser } from './fairway.js';
import { program, startSelfHelp } from './selfhelp.js';
import { writeThirdLanguage } from './third-language.js';

let folder;
let site;
let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairway-third-language-'));
  await writeThirdLanguage(folder);
  [site, browser] = await Promise.all([startSelfHelp(['serve', '--content', folder, '--store', 'sqlite://:memory:']), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('its files are in order', async () => {
  const { stdout } = await promisify(execFile)(program, ['check', '--content', folder]);
  assert.match(stdout, /^The content is in order/);
});

/** Every page of the language that links reach. */
async function pages() {
  const seen = new Set();
  const open = ['/ar/'];
  while (open.length > 0) {
    const path = open.pop();
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = await fetch(site.address + path);
    assert.equal(answer.status, 200, path);
    for (const [, href] of (await answer.text()).matchAll(/<a [^>]*href="([^"#]+)"/g)) if (/^\/ar(\/|$)/.test(href)) open.push(href);
  }
  return [...seen].sort();
}

/** Words in Latin letters, but for names of languages and of lines of help, and the words of a phrase. */
function foreign(page) {
  return page.evaluate(() => {
    const own = '.tongues, .helplines, ol.words, #phrase-fault, textarea';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (!text.parentElement.closest(own) && /[A-Za-z]{2}/.test(text.data)) found.push(text.data.trim());
    }
    for (const held of document.querySelectorAll('[aria-label], [title], [placeholder], [value]')) {
      const names = ['aria-label', 'title', 'placeholder', ...(held.matches('input:not([type=hidden])') ? ['value'] : [])];
      for (const name of names) if (/[A-Za-z]{2}/.test(held.getAttribute(name) ?? '') && !held.closest(own)) found.push(`${name}: ${held.getAttribute(name)}`);
    }
    return found;
  });
}

async function look(page, what, faults) {
  assert.equal(await page.getAttribute('html', 'lang'), 'ar', what);
  assert.equal(await page.getAttribute('html', 'dir'), 'rtl', what);
  const found = [...(await hidden(page)), ...(await axe(page)), ...(await foreign(page)).map((text) => `is no file's: ${text}`)];
  faults.push(...found.map((fault) => `${what}: ${fault}`));
}

test('every page runs from right to left, fits 320 px and has words of its files only', { timeout: 600_000 }, async () => {
  const faults = [];
  const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
  const page = await context.newPage();
  const all = await pages();
  assert.ok(all.length > 75, `only ${all.length} pages`);
  for (const path of [...all, '/ar/nothing-here']) {
    await page.goto(site.address + path);
    await look(page, path, faults);
  }
  await context.close();
  assert.deepEqual(faults, []);
});

test('a visit: a check, a phrase, notes kept and opened again', { timeout: 300_000 }, async () => {
  const faults = [];
  const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
  const page = await context.newPage();
  const press = (name) => page.locator(name).first().click();
  await page.goto(`${site.address}/ar/where-am-i/mood`);
  await press('.check button');
  await look(page, 'a check with faults', faults);
  for (const set of await page.locator('fieldset').all()) await set.locator('input').nth(1).check({ force: true });
  await press('.check button');
  await look(page, 'danger', faults);
  await press('main form button');
  await look(page, 'result', faults);
  await page.goto(`${site.address}/ar/deciding/two-sides`);
  await page.fill('#t1', 'صوتان حول مائدة واحدة');
  await press('button[formaction$="/phrase/new"]');
  await look(page, 'twelve words', faults);
  const words = await page.locator('ol.words li').allInnerTexts();
  assert.equal(words.length, 12);
  await press('main form button');
  await page.fill('#phrase', words.map((word, nth) => (nth === 6 ? 'zzzz' : word)).join(' '));
  await press('main form button');
  await look(page, 'typed wrongly', faults);
  await page.fill('#phrase', words.join(' '));
  await press('main form button');
  await look(page, 'notes', faults);
  await press('main form button');
  assert.equal(await page.inputValue('#t1'), 'صوتان حول مائدة واحدة');
  await look(page, 'a step with notes', faults);
  await context.close();
  assert.deepEqual(faults, []);
});
