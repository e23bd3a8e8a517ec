/** The list of parties: found by text, narrowed by state, drawn a few at a time so that thousands do not hold up the page. */

import { badge, byId, facts, h, opening } from '/page/elements.js';
import { ago, day, dayAndTime, has, n, number, t } from '/page/texts.js';
import { axis, lane, legend, RANGES, Scale } from '/page/timeline.js';
import { commonName } from '/page/verdict.js';

const CHUNK = 40;
const STATES = ['all', 'bad', 'warn', 'change'];
const LATEST = 12;

let view = null;
let filter = 'all';
let chosen = null;
let range = 'years';
let rows = new Map();
let drawing = 0;

/** What a reason means and what to do about it, with what the service itself says. */
export function reason(problem) {
  return h('div', { class: `reason ${problem.severity === 'error' ? 'bad' : 'note'}` },
    h('strong', {}, t(`reason.${problem.code}.what`)), ' ', t(`reason.${problem.code}.do`),
    h('p', { class: 'technical', lang: 'en' }, `${problem.code}: ${problem.message}`));
}

/** Lines of history in words; what was done to one party for one reason, in several keystores, is told once. */
export function changes(lines, most, withName) {
  const groups = Map.groupBy(lines, (line) => [line.runId, line.action, line.herId, line.reason].join(' '));
  return h('ul', { class: 'changes' }, [...groups.values()].slice(0, most).map((group) => change(group, withName)));
}

function change(lines, withName) {
  const { action, at, herId, reason } = lines[0];
  const all = (of) => [...new Set(lines.map(of))].join(', ');
  return h('li', {}, h('time', { datetime: at }, dayAndTime(at)), ' ',
    h('strong', {}, has(`action.${action}`) ? t(`action.${action}`) : action),
    herId === undefined ? '' : ` ${all((line) => t(`purpose.${line.purpose}`))}`,
    withName && herId !== undefined ? ` · ${withName(herId)}` : '', ` · ${all((line) => line.keystore)}`,
    reason === '' ? null : h('p', { class: 'technical', lang: 'en' }, reason));
}

/**
 * @param shown parties, now and milestones; history(herId) and sync(herId) are what a party's buttons do
 */
export function showParties(shown) {
  const kept = view !== null && view.language === shown.language && sameDay(view.now, shown.now) ? rows : new Map();
  view = shown;
  rows = new Map();
  for (const party of view.parties) {
    const key = JSON.stringify(party);
    const earlier = kept.get(party.herId);
    rows.set(party.herId, earlier?.key === key ? { ...earlier, party } : { key, party, element: null });
  }
  redraw();
}

const sameDay = (one, other) => one.toDateString() === other.toDateString();

/** Shows these parties alone, under that title. */
export function choose(herIds, title) {
  chosen = { herIds: new Set(herIds), title };
  filter = 'all';
  byId('search').value = '';
  redraw();
  byId('parties').scrollIntoView({ block: 'start' });
  byId('search').focus({ preventScroll: true });
}

function redraw() {
  const scale = new Scale(view.now, range, view.milestones);
  byId('axis').replaceChildren(axis(scale));
  byId('legend').replaceChildren(...legend(scale));
  chips(scale);
  list(scale);
}

function chips(scale) {
  const counts = { all: view.parties.length };
  for (const party of view.parties) {
    counts[party.tone] = (counts[party.tone] ?? 0) + 1;
  }
  const button = (pressed, text, act) => h('button', { type: 'button', 'aria-pressed': String(pressed), onclick: act }, text);
  renew(byId('filters'), [
    ...STATES.map((state) => button(filter === state && chosen === null, `${t(`filter.${state}`)} ${number(counts[state] ?? 0)}`, () => {
      filter = state;
      chosen = null;
      redraw();
    })),
    ...(chosen === null ? [] : [button(true, chosen.title, () => {})]),
  ]);
  renew(byId('ranges'), Object.keys(RANGES).map((each) => button(range === each, t(`range.${each}`), () => {
    range = each;
    for (const row of rows.values()) {
      row.element = null;
    }
    redraw();
  })));
}

/** Replaces buttons and leaves the focus where it was. */
function renew(group, buttons) {
  const place = [...group.children].indexOf(document.activeElement);
  group.replaceChildren(...buttons);
  if (place >= 0) {
    group.children[Math.min(place, group.children.length - 1)].focus();
  }
}

function list(scale) {
  const words = byId('search').value.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found = view.parties.filter((party) => (filter === 'all' || party.tone === filter)
    && (chosen === null || chosen.herIds.has(party.herId))
    && words.every((word) => party.text.includes(word)));
  byId('count').textContent = found.length === view.parties.length
    ? n('parties.count', found.length)
    : t('parties.some', { found: number(found.length), all: number(view.parties.length) });
  byId('none').hidden = found.length > 0;
  byId('none').textContent = view.parties.length === 0 ? t('parties.none') : t('parties.noneFound');
  draw(found, scale);
}

/** Rows that have not changed stay as they are, opened ones open. */
function draw(found, scale) {
  const list = byId('party-list');
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const mine = ++drawing;
  let at = 0;
  const next = () => {
    if (mine !== drawing) {
      return;
    }
    const end = Math.min(found.length, at + CHUNK);
    for (; at < end; at++) {
      const row = rows.get(found[at].herId);
      row.element ??= element(row.party, scale);
      if (list.children[at] !== row.element) {
        list.insertBefore(row.element, list.children[at] ?? null);
      }
    }
    if (at < found.length) {
      requestAnimationFrame(next);
      return;
    }
    while (list.childElementCount > found.length) {
      list.lastElementChild.remove();
    }
    list.dataset.drawn = String(found.length);
    if (focused?.isConnected && document.activeElement !== focused) {
      focused.focus({ preventScroll: true });
    }
  };
  next();
}

function element(party, scale) {
  const least = party.slots.filter((slot) => slot.current !== null).sort((one, other) => one.daysLeft - other.daysLeft)[0];
  return h('li', {}, opening(
    [
      badge(party.tone, t(`state.${party.tone}`)),
      h('span', { class: 'who' }, h('strong', {}, party.name === '' ? t('parties.nameless') : party.name), h('small', {}, numbers(party).map((each) => h('span', {}, each)))),
      h('span', { class: 'lanes' }, party.slots.map((slot) => lane(slot, scale))),
      h('span', { class: 'until' }, least === undefined
        ? h('strong', {}, t('parties.nothing'))
        : [h('strong', {}, t('parties.until', { day: day(least.current.notAfter) })), h('small', {}, daysLeft(least.daysLeft))]),
    ],
    () => more(party),
    { class: 'party' },
  ));
}

export const daysLeft = (days) => (days < 0 ? t('days.over') : n('days.left', days));

function numbers(party) {
  const organization = party.organizationNumber?.replace(/(\d{3})(?=\d)/g, '$1\u00a0');
  return [`HER ${party.herId}`, ...(organization === undefined ? [] : [`${t('parties.organization')} ${organization}`])];
}

function more(party) {
  const pressing = new Map(party.slots.flatMap((slot) => slot.problems).map((problem) => [problem.code + problem.message, problem]));
  const ending = party.alerts.filter((alert) => alert.about === 'ending').map((alert) =>
    h('div', { class: 'reason warn' }, h('strong', {}, t('task.ending.what')), ' ', t('task.ending.do')));
  const past = h('div', { class: 'done' }, h('p', { class: 'quiet' }, t('loading')));
  view.history(party.herId).then(
    (answer) => past.replaceChildren(answer.changes.length === 0
      ? h('p', { class: 'quiet' }, t('history.none'))
      : changes(answer.changes, LATEST)),
    () => past.replaceChildren(h('p', { class: 'quiet' }, t('history.failed'))),
  );
  return h('div', { class: 'more' },
    ending, [...pressing.values()].sort((one) => (one.severity === 'error' ? -1 : 1)).map(reason),
    h('div', { class: 'certificates' }, party.slots.map(purpose)),
    party.outcome === undefined || party.outcome === null ? null : h('p', {}, t('parties.outcome'), ' ', h('strong', {}, t(`outcome.${party.outcome}`))),
    h('button', { type: 'button', onclick: () => view.sync(party.herId) }, t('parties.sync')),
    h('h3', {}, t('history.title')), past);
}

function purpose(slot) {
  const each = [
    ...(slot.current === null ? [] : [['current', slot.current]]),
    ...slot.upcoming.map((certificate) => ['upcoming', certificate]),
    ...slot.parallel.map((certificate) => ['parallel', certificate]),
  ];
  return h('section', {}, h('h3', {}, t(`purpose.${slot.purpose}`)),
    each.length === 0 ? h('p', {}, t('parties.nothing')) : each.map(([role, certificate]) => card(role, certificate, slot)),
    slot.next.length === 0 ? null : h('ul', { class: 'events' }, slot.next.map((event) =>
      h('li', {}, h('time', { datetime: event.at }, day(event.at)), ` ${t(`event.${event.event}`)} (${ago(event.at, view.now)})`))));
}

function card(role, certificate, slot) {
  return h('div', { class: `certificate ${role}` },
    h('h4', {}, t(`legend.${role}`), certificate.byHand ? ` · ${t('certificate.byHand')}` : ''),
    facts([
      [t('certificate.valid'), `${day(certificate.notBefore)} – ${day(certificate.notAfter)}`],
      role === 'current' ? [t('certificate.left'), daysLeft(slot.daysLeft)] : null,
      [t('certificate.subject'), commonName(certificate.subject)],
      [t('certificate.serial'), certificate.serial, 'mono'],
      ['SHA-256', certificate.sha256, 'mono'],
    ]));
}

/** Makes the search work; called once. */
export function listen() {
  let waiting = 0;
  byId('search').addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => list(new Scale(view.now, range, view.milestones)), 80);
  });
}
