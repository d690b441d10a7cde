// The self-help site in a text browser (lynx): the exit comes first, everything can be read and answered, help is dialled.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { openLynx } from './lynx.js';
import { startSelfHelp } from './selfhelp.js';

let site;
before(async () => {
  site = await startSelfHelp();
});
after(() => site?.stop());

/** What lynx shows of a page. */
function lynx(path) {
  const args = ['-dump', '-nolist', '-width=80', '-display_charset=utf-8'];
  const child = spawn('lynx', [...args, site.address + path], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let shown = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (shown += chunk));
    child.once('error', () => reject(new Error('lynx is not installed; ./test installs it')));
    child.once('close', (code) => (code === 0 ? resolve(shown) : reject(new Error(`lynx ended with ${code} on ${path}`))));
  });
}

for (const [language, words] of Object.entries({
  en: { 
    exit: 'Leave now', skip: 'Skip to the text', help: 'Help now', read: 'To read', danger: /suicid|dying/i, line: '024',
    see: 'See the result', gaps: 'Questions 1, 2, 3, 4, 5, 6, 7, 8 and 9 have no answer yet', sum: /of 27 points/, nine: /9 of 27 points/, rest: 'See the rest',
    make: 'Give me a return phrase', written: 'I have written them', store: 'Keep my notes', kept: 'Your notes are kept', step: 'Two sides of me',
    save: ') Save', notes: 'My notes', has: '1 step with notes', print: 'Show everything', forget: ') Delete everything now', gone: 'is deleted',
  },
  es: { 
    exit: 'Salir ya', skip: 'Ir al texto', help: 'Ayuda ahora', read: 'Para leer', danger: /suicid|morir/i, line: '024',
    see: 'Ver el resultado', gaps: 'Faltan las preguntas 1, 2, 3, 4, 5, 6, 7, 8 y 9.', sum: /de 27 puntos/, nine: /9 de 27 puntos/, rest: 'Ver el resto',
    make: 'Dame una frase', written: 'Ya las he apuntado', store: 'Conservar mis notas', kept: 'notas est', step: 'Dos partes',
    save: ') Guardar', notes: 'Mis notas', has: '1 paso con notas', print: 'Verlo todo', forget: ') Borrarlo todo ahora', gone: 'Borrado',
  },
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

  test(`a check by keys alone, ${language}`, { timeout: 120_000 }, async () => {
    const screen = openLynx(`${site.address}/${language}/where-am-i/mood`);
    try {
      screen.push(words.see);
      const asked = await screen.shown();
      assert.ok(asked.includes(words.gaps) && asked.includes(words.read), 'nothing answered: the gaps are named on the step');
      assert.ok(!words.sum.test(asked), 'and there is no sum');
      await answer(screen, words.see, [1, 1, 1, 1, 1, 1, 1, 1, 1]);
      screen.push(words.see);
      assert.match(await screen.shown(), words.danger, 'an answer that speaks of dying leads to help');
      screen.push(words.rest);
      assert.match(await screen.shown(), words.nine, 'and the sum can be seen after it');
    } finally {
      await screen.close();
    }
  });

  test(`notes by keys alone, ${language}`, { timeout: 120_000 }, async () => {
    const screen = openLynx(`${site.address}/${language}/phrase`);
    try {
      screen.push(words.make);
      const list = [...(await screen.shown()).matchAll(/\b\d+\. ?(\p{L}+)/gu)].map(([, word]) => word);
      assert.equal(list.length, 12);
      screen.push(words.written);
      const typed = list.map((word) => word.normalize('NFD').replace(/[^a-z]/gi, '').slice(0, 4)).join(' ');
      screen.find(words.store);
      screen.press('Up Arrow', 'Up Arrow', 'Up Arrow');
      screen.type(typed);
      screen.press('<tab>');
      screen.push(words.store);
      assert.ok((await screen.shown()).includes(words.kept), 'the phrase was taken');
      screen.push(words.step);
      screen.find(words.save);
      screen.press('Up Arrow', 'Up Arrow', 'Up Arrow', 'Up Arrow');
      screen.type('Written in lynx');
      screen.press('<tab>');
      // The first button of the page leads back to the notes, and saves.
      screen.push(words.notes);
      const notes = await screen.shown();
      assert.ok(notes.includes(words.has), `the text was saved: ${notes}`);
      screen.push(words.print);
      assert.ok((await screen.shown()).includes('Written in lynx'));
      screen.push(words.notes);
      screen.push(words.forget);
      assert.ok((await screen.shown()).includes(words.gone));
    } finally {
      await screen.close();
    }
  });
}

/** Chooses answers from the button below them upwards: five to a question, the first of which is none. */
async function answer(screen, below, answers) {
  screen.find(below);
  screen.press(...Array(answers.length * 5).fill('Up Arrow'));
  for (const chosen of answers) screen.press(...Array(chosen + 1).fill('Down Arrow'), '^J', ...Array(4 - chosen).fill('Down Arrow'));
}
