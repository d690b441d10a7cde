// A whole case lived in the browser, from the referral to the last follow-up: in English on the embedded engine and in
// Spanish on PostgreSQL. The coordinator, the facilitator and the treatment manager each do what is theirs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { axe, signIn, startBrowser, startFairway } from './fairway.js';

const WORDS = {
  en: { programme: 'Out of the Net', home: /Today/, ended: /Completed/ },
  es: { programme: 'Fuera de la Red', home: /Hoy/, ended: /Finalizado(?! antes)/ },
};

/** The day of the service some days ago, written so that every language reads it: 2026-11-23. */
function daysAgo(days) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Madrid' }).format(Date.now() - days * 86_400_000);
}

/** Ticks one choice with the keyboard, as somebody without a mouse does. */
async function pick(choice) {
  if (!(await choice.isChecked())) await choice.press('Space');
  assert.ok(await choice.isChecked(), 'the choice is ticked');
}

/** Fills fields by name within a form: text, choices of one, choices of several, lists. */
async function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]:not([type=hidden])`);
    const kind = await field.first().evaluate((node) => (node.tagName === 'SELECT' ? 'select' : node.type));
    if (kind === 'radio' || kind === 'checkbox') {
      for (const one of [value].flat()) await pick(one === true ? field.first() : form.locator(`[name="${name}"][value="${one}"]`));
    } else if (kind === 'select') await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Sends a form with its own button, and fails with what the page says when the page does not lead on. */
async function send(page, form, values = {}, button = 'button.button:not(.plain)') {
  await fill(form, values);
  const pressed = form.locator(button).first();
  const asks = (await pressed.getAttribute('data-confirm')) !== null;
  const press = async () => {
    await pressed.click();
    if (asks) await page.locator('dialog[open] button.stop').click();
  };
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST' && !answer.url().endsWith('/draft')),
    press(),
  ]);
  await page.waitForLoadState('load');
  if (response.status() !== 303) {
    const said = await page.locator('main').innerText();
    assert.fail(`${response.request().url()} answers ${response.status()}: ${said.slice(0, 1500)}`);
  }
}

const postTo = (page, end) => page.locator(`main form[method=post][action$="${end}"]`).first();

describe('a case from the referral to the last follow-up', { timeout: 300_000 }, () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  for (const [language, locale, engine] of [
    ['en', 'en-GB', 'sqlite'],
    ['es', 'es-ES', 'postgres'],
  ]) {
    test(`${language} on ${engine}`, async () => {
      const fairway = await startFairway({ engine, cases: 60 });
      try {
        await life(browser, fairway.address, language, locale);
      } finally {
        await fairway.stop();
      }
    });
  }
});

/** The whole life of one case. */
async function life(browser, address, language, locale) {
  const words = WORDS[language];
  const [coordinator, facilitator, manager] = await Promise.all(['coordinator', 'facilitator', 'manager'].map((role) => signIn(browser, address, role, { locale })));
  const open = async (page, path) => {
    const answer = await page.goto(address + path);
    assert.equal(answer.status(), 200, `${path} answers ${answer.status()}`);
    assert.equal(await page.getAttribute('html', 'lang'), language);
  };
  const clean = async (page, what) => assert.deepEqual(await axe(page), [], `${what}: ${page.url()}`);
  const mainText = (page) => page.locator('main').innerText();

  await open(facilitator, '/today');
  assert.match(await facilitator.locator('h1').innerText(), words.home);
  const whose = (await facilitator.locator('a[href="/settings"]').first().innerText()).trim().split('\n')[0];

  // The referral.
  await open(coordinator, '/referrals/new');
  await clean(coordinator, 'the form of the referral');
  const place = await coordinator.inputValue('main form[method=post] input[name=place]');
  const register = postTo(coordinator, '/referrals/new');
  const programme = await register.locator('label', { hasText: words.programme }).first().getAttribute('for');
  await pick(register.locator(`[id="${programme}"]`));
  await send(coordinator, register, {
    'given-names': 'Zacarías',
    'family-names': 'Invento Brújula',
    'born-on': '1984-03-09',
    language,
    'referred-on': daysAgo(60),
    'legal-basis': 'suspension',
    'order-starts-on': daysAgo(70),
    'order-ends-on': daysAgo(-900),
    offences: 'viewer',
    availability: await register.locator('[name=availability]').evaluateAll((all) => all.map((one) => one.value)),
  });
  const path = new URL(coordinator.url()).pathname.match(/\/cases\/[0-9a-f-]{36}/)?.[0];
  assert.ok(path, `registering leads to ${coordinator.url()}`);
  const id = path.slice('/cases/'.length);

  // Suitability, judged and decided; the waiting list.
  await open(coordinator, `${path}/suitability`);
  await clean(coordinator, 'suitability');
  const criteria = postTo(coordinator, '/suitability');
  const verdicts = await criteria.locator('input[name^=verdict-]').evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
  assert.ok(verdicts.length >= 5, 'every criterion is asked');
  await send(coordinator, criteria, { 'judged-on': daysAgo(55), ...Object.fromEntries(verdicts.map((name) => [name, 'met'])), ...Object.fromEntries(verdicts.map((name) => [name.replace('verdict-', 'reason-'), 'Talked through and written down.'])) });
  await open(coordinator, `${path}/suitability`);
  await send(coordinator, postTo(coordinator, '/suitability/decision'), { decision: 'suitable', on: daysAgo(54) });
  await open(coordinator, `${path}/suitability`);
  await send(coordinator, postTo(coordinator, '/waiting'), { risk: 'medium', need: 'medium', on: daysAgo(53) });
  await open(coordinator, '/waiting');
  assert.equal(await coordinator.locator(`tbody a[href="${path}"]`).count(), 1, 'the case waits');
  await clean(coordinator, 'the waiting list');

  // The facilitator, and the start of the individual phase.
  await open(coordinator, `${path}/facilitator`);
  const assign = postTo(coordinator, '/facilitator');
  const chosen = await assign.locator('label', { hasText: whose }).first().getAttribute('for');
  await pick(assign.locator(`[id="${chosen}"]`));
  await send(coordinator, assign);
  await open(coordinator, `${path}/start`);
  await send(coordinator, postTo(coordinator, '/start'), { on: daysAgo(40) });

  // The individual phase: planned, and its first session recorded, signed and amended.
  await plan(facilitator, open, path);
  await record(facilitator, open, clean, path, id, 0, daysAgo(30));

  // The next phase with a group: the manager opens it against the rule, with a reason.
  await open(manager, `${path}/phase`);
  await clean(manager, 'the gate');
  assert.ok((await manager.locator('main .tag.late, main .tag.warn').count()) > 0, 'the gate says what is not met');
  await open(coordinator, `/groups/new?unit=${place}&case=${id}`);
  const form = postTo(coordinator, '/groups/new');
  const kinds = await form.locator('[name=kind]').evaluateAll((all) => all.map((one) => [one.value, one.closest('label, div')?.innerText ?? '']));
  const kind = (kinds.find(([, label]) => label.includes(words.programme)) ?? kinds[0])[0];
  await send(coordinator, form, {
    kind,
    title: 'Brújula',
    language,
    days: await form.locator('[name=days]').first().inputValue(),
    time: '07:10',
    first: daysAgo(0),
    facilitators: await form.locator('[name=facilitators]').evaluateAll((all, name) => all.filter((one) => one.parentElement.innerText.includes(name)).map((one) => one.value), whose),
  });
  const group = new URL(coordinator.url()).pathname;
  if ((await coordinator.locator(`main input[name=case][value="${id}"]`).count()) > 0) await send(coordinator, postTo(coordinator, '/members'), { case: id });
  // A group of this programme begins with six; others who wait are admitted with the case.
  await open(coordinator, group);
  const others = await coordinator.locator('main input[name=case]').evaluateAll((all) => all.map((one) => one.value));
  await send(coordinator, postTo(coordinator, '/members'), { case: others.slice(0, 6) });
  await open(coordinator, group);
  await clean(coordinator, 'the group');
  assert.equal(await coordinator.locator(`tbody th a[href="${path}"]`).count() > 0, true, 'the case is of the group');
  await open(manager, `${group}/start`);
  const begin = postTo(manager, '/start');
  const reasons = await begin.locator('textarea').evaluateAll((all) => all.map((one) => [one.name, 'The group begins once a year; the rest is done in single sessions.']));
  await send(manager, begin, { on: daysAgo(0), ...Object.fromEntries(reasons) });
  await record(facilitator, open, clean, group, id, 0, daysAgo(0));

  // The follow-up.
  await open(manager, `${path}/phase`);
  await send(manager, postTo(manager, '/phase'), { on: daysAgo(0), against: true, comment: 'The order ends early; what is missing is made up in the follow-up.' });
  await plan(facilitator, open, path);
  await record(facilitator, open, clean, path, id, -1, daysAgo(0));

  // A concern, recorded and closed with an outcome.
  await open(facilitator, `${path}/concerns/new`);
  await clean(facilitator, 'a new concern');
  const concern = postTo(facilitator, '/concerns');
  await send(facilitator, concern, {
    kind: await concern.locator('[name=kind]').last().inputValue(),
    words: 'Said twice that nothing matters since the flat was lost.',
    owner: await concern.locator('[name=owner] option:not([value=""])').first().getAttribute('value'),
  });
  await open(manager, '/concerns?of=all&state=open');
  const concerns = await manager.locator('tbody th a[href^="/concerns/"]').evaluateAll((all) => all.filter((link) => link.closest('tr').innerText.includes('Invento')).map((link) => link.getAttribute('href')));
  assert.equal(concerns.length, 1, 'the concern is listed');
  await open(manager, concerns[0]);
  await clean(manager, 'the concern');
  const closing = postTo(manager, '/closing');
  await send(manager, closing, { outcome: await closing.locator('[name=outcome]').first().inputValue(), done: 'Seen the same day; a room was found.' });
  await open(manager, concerns[0]);
  assert.equal(await postTo(manager, '/closing').count(), 0, 'a closed concern stays closed');

  // The report: opened, written, signed.
  await open(facilitator, `${path}/reports`);
  await clean(facilitator, 'the reports');
  const report = await facilitator.locator('tbody th a').first().getAttribute('href');
  await open(facilitator, `${report}/text`);
  await clean(facilitator, 'the text of the report');
  await send(facilitator, postTo(facilitator, '/text'), { summary: 'Came, and worked, as agreed.' });
  await open(facilitator, `${report}/text`);
  await send(facilitator, postTo(facilitator, '/text'), {}, 'button[formaction]');
  await open(facilitator, report);
  assert.match(await mainText(facilitator), /Came, and worked, as agreed\./);
  assert.equal(await facilitator.locator('main .note.warn').count(), 0, 'the report is signed');
  await clean(facilitator, 'the paper');

  // The completion, opened by the manager with a reason; the history tells it all.
  await open(manager, `${path}/completion`);
  await clean(manager, 'the completion');
  await send(manager, postTo(manager, '/completion'), { on: daysAgo(0), against: true, comment: 'The court shortened the order.' });
  await open(manager, path);
  assert.match(await mainText(manager) + (await manager.locator('header').allInnerTexts()).join(' '), words.ended);
  await open(manager, `${path}/history`);
  await clean(manager, 'the history');
  const history = await mainText(manager);
  // Referred, suitable, on the list, started, two phases entered, completed.
  assert.ok((await manager.locator('main article.card').count()) >= 7, `every event is told: ${history}`);
  for (const said of ['The group begins once a year', 'The order ends early', 'The court shortened']) assert.ok(history.includes(said), said);
  assert.ok((await manager.locator('main article.card .tag.late').count()) >= 3, `three gates were opened against the rule: ${history}`);

  for (const page of [coordinator, facilitator, manager]) {
    assert.deepEqual(page.fairwayErrors, []);
    await page.context().close();
  }
}

/** Plans the phase that the case is in, from today on. */
async function plan(page, open, path) {
  await open(page, `${path}/plan`);
  const asked = page.locator('main form[method=get]').first();
  await fill(asked, { days: await asked.locator('[name=days]').evaluateAll((all) => all.slice(0, 5).map((one) => one.value)), time: '16:20', from: daysAgo(0) });
  await Promise.all([page.waitForURL(/show=yes/), asked.locator('button.button').first().click()]);
  await send(page, postTo(page, '/plan'));
}

/** Records the planned session at a place of the list as held on a day; saves, signs and amends it. */
async function record(page, open, clean, path, id, which, on) {
  await open(page, path.startsWith('/groups/') ? path : `${path}/sessions`);
  const sessions = await page.locator('main a[href^="/sessions/"]:not([href$="/move"])').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  assert.ok(sessions.length > 0, `sessions are planned in ${path}`);
  const session = sessions.at(which).split('?')[0];
  await open(page, `${session}?record`);
  await clean(page, 'the form of the session');
  await send(page, postTo(page, session), {
    held_on: on,
    // Whatever the hour at which this test runs, midnight has passed.
    at: '00:00',
    [`presence-${id}`]: 'attended',
    [`seen-${id}`]: 'Named the moment at which the evening turned.',
    [`target-${id}`]: await page.locator(`[name="target-${id}"] option`).last().getAttribute('value'),
    [`note-${id}`]: 'Came early and stayed to the end.',
  });
  await open(page, session);
  await send(page, postTo(page, '/signature'));
  await open(page, session);
  await clean(page, 'the signed session');
  await send(page, postTo(page, '/amendments'), { amendment: 'The hour was ten minutes later than written.' });
  await open(page, session);
  const said = await page.locator('main').innerText();
  for (const text of ['Named the moment', 'Came early', 'ten minutes later']) assert.ok(said.includes(text), text);
}
