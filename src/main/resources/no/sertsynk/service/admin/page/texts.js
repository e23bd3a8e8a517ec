/** The words of the page, in the chosen language, and how it writes numbers and times. */

const LANGUAGES = { nb: 'nb-NO', en: 'en-GB' };
const CHOICE = 'sertsynk.language';
/** Units of relative times: how many seconds each has, and from how many on it is used. */
const UNITS = [['year', 31_557_600, 63_115_200], ['month', 2_629_800, 5_259_600], ['day', 86_400, 86_400], ['hour', 3_600, 3_600], ['minute', 60, 60]];

let texts = {};
let locale = LANGUAGES.en;
let chosen = 'en';

/** The language chosen earlier, else the browser's, else English. */
export function preferred() {
  const earlier = localStorage.getItem(CHOICE);
  const norwegian = navigator.languages.find((language) => /^(nb|nn|no|en)\b/.test(language));
  return LANGUAGES[earlier] ? earlier : norwegian && !norwegian.startsWith('en') ? 'nb' : 'en';
}

export async function use(language, remember) {
  const answer = await fetch(`/page/${language}.json`);
  texts = await answer.json();
  chosen = language;
  locale = LANGUAGES[language];
  document.documentElement.lang = language;
  if (remember) {
    localStorage.setItem(CHOICE, language);
  }
  for (const element of document.querySelectorAll('[data-t]')) {
    element.textContent = t(element.dataset.t);
  }
  for (const element of document.querySelectorAll('[data-t-label]')) {
    element.setAttribute('aria-label', t(element.dataset.tLabel));
  }
}

export const language = () => chosen;

/** The text of that key, with values in its {places}. */
export function t(key, values = {}) {
  const text = texts[key];
  if (text === undefined) {
    console.error(`no text for ${key}`);
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** The text of that key for so many: key.one or key.other. */
export function n(key, count, values = {}) {
  return t(`${key}.${count === 1 ? 'one' : 'other'}`, { count: number(count), ...values });
}

export const has = (key) => texts[key] !== undefined;

export const number = (value) => new Intl.NumberFormat(locale).format(value);

export const compare = (one, other) => one.localeCompare(other, locale, { numeric: true });

const formats = new Map();

function format(instant, options) {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, options));
  }
  return formats.get(key).format(new Date(instant));
}

export const day = (instant) => format(instant, { day: 'numeric', month: 'short', year: 'numeric' });

export const month = (instant) => format(instant, { month: 'short' });

export const year = (instant) => format(instant, { year: 'numeric' });

export const time = (instant) => format(instant, { hour: '2-digit', minute: '2-digit' });

export const dayAndTime = (instant) => format(instant, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** How far away it is, as "2 hours ago". */
export function ago(instant, now) {
  const seconds = (new Date(instant) - now) / 1_000;
  const [unit, size] = UNITS.find(([, , least]) => Math.abs(seconds) >= least) ?? [null, 1];
  return unit === null ? t('time.now') : new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}
