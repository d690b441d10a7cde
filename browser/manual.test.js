// The manual: each kind of its pages in both languages of the text, without axe-core violations and sideways scrolling; and
// what is printed: every participant sheet is one A4 page, blank and with goals.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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

const programme = '/programmes/out-of-the-net';
const pages = [
  '/programmes',
  `${programme}/manual`,
  `${programme}/sessions/welcome`,
  `${programme}/sessions/welcome?in=es`,
  `${programme}/handbook/principles?in=en`,
  `${programme}/search?q=silence`,
  `${programme}/search?q=verguenza&in=es`,
  `${programme}/search?q=zzqx`,
  `${programme}/sheets?session=welcome`,
  '/library',
  '/library?q=nothing-like-it',
];

for (const [locale, colorScheme] of [['en-GB', 'light'], ['es-ES', 'dark']]) {
  test(`pages of the manual, ${locale}, ${colorScheme}`, async () => {
    const page = await signIn(browser, fairway.address, 'facilitator', { locale, colorScheme });
    const faults = [];
    for (const path of pages) {
      await page.setViewportSize({ width: 1280, height: 900 });
      const response = await page.goto(fairway.address + path);
      if (response.status() !== 200) faults.push(`${path} answers ${response.status()}`);
      for (const fault of await axe(page)) faults.push(`${path}: ${fault}`);
      await page.setViewportSize({ width: 320, height: 800 });
      const over = await overflows(page);
      if (over > 1) faults.push(`${path}: scrolls sideways by ${over} px at 320 px`);
    }
    await page.goto(`${fairway.address}${programme}/manual`);
    const module = await page.getAttribute('.book-module h3 a', 'href');
    await page.goto(fairway.address + module);
    for (const fault of await axe(page)) faults.push(`${module}: ${fault}`);
    for (const error of page.fairwayErrors) faults.push(`console: ${error}`);
    await page.context().close();
    assert.deepEqual(faults, []);
  });
}

test('the language of the text changes in place and not that of the menu', async () => {
  const page = await signIn(browser, fairway.address, 'facilitator');
  await page.goto(`${fairway.address}${programme}/sessions/welcome`);
  await page.click('#watch .elsewhere');
  assert.match(page.url(), /in=es#watch$/);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.equal(await page.getAttribute('article', 'lang'), 'es');
  await page.context().close();
});

/** Pages of a PDF, counted by its page objects. */
const pagesOf = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;

for (const locale of ['en-GB', 'es-ES']) {
  test(`every sheet is one A4 page, ${locale}`, async () => {
    const page = await signIn(browser, fairway.address, 'facilitator', { locale });
    await page.goto(`${fairway.address}${programme}/sheets`);
    const sheets = await page.locator('.sheet').count();
    assert.ok(sheets > 30);
    assert.equal(pagesOf(await page.pdf({ format: 'A4' })), sheets);
    // With a name and as many goals as are ever printed.
    await page.evaluate(() => {
      for (const header of document.querySelectorAll('.sheet header')) {
        const goal = '<li>I want people around me with whom I can be at ease, and a Saturday that I look forward to all week long.</li>';
        header.insertAdjacentHTML('afterend', `<div class="sheet-goals"><h3>My goals</h3><ul>${goal.repeat(3)}</ul></div>`);
      }
    });
    assert.equal(pagesOf(await page.pdf({ format: 'A4' })), sheets);
    await page.context().close();
  });
}
