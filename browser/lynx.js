// Lynx, driven by keys: a text browser as somebody sits before it. Its keys come through a pipe, what it shows is printed to a file.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A lynx that has just opened an address. The screen is so tall that every page fits on it. */
export function openLynx(address) {
  const folder = mkdtempSync(join(tmpdir(), 'fairway-lynx-'));
  const pipe = join(folder, 'keys');
  execFileSync('mkfifo', [pipe]);
  const command = `stty rows 400 cols 100; exec lynx -delay=0 -display_charset=utf-8 -cmd_script=${pipe} ${address}`;
  const env = { ...process.env, TERM: 'vt100', HOME: folder };
  const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'ignore', 'inherit'], env });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const keys = createWriteStream(pipe);
  let pages = 0;
  const press = (...names) => keys.write(names.map((name) => `key ${name}\n`).join(''));
  const type = (text) => press(...[...text].map((letter) => (letter === ' ' ? '<space>' : letter)));
  const print = async () => {
    const file = join(folder, `page${++pages}`);
    press('P', '^J', '^U');
    type(file);
    press('^J');
    for (let turn = 0; turn < 200 && !existsSync(file); turn++) await pause(50);
    return file;
  };
  return {
    press,
    type,
    /** Goes to the first link or button of the page that shows these words. */
    find(words) {
      press('^A', '/', '^U');
      type(words);
      press('^J');
    },
    /** Presses the button that shows these words. */
    push(words) {
      this.find(words);
      press('^J');
    },
    /** What is on the screen. When a second page is written, the first is whole. */
    async shown() {
      const file = await print();
      await print();
      return readFileSync(file, 'utf8').replace(/\s+/g, ' ');
    },
    async close() {
      press('q', 'y');
      keys.end();
      await Promise.race([gone, pause(5000)]);
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
