// The pages of measures as their users need them: typed twice and settled, one question a screen or all, help in Spanish, printed.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signIn, startBrowser, startFairway } from './fairway.js';
import { clean, phq9 } from './measures.js';

describe('the pages of measures', { timeout: 180_000 }, () => {
  let browser;
  let fairway;
  before(async () => {
    [browser, fairway] = await Promise.all([startBrowser(), startFairway({ cases: 120 })]);
  });
  after(async () => {
    await browser?.close();
    await fairway?.stop();
  });

  /** A form in the participant's hands: by a link, with its code. */
  async function opened(language, locale) {
    const staff = await signIn(browser, fairway.address, 'facilitator');
    await staff.goto(`${await phq9(staff, fairway.address)}/new`);
    await staff.selectOption('main form [name=point]', 'extra');
    await staff.selectOption('main form [name=language]', language);
    await staff.getByRole('button', { name: 'Make a link' }).click();
    await staff.waitForSelector('code.secret');
    const [link, code] = await staff.locator('code.secret').allTextContents();
    await staff.context().close();
    const page = await (await browser.newContext({ locale })).newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(`${fairway.address}${new URL(link, fairway.address).pathname}`);
    await page.fill('[name=code]', code);
    await page.locator('main form button').click();
    await page.waitForURL(/step=0/);
    return page;
  }

  /** Presses a button that leads to another page. */
  async function press(page, name) {
    const from = page.url();
    await page.getByRole('button', { name, exact: true }).click();
    await page.waitForURL((to) => String(to) !== from);
    await page.waitForLoadState('load');
  }

  const checked = (page) => page.locator('input[type=radio]:checked').count();

  test('typed twice: a difference is shown at its item, settled by keyboard, and kept', async () => {
    const page = await signIn(browser, fairway.address, 'facilitator');
    page.setDefaultTimeout(10_000);
    const base = await phq9(page, fairway.address);
    await page.goto(`${base}/entry`);
    await page.locator('[data-quick] input.one').first().focus();
    await page.keyboard.type('111111110');
    await page.check('[name=twice]');
    await page.locator('main form.form button.button:not(.plain)').last().press('Enter');
    await page.waitForSelector('[name=round][value="2"]', { state: 'attached' });
    assert.equal(await page.locator('[data-quick] input.one').first().inputValue(), '', 'the first time is not shown');
    assert.doesNotMatch(await page.locator('main').innerText(), /first time:/);
    await clean(page, 'the second time');
    await page.locator('[data-quick] input.one').first().focus();
    await page.keyboard.type('111211110');
    await page.locator('main form.form button.button:not(.plain)').last().press('Enter');
    await page.waitForSelector('[name=round][value="3"]', { state: 'attached' });
    const differing = page.locator('[data-quick] li.wrong');
    assert.equal(await differing.count(), 1);
    assert.match(await differing.innerText(), /tired[^]*first time: 1/);
    const field = differing.locator('input.one');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await page.locator(`#${await field.getAttribute('aria-describedby')}`).innerText(), 'first time: 1');
    assert.match(await page.locator('main [role=status]').first().innerText(), /1 answer differs/);
    await clean(page, 'a difference');
    await field.fill('1');
    await page.locator('main form.form button.button:not(.plain)').last().press('Enter');
    await page.waitForURL(/\/measures$/);
    await page.locator('.told a[href*="/responses/"]').last().waitFor();
    const responses = await page.locator('.told a[href*="/responses/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    const shown = [];
    for (const response of new Set(responses)) {
      await page.goto(`${fairway.address}${response}`);
      shown.push(await page.locator('main').innerText());
    }
    assert.ok(shown.some((text) => text.includes('Entered twice')), 'that it was entered twice stands with it');
    assert.deepEqual(page.fairwayErrors.filter((error) => !error.includes('422')), []);
    await page.context().close();
  });

  test('one question a screen or all: switching keeps what was answered, and so do the last screen and back', async () => {
    const page = await opened('en', 'en-GB');
    await page.locator('input[type=radio]').nth(1).check();
    await press(page, 'All questions at once');
    assert.equal(await page.locator('fieldset.question').count(), 10);
    assert.equal(await checked(page), 1, 'what was chosen a moment before is kept');
    await clean(page, 'all questions');
    await page.locator('fieldset.question').nth(4).locator('input[type=radio]').nth(2).check();
    await press(page, 'One question at a time');
    assert.match(page.url(), /step=0/);
    assert.equal(await page.locator('fieldset.question').count(), 1);
    assert.equal(await checked(page), 1);
    for (let turn = 0; turn < 4; turn++) await press(page, 'Next');
    assert.match(await page.locator('main').innerText(), /Question 5 of 10/);
    assert.equal(await page.locator('input[type=radio]').nth(2).isChecked(), true);
    await press(page, 'Back');
    assert.match(await page.locator('main').innerText(), /Question 4 of 10/);
    for (let turn = 0; turn < 6; turn++) await press(page, 'Next');
    assert.match(await page.locator('main').innerText(), /Question 10 of 10/);
    assert.equal(await page.getByRole('button', { name: 'Next', exact: true }).count(), 0, 'the last one leads to the end');
    await page.locator('input[type=radio]').first().check();
    await clean(page, 'the last question');
    await press(page, 'To the end');
    assert.match(await page.locator('main').innerText(), /7 questions are not answered/);
    await page.getByRole('link', { name: 'Go back' }).click();
    await page.waitForURL(/step=9/);
    assert.equal(await page.locator('input[type=radio]').first().isChecked(), true);
    await page.context().close();
  });

  test('after item 9 the participant sees in Spanish where help is, before and after handing in', async () => {
    const page = await opened('es', 'es-ES');
    for (let turn = 0; turn < 8; turn++) await press(page, 'Siguiente');
    assert.match(await page.locator('main').innerText(), /Pregunta 9 de 10/);
    await page.locator('input[type=radio]').nth(1).check();
    await press(page, 'Siguiente');
    await press(page, 'Al final');
    for (const title of ['Antes de entregar', 'Gracias']) {
      assert.equal(await page.locator('h1').innerText(), title);
      const help = await page.locator('section.help').innerText();
      assert.match(help, /No tiene que pasar por esto a solas/);
      assert.match(help, /llame al 112/);
      assert.match(help, /024/);
      assert.equal(await page.locator('html').getAttribute('lang'), 'es');
      await clean(page, title);
      if (title !== 'Gracias') {
        await page.getByRole('button', { name: 'Entregar' }).click();
        await page.waitForFunction(() => document.querySelector('h1').textContent === 'Gracias');
      }
    }
    await page.context().close();
  });

  test('the measures of a case printed: scores, sentences and gaps, and nothing to press', async () => {
    const page = await signIn(browser, fairway.address, 'facilitator');
    const address = await mostMeasured(page);
    await clean(page, 'the measures of a case');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 720, height: 1000 });
    const pressable = await page.locator('main button, main .button, header.bar, nav, main .no-print').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(pressable, []);
    const seen = await page.evaluate(() => ({
      chart: document.querySelector('.thread svg').checkVisibility(),
      band: document.querySelectorAll('.thread svg .band').length,
      gaps: document.querySelectorAll('.thread svg g > .gap').length,
      wide: document.querySelector('.thread svg').getBoundingClientRect().right <= document.documentElement.clientWidth,
      ink: getComputedStyle(document.body).color,
      sentences: [...document.querySelectorAll('.told > p:first-of-type')].map((one) => one.textContent),
    }));
    assert.ok(seen.chart && seen.wide, 'the chart is there and not cut off');
    assert.ok(seen.band > 0 && seen.gaps > 0, `band ${seen.band}, gaps ${seen.gaps}`);
    assert.equal(seen.ink, 'rgb(0, 0, 0)', 'black on white, whatever the screen is');
    assert.ok(seen.sentences.some((text) => /measurement error at 95 %/.test(text)), seen.sentences.join(' | '));
    assert.ok(seen.sentences.every((text) => !/risk/i.test(text)));
    const pdf = await page.pdf({ format: 'A4' });
    assert.ok(pdf.length > 10_000 && pdf.length < 2_000_000, String(pdf.length));
    assert.match(address, /\/measures$/);
    await page.context().close();
  });

  /** The page of the case that has the most scores and a gap between them. */
  async function mostMeasured(page) {
    await page.goto(`${fairway.address}/cases`);
    const cases = await page.locator('main a[href^="/cases/"]').evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('href').match(/^\/cases\/[0-9a-f-]{36}/)?.[0]).filter(Boolean))]);
    let best = null;
    let most = 0;
    for (const one of cases) {
      await page.goto(`${fairway.address}${one}/measures`);
      const [scores, gaps] = await Promise.all([page.locator('a[href*="/responses/"]').count(), page.locator('.thread svg g > .gap').count()]);
      if (gaps > 0 && scores > most) [best, most] = [one, scores];
    }
    assert.ok(best, 'a case with scores and a gap');
    await page.goto(`${fairway.address}${best}/measures`);
    return page.url();
  }
});
