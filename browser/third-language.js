// A third language made of files alone: the site's own content with its English words written in Arabic letters. Nobody can read it;
// it shows whether a language needs anything but files, whether it runs from right to left, and which words are no file's.
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const shipped = join(import.meta.dirname, '..', 'content');
const letters = Object.fromEntries([...'abcdefghijklmnopqrstuvwxyz'].map((letter, nth) => [letter, [...'ابثدهفجحيتكلمنوقرسشطعغخصزض'][nth]]));
/** Not words: addresses, anchors, placeables, tags, entities. */
const kept = /\]\([^)]*\)|\{[^}]*\}|https?:\S+|<[^>]*>|&\w+;/;

/** English words in Arabic letters. */
export function written(text) {
  return text.split(new RegExp(`(${kept.source})`)).map((part, nth) => (nth % 2 ? part : part.replace(/[a-z]/gi, (letter) => letters[letter.toLowerCase()]))).join('');
}

const quoted = (text) => JSON.stringify(written(JSON.parse(text)));

/** A page or a step. */
function markdown(text) {
  const [, front, body] = text.match(/^\+\+\+\n([\s\S]*?)\n\+\+\+\n([\s\S]*)$/);
  return `+++\n${front.replace(/^(title|warning) = (".*")$/gm, (_, name, value) => `${name} = ${quoted(value)}`)}\n+++\n${written(body)}`;
}

/** The entries of a language beside the English ones. */
const entries = (text) => text.replace(/\ben = ("(?:[^"\\]|\\.)*")/g, (found, value) => `${found}, ar = ${quoted(value)}`);

function fluent(text) {
  const own = { 'language-tag': 'ar-EG', 'language-name': 'العربية', 'language-direction': 'rtl' };
  return text.split('\n').map((line) => {
    if (line.startsWith('#')) return line;
    const [, begin, id, words] = line.match(/^(\s*(?:([\w-]+) =|\*?\[\w+\])?)(.*)$/);
    return own[id] ? `${id} = ${own[id]}` : begin + (words.includes('->') ? words : written(words));
  }).join('\n');
}

/** A questionnaire with its translations, and this one. */
function questionnaire(value) {
  if (Array.isArray(value)) return value.map(questionnaire);
  if (value === null || typeof value !== 'object') return value;
  const more = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, questionnaire(inner)]));
  for (const name of ['text', 'display']) {
    const translations = more[`_${name}`]?.extension;
    translations?.push({ ...translations[0], extension: [{ url: 'lang', valueCode: 'ar' }, { url: 'content', valueString: written(value[name]) }] });
  }
  return more;
}

async function rewritten(from, to, change) {
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, change(await readFile(from, 'utf8')));
}

/** Writes the content with the third language into a folder. */
export async function writeThirdLanguage(folder) {
  await cp(join(shipped, 'self-help'), join(folder, 'self-help'), { recursive: true });
  for (const name of ['site.toml', 'checks.toml', 'help-lines.toml']) {
    await rewritten(join(shipped, 'self-help', name), join(folder, 'self-help', name), (text) => entries(text).replace('["en", "es"]', '["en", "es", "ar"]'));
  }
  const english = join(shipped, 'self-help', 'en');
  for (const file of await readdir(english, { recursive: true })) {
    if (file.endsWith('.md')) await rewritten(join(english, file), join(folder, 'self-help', 'ar', file), markdown);
  }
  for (const name of ['site.ftl', 'selfhelp.ftl']) {
    await rewritten(join(shipped, 'locales', 'en', name), join(folder, 'locales', 'ar', name), fluent);
  }
  for (const id of ['phq-9', 'gad-7']) {
    const to = join(folder, 'instruments', id);
    await cp(join(shipped, 'instruments', id), to, { recursive: true });
    const file = join(to, 'questionnaire.json');
    await rewritten(file, file, (text) => JSON.stringify(questionnaire(JSON.parse(text))));
  }
}
