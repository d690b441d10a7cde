// A running demo service and a real browser: what every browser test starts from.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

/** A port nobody uses. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts `fairway demo` in a folder of its own, on the embedded engine or on the PostgreSQL of the environment. */
export async function startFairway({ engine = 'sqlite', cases = 40 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'fairway-browser-'));
  const port = await freePort();
  const args = ['demo', '--data', folder, '--listen', `127.0.0.1:${port}`, '--cases', String(cases), '--seed', '7'];
  let database = null;
  if (engine === 'postgres') {
    database = await makeDatabase();
    args.push('--database', database.address);
  }
  const child = spawn(process.env.FAIRWAY_BINARY ?? 'target/debug/fairway', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const address = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 90_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`fairway stopped: ${said}`);
    if (Date.now() > deadline) throw new Error(`fairway did not start: ${said}`);
    try {
      if ((await fetch(`${address}/readyz`)).ok) break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    address,
    said: () => said,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      if (database) await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A database of its own on the private cluster that ./test starts. */
async function makeDatabase() {
  const server = process.env.FAIRWAY_TEST_POSTGRES;
  if (!server) throw new Error('set FAIRWAY_TEST_POSTGRES, or run ./test, which starts a PostgreSQL cluster');
  const name = `fairway_browser_${process.pid}_${Date.now()}`;
  const sql = (text) =>
    new Promise((resolve, reject) => {
      const psql = spawn('psql', [server, '-qc', text], { stdio: ['ignore', 'ignore', 'inherit'] });
      psql.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`psql: ${code}`))));
    });
  await sql(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { address: url.toString(), drop: () => sql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Headless Chromium. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A page of a browser that prefers a language, signed in as a demo role. */
export async function signIn(browser, address, role, { locale = 'en-GB', ...options } = {}) {
  const context = await browser.newContext({ locale, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.fairwayErrors = errors;
  await page.goto(`${address}/sign-in`);
  await page.fill('input[name=name]:not([type=hidden])', role);
  await page.fill('input[type=password]', 'fairway demo only');
  await page.click('main form button:has-text("Sign in"), main form button:has-text("Entrar")');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return page;
}

/** Every axe-core violation of WCAG 2.2 A and AA on the page, as sentences. */
export async function axe(page) {
  const found = await page.evaluate(async (source) => {
    if (!window.axe) (0, eval)(source);
    const result = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return result.violations.map((violation) => `${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }, axeSource);
  return found;
}

/** Whether the page must be scrolled sideways. */
export function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What a page hides from somebody who enlarges it: sideways scrolling, and text cut off inside a box. */
export function hidden(page) {
  return page.evaluate(() => {
    const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const cut = [...document.querySelectorAll('body *')].filter((found) => {
      const { overflowX, overflowY } = getComputedStyle(found);
      return (overflowX !== 'visible' && found.scrollWidth > found.clientWidth + 1) || (overflowY === 'hidden' && found.scrollHeight > found.clientHeight + 1);
    });
    const seen = cut.filter((found) => found.clientWidth > 1 && !found.matches('input, textarea, select'));
    return [...(over > 1 ? [`scrolls sideways by ${over} px`] : []), ...seen.map((found) => `cuts off ${found.outerHTML.slice(0, 80)}`)];
  });
}
