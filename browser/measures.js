// What the tests of measures share: a page without faults, and where the PHQ-9 of a case is.
import assert from 'node:assert/strict';
import { axe, overflows } from './fairway.js';

/** No fault of axe-core, and nothing to scroll sideways on a narrow screen, light and dark. */
export async function clean(page, what) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  for (const colorScheme of ['light', 'dark']) {
    // Without motion no colour is caught half way between the two schemes.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    assert.deepEqual(await axe(page), [], `${what}, ${colorScheme}`);
    assert.ok((await overflows(page)) <= 0, `${what} at 320 px`);
  }
  await page.setViewportSize(size);
}

/** The address of the PHQ-9 (the programme calls it mood) of a case of the demonstration. */
export async function phq9(page, address) {
  await page.goto(`${address}/cases`);
  const hrefs = await page.locator('main a[href^="/cases/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href').match(/^\/cases\/[0-9a-f-]{36}/)?.[0]).filter(Boolean));
  assert.ok(hrefs.length > 0, 'the facilitator has cases');
  return `${address}${hrefs[0]}/measures/mood`;
}
