// Answering the PHQ-9 as staff do from paper, by keyboard alone, and as a participant does on a handed-over device.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { signIn, startBrowser, startFairway } from './fairway.js';
import { clean, phq9 } from './measures.js';

describe('the PHQ-9 answered', { timeout: 120_000 }, () => {
  let browser;
  let fairway;
  before(async () => {
    [browser, fairway] = await Promise.all([startBrowser(), startFairway({ cases: 60 })]);
  });
  after(async () => {
    await browser?.close();
    await fairway?.stop();
  });

  test('from paper by keyboard: a wrong value stays with its error, item 9 raises a concern', async () => {
    const page = await signIn(browser, fairway.address, 'facilitator');
    await page.goto(`${await phq9(page, fairway.address)}/entry`);
    await clean(page, 'the form of entry');
    const items = page.locator('[data-quick] input.one');
    await items.first().focus();
    await page.keyboard.type('111111111');
    const typed = await items.evaluateAll((all) => all.slice(0, 9).map((one) => one.value));
    assert.deepEqual(typed, Array(9).fill('1'), 'a digit leads to the next item');
    await items.nth(2).fill('7');
    await page.locator('main form.form button.button:not(.plain)').last().press('Enter');
    await page.waitForSelector('[data-quick] .fault');
    assert.equal(await items.nth(2).inputValue(), '7', 'what was typed is kept');
    assert.equal(await items.nth(2).getAttribute('aria-invalid'), 'true');
    await clean(page, 'the form with a fault');
    await items.nth(2).fill('1');
    await Promise.all([page.waitForURL(/\/concerns\//), page.locator('main form.form button.button:not(.plain)').last().press('Enter')]);
    await page.context().close();
  });

  test('on a handed-over device: help is shown, nothing else is reached until the right PIN', async () => {
    const page = await signIn(browser, fairway.address, 'facilitator');
    page.setDefaultTimeout(10_000);
    await page.goto(`${await phq9(page, fairway.address)}/new`);
    await page.fill('main input[name=pin]', '4821');
    await page.selectOption('main form [name=language]', 'en');
    await Promise.all([page.waitForURL(/\/answer\//), page.getByRole('button', { name: 'Hand over' }).click()]);
    assert.equal(await page.locator('nav').count(), 0, 'no navigation');
    await clean(page, 'the first question');
    for (let turn = 0; turn < 20 && !page.url().includes('/end'); turn++) {
      for (const question of await page.locator('fieldset.question').all()) await question.locator('input[type=radio]').nth(1).check();
      await page.locator('.answer-form button.button').first().click();
      await page.waitForLoadState('load');
    }
    assert.equal(await page.locator('section.help').count(), 1, 'where help is');
    await clean(page, 'the end');
    await page.locator('form[action$="/end"] button.button').first().click();
    await page.waitForLoadState('load');
    await page.goto(`${fairway.address}/today`);
    assert.match(page.url(), /\/answer\//, 'nothing else is reached');
    assert.equal(await page.locator('nav').count(), 0, 'nor offered');
    const leave = async (pin) => {
      if (!(await page.locator('#pin').isVisible())) await page.locator('details summary').click();
      await page.fill('#pin', pin);
      await page.locator('form[action$="/leaving"] button').click();
    };
    await leave('0000');
    await page.waitForSelector('[role=alert]');
    await clean(page, 'a wrong PIN');
    await leave('4821');
    await page.waitForURL((address) => !address.pathname.startsWith('/answer/'));
    await page.context().close();
  });

  test('by a one-time link: a wrong code, half saved and taken up again, handed in once', async () => {
    const staff = await signIn(browser, fairway.address, 'facilitator');
    await staff.goto(`${await phq9(staff, fairway.address)}/new`);
    await staff.selectOption('main form [name=point]', 'extra');
    await staff.selectOption('main form [name=language]', 'es');
    await clean(staff, 'the ways of taking a measure');
    await staff.getByRole('button', { name: 'Make a link' }).click();
    await staff.waitForSelector('code.secret');
    await clean(staff, 'the link and its code');
    const [link, code] = await staff.locator('code.secret').allTextContents();
    await staff.context().close();

    const path = new URL(link, fairway.address).pathname;
    const visit = async (typed) => {
      const page = await (await browser.newContext({ locale: 'es-ES' })).newPage();
      page.setDefaultTimeout(10_000);
      await page.goto(`${fairway.address}${path}`);
      if (typed) await give(page, typed);
      return page;
    };
    const give = async (page, typed) => {
      await page.fill('[name=code]', typed);
      await page.locator('main form button').click();
      await page.waitForLoadState('load');
    };
    const next = async (page) => {
      await page.locator('.answer-form button.button').first().click();
      await page.waitForLoadState('load');
    };
    const first = await visit('wrong');
    await first.waitForSelector('.fault, [role=alert]');
    await clean(first, 'a wrong code');
    await give(first, code);
    await clean(first, 'the first question by link');
    for (let answered = 0; answered < 2; answered++) {
      await first.locator('input[type=radio]').nth(1).check();
      await next(first);
    }
    await first.context().close();

    const again = await visit(code);
    assert.equal(await again.locator('html').getAttribute('lang'), 'es', 'in the language the link was made for');
    assert.match(await again.locator('main').innerText(), /Pregunta 1 de 10/);
    assert.equal(await again.locator('input[type=radio]').nth(1).isChecked(), true, 'what was answered is there');
    await clean(again, 'taken up again in Spanish');
    for (let turn = 0; turn < 20 && !again.url().includes('/end'); turn++) await next(again);
    assert.match(again.url(), /\/end/, 'questions may be left out');
    await again.locator('main form[action$="/end"] button').click();
    await again.waitForLoadState('load');
    assert.equal(await again.locator('form').count(), 0, 'handed in');
    await again.context().close();

    const late = await visit();
    assert.equal(await late.locator('.answer-form').count(), 0, 'the link opens once');
    await clean(late, 'a link that is used up');
    await late.context().close();
  });
});
