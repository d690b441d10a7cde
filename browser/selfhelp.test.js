// The self-help site in a real browser: scripts off, no cookie, no storage, nothing from elsewhere; a visitor's whole journey in
// both languages; no axe-core violation on any page; readable at 320 px; the exit first.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, hidden, overflows, startBrowser } from './fairway.js';
import { startSelfHelp } from './selfhelp.js';

let site;
let browser;

before(async () => {
  [site, browser] = await Promise.all([startSelfHelp(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

/** A browser that runs no script and notes whatever should not happen. */
async function visitor(options = {}) {
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(site.address)) faults.push(`asks ${request.url()}`);
    if (request.headers().cookie) faults.push(`sends a cookie to ${request.url()}`);
  });
  page.on('response', async (response) => {
    if ((await response.allHeaders())['set-cookie']) faults.push(`${response.url()} sets a cookie`);
    if (response.status() >= 500) faults.push(`${response.url()} answers ${response.status()}`);
  });
  page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && faults.push(`console: ${message.text()}`));
  return { context, page, faults };
}

/** Every address that links reach from the front pages. */
async function addresses() {
  const seen = new Set();
  const open = ['/en/', '/es/'];
  while (open.length > 0) {
    const path = open.pop();
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = await fetch(site.address + path);
    assert.equal(answer.status, 200, `${path} answers ${answer.status}`);
    for (const [, href] of (await answer.text()).matchAll(/<a [^>]*href="([^"#]+)"/g)) if (href.startsWith('/')) open.push(href);
  }
  return [...seen].sort();
}

test('no cookie, script or third party', { timeout: 600_000 }, async () => {
  const { context, page, faults } = await visitor({ viewport: { width: 320, height: 700 } });
  const all = await addresses();
  assert.ok(all.length > 150, `only ${all.length} pages`);
  for (const path of [...all, '/en/nothing-here', '/']) {
    await page.goto(site.address + path);
    assert.equal(await page.locator('script').count(), 0);
    const over = await overflows(page);
    if (over > 1) faults.push(`${path} scrolls sideways by ${over} px at 320 px`);
  }
  const kept = await context.storageState();
  assert.deepEqual(kept, { cookies: [], origins: [] });
  await context.close();
  assert.deepEqual(faults, []);
});

describe('a whole journey', { timeout: 300_000 }, () => {
  for (const [language, other, words] of [
    ['en', 'es', { keep: 'give me a return phrase', written: 'I have written', store: 'Keep my notes', save: 'Save', go: 'Go on', see: 'See the result', back: 'Back to the step', notes: 'My notes', close: 'Close my notes', have: 'Type my phrase', open: 'Open my notes', forget: 'Delete everything now', gone: 'Deleted' }],
    ['es', 'en', { keep: 'dame una frase', written: 'Ya las he apuntado', store: 'Conservar mis notas', save: 'Guardar', go: 'Seguir', see: 'Ver el resultado', back: 'Volver al paso', notes: 'Mis notas', close: 'Cerrar mis notas', have: 'Escribir mi frase', open: 'Abrir mis notas', forget: 'Borrarlo todo ahora', gone: 'Borrado' }],
  ]) {
    test(`with scripts off, ${language}`, async () => {
      const { context, page, faults } = await visitor({ viewport: { width: 390, height: 800 } });
      // Playwright waits for animation frames before it clicks; without scripts there are none, so it must not wait.
      const follow = (found) => Promise.all([page.waitForNavigation(), found.click({ force: true })]);
      const press = (name) => follow(page.locator(`main button:has-text("${name}"), main a.button:has-text("${name}")`).first());
      const heading = () => page.locator('h1').innerText();
      await page.goto(`${site.address}/${language}/deciding/two-sides`);
      const title = await heading();
      await page.fill('#t1', 'Two voices, one kitchen table');
      await press(words.keep);
      const phrase = await page.locator('ol.words li').allInnerTexts();
      assert.equal(phrase.length, 12);
      await press(words.written);
      const typed = phrase.map((word) => word.normalize('NFD').replace(/[^a-z]/gi, '').slice(0, 4));
      await page.fill('#phrase', [...typed.slice(0, 6), 'zzzz', ...typed.slice(7)].join(' '));
      await press(words.store);
      assert.match(await page.locator('#phrase-fault').innerText(), /7/);
      await page.fill('#phrase', typed.join(' '));
      await press(words.store);
      await press(words.go);
      assert.equal(await heading(), title);
      assert.equal(await page.inputValue('#t1'), 'Two voices, one kitchen table');
      await page.fill('#t1', 'A longer thought');
      await press(words.go);
      assert.notEqual(await heading(), title);
      // The language switch keeps the place, and what was just written.
      await page.fill('#t1', 'Written before the switch');
      await follow(page.locator(`.tongues button[lang=${other}]`));
      assert.equal(await page.getAttribute('html', 'lang'), other);
      assert.equal(await page.inputValue('#t1'), 'Written before the switch');
      await follow(page.locator(`.tongues button[lang=${language}]`));
      await follow(page.locator(`.where button:has-text("${words.notes}")`));
      await page.locator('main summary').first().click({ force: true });
      await follow(page.locator('main button.link[formaction$="/where-am-i/worry"]'));
      await page.locator('fieldset').first().waitFor();
      for (const set of await page.locator('fieldset').all()) await set.locator('input').nth(2).check({ force: true });
      await press(words.see);
      assert.match(await page.locator('.sum').innerText(), /7 .* 21/);
      await press(words.back);
      await follow(page.locator(`.where button:has-text("${words.notes}")`));
      await press(words.close);
      assert.ok(!new URL(page.url()).search, 'nothing may stand in an address');
      // Later.
      await page.goto(`${site.address}/${language}/phrase`);
      await press(words.have);
      await page.fill('#phrase', phrase.join(' ').toUpperCase());
      await press(words.open);
      assert.match(await page.locator('main').innerText(), /7/);
      await page.locator('details.forget summary').click({ force: true });
      await press(words.forget);
      assert.equal(await heading(), words.gone);
      assert.deepEqual((await context.storageState()).cookies, []);
      await context.close();
      assert.deepEqual(faults, []);
    });
  }
});

test('the exit is first in tab order', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const path of ['/en/', '/es/deciding/two-sides', '/en/danger', '/en/phrase']) {
    await page.goto(site.address + path);
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement.matches('.exit a')), path);
  }
  await context.close();
});

test('what has the focus is seen, as at 400 % zoom', { timeout: 300_000 }, async () => {
  const faults = [];
  const context = await browser.newContext({ viewport: { width: 320, height: 256 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  for (const path of ['/en/', '/es/', '/en/where-am-i/mood', '/es/deciding/two-sides', '/en/help-now/es', '/en/phrase', '/es/privacy']) {
    await page.goto(site.address + path);
    for (let turn = 0; turn < 200; turn++) {
      await page.keyboard.press('Tab');
      const fault = await page.evaluate(async () => {
        // The page is scrolled to what has the focus by the next frame.
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const held = document.activeElement;
        if (!held || held === document.body || held.dataset.seen) return 'end';
        held.dataset.seen = 'yes';
        const box = held.getClientRects()[0];
        const top = box && document.elementFromPoint(Math.max(0, box.left + Math.min(box.width / 2, 8)), Math.max(0, box.top + Math.min(box.height / 2, 8)));
        const label = held.closest('label') ?? held;
        const mark = [held, label, held.parentElement].some((found) => getComputedStyle(found).outlineStyle !== 'none' && parseFloat(getComputedStyle(found).outlineWidth) >= 2);
        const name = held.outerHTML.slice(0, 90);
        if (!box || box.bottom <= 0 || box.top >= innerHeight || box.left < 0 || box.right > innerWidth + 1) return `${name} is off the screen`;
        if (!top || !(label.contains(top) || top.contains(held))) return `${name} lies under ${top?.outerHTML.slice(0, 60)}`;
        return mark ? '' : `${name} has no mark of the focus`;
      });
      if (fault === 'end') break;
      if (fault) faults.push(`${path}: ${fault}`);
    }
  }
  await context.close();
  assert.deepEqual(faults, []);
});

test('zero axe-core violations on every page', { timeout: 900_000 }, async () => {
  const faults = [];
  const all = await addresses();
  for (const [language, colorScheme, width] of [['en', 'light', 1280], ['es', 'dark', 390]]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    for (const path of all.filter((found) => found.startsWith(`/${language}`))) {
      await page.goto(site.address + path);
      for (const fault of await axe(page)) faults.push(`${path}: ${fault}`);
    }
    // Pages that answer forms, and pages that say what was wrong.
    const look = async (what) => {
      for (const fault of await axe(page)) faults.push(`${language}, ${what}: ${fault}`);
      await page.setViewportSize({ width: 320, height: 800 });
      const over = await overflows(page);
      if (over > 1) faults.push(`${language}, ${what}: scrolls sideways by ${over} px`);
      await page.setViewportSize({ width, height: 900 });
    };
    await page.goto(`${site.address}/${language}/where-am-i/mood`);
    await page.locator('fieldset').nth(8).locator('input').nth(2).check();
    await page.locator('.check button').click();
    await look('danger');
    await page.locator('main form button').click();
    await look('check with faults');
    for (const set of await page.locator('fieldset').all()) await set.locator('input').nth(1).check();
    await page.locator('.check button').click();
    await look('result');
    await page.locator('main form button:not([formaction])').first().click();
    await look('words');
    const phrase = await page.locator('ol.words li').allInnerTexts();
    await page.locator('main form button').first().click();
    await page.locator('main form button').first().click();
    await look('typed wrongly');
    await page.fill('#phrase', phrase.join(' '));
    await page.locator('main form button').first().click();
    await look('notes');
    await page.locator('button[formaction$="/my/print"]').click();
    await look('print');
    await page.locator('main form button').first().click();
    await page.locator('main summary').first().click();
    await page.locator('main button.link').first().click();
    await look('step with notes');
    await context.close();
  }
  assert.deepEqual(faults, []);
});

test('on paper, what was written is whole, no button is printed and no answer is missing', async () => {
  const { context, page, faults } = await visitor();
  await page.goto(`${site.address}/en/where-am-i/mood`);
  await page.fill('#t1', 'A line of my own.\n'.repeat(60));
  await page.emulateMedia({ media: 'print' });
  const box = page.locator('#t1');
  assert.ok((await box.evaluate((found) => found.scrollHeight - found.clientHeight)) <= 1, 'the box is as long as its text');
  assert.equal(await page.locator('button:visible, a.button:visible, .cut:visible').count(), 0);
  for (const set of await page.locator('fieldset').all()) {
    const [question, first] = [await set.locator('legend').boundingBox(), await set.locator('label:not([hidden])').first().boundingBox()];
    assert.ok(first.y >= question.y + question.height, 'the first answer stands below the question');
    // Chromium leaves out of a printed page what stands beside a float.
    assert.equal(await set.locator('label:not([hidden])').first().evaluate((found) => getComputedStyle(found).clear), 'both');
  }
  await context.close();
  assert.deepEqual(faults, []);
});

/** WCAG 1.4.12: what a reader may set without losing anything. */
const spacing = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';

test('readable at 400 % zoom, and with text spacing of the reader\'s own', { timeout: 600_000 }, async () => {
  const faults = [];
  // 1280 x 1024 at 400 %.
  const context = await browser.newContext({ viewport: { width: 320, height: 256 } });
  const page = await context.newPage();
  const look = async (what) => {
    for (const fault of await hidden(page)) faults.push(`${what}: ${fault}`);
    await page.addStyleTag({ content: spacing }).catch(() => page.evaluate((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = [sheet];
    }, spacing));
    for (const fault of await hidden(page)) faults.push(`${what}, with text spacing: ${fault}`);
  };
  for (const path of await addresses()) {
    await page.goto(site.address + path);
    await look(path);
  }
  for (const language of ['en', 'es']) {
    await page.goto(`${site.address}/${language}/where-am-i/mood`);
    await page.locator('.check button').click();
    await look(`${language}, a check with faults`);
    await page.goto(`${site.address}/${language}/phrase`);
    await page.locator('main form button').first().click();
    await look(`${language}, twelve words`);
    await page.locator('main form button').first().click();
    await page.locator('main form button').first().click();
    await look(`${language}, a phrase typed wrongly`);
  }
  await context.close();
  assert.deepEqual(faults, []);
});

test('mirrored from right to left', { timeout: 300_000 }, async () => {
  // No shipped language is written so; the direction is turned in the page, and the style sheet must follow it.
  const faults = [];
  const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
  const page = await context.newPage();
  for (const path of ['/en/', '/en/deciding/two-sides', '/en/where-am-i/mood', '/en/help-now/es', '/en/phrase', '/en/privacy']) {
    await page.goto(site.address + path);
    const from = await page.evaluate(() => {
      const edges = () => [...document.querySelectorAll('h1, h2, li')].map((found) => getComputedStyle(found)).map((style) => [style.paddingLeft, style.paddingRight, style.marginLeft, style.marginRight, style.borderLeftWidth, style.borderRightWidth]);
      const before = edges();
      document.documentElement.dir = 'rtl';
      const after = edges();
      const text = document.querySelector('h1');
      return { before, after, align: getComputedStyle(text).textAlign };
    });
    from.after.forEach((edge, nth) => {
      const [a, b, c, d, e, f] = from.before[nth];
      assert.deepEqual(edge, [b, a, d, c, f, e], `${path}: box ${nth} does not mirror`);
    });
    assert.ok(['start', 'right', 'center'].includes(from.align), `${path}: ${from.align}`);
    for (const fault of await hidden(page)) faults.push(`${path}: ${fault}`);
  }
  await context.close();
  assert.deepEqual(faults, []);
});
