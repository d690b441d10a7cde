// The self-help site in a text browser (lynx): the exit comes first, everything can be read and answered, help is dialled.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { startSelfHelp } from './selfhelp.js';

let site;
before(async () => {
  site = await startSelfHelp();
});
after(() => site?.stop());

/** What lynx shows of a page, or of the answer to a form. */
function lynx(path, fields) {
  const args = ['-dump', '-nolist', '-width=80', '-display_charset=utf-8'];
  const child = spawn('lynx', fields ? [...args, '-post_data', site.address + path] : [...args, site.address + path], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(fields ? `${new URLSearchParams(fields)}\n---\n` : '');
  return new Promise((resolve, reject) => {
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (shown += chunk));
    child.once('error', () => reject(new Error('lynx is not installed; ./test installs it')));
    child.once('close', (code) => (code === 0 ? resolve(shown) : reject(new Error(`lynx ended with ${code} on ${path}`))));
  });
}

for (const [language, words] of Object.entries({
  en: { exit: 'Leave now', skip: 'Skip to the text', help: 'Help now', read: 'To read', danger: /suicid|dying/i, line: '024' },
  es: { exit: 'Salir ya', skip: 'Ir al texto', help: 'Ayuda ahora', read: 'Para leer', danger: /suicid|morir/i, line: '024' },
})) {
  test(`a text browser reads a step, ${language}`, async () => {
    for (const path of ['/', '/deciding/two-sides', '/stopping-today/waves', '/help-now/es', '/phrase', '/privacy']) {
      const shown = await lynx(`/${language}${path}`);
      const lines = shown.split('\n').map((line) => line.trim()).filter(Boolean);
      assert.ok(lines[0].startsWith(words.exit), `${path} begins with ${lines[0]}`);
      assert.ok(lines[0].includes(words.help), `${path}: help now stands in the first line`);
      assert.ok(lines.slice(1, 4).includes(words.skip), path);
      assert.ok(!shown.includes('(IMAGE)') && !shown.includes('[INLINE]') && !/[{}<>]/.test(shown), `${path} shows markup`);
    }
    const step = await lynx(`/${language}/deciding/two-sides`);
    assert.match(step, /_{20}/, 'a place to write');
    assert.match(step, /\(BUTTON\)/, 'buttons are named');
    assert.ok((await lynx(`/${language}/help-now/es`)).includes(words.line), 'numbers are shown');
  });

  test(`a text browser answers a check, ${language}`, async () => {
    const answers = Object.fromEntries(Array.from({ length: 9 }, (_, item) => [`q${item + 1}`, '1']));
    const shown = await lynx(`/${language}/where-am-i/mood/check`, { at: 'where-am-i/mood', ...answers });
    assert.match(shown, words.danger, 'an answer that speaks of dying leads to help');
    const calm = await lynx(`/${language}/where-am-i/mood/check`, { at: 'where-am-i/mood', ...answers, q9: '0' });
    assert.match(calm, /8\s.*27/s, 'the sum and what it is out of');
    const half = await lynx(`/${language}/where-am-i/mood/check`, { at: 'where-am-i/mood', q1: '1' });
    assert.ok(half.includes(words.read), 'half answered, the step is shown again');
  });
}
