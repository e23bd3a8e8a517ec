/** What is told beside the parties: what to do, what comes next, the last runs, the keystores and the trust anchors. */

import { badge, byId, facts, h, opening } from '/page/elements.js';
import { changes, choose, daysLeft } from '/page/parties.js';
import { ago, day, dayAndTime, n, number, t } from '/page/texts.js';
import { coming, commonName } from '/page/verdict.js';

const FEW = 3;
const MESSAGES = 20;
const EVENTS = 8;
const RUNS = 6;
const LINES = 100;
const ANCHORS = 4;

/** Special tasks have words of their own; else the reason code tells. */
const OWN_WORDS = ['ending', 'anchor', 'trust', 'hold', 'hook', 'failed', 'overdue', 'lacking'];

/** What is wrong, as a title. */
export function taskTitle(task) {
  const what = OWN_WORDS.includes(task.about) ? t(`task.${task.about}.what`) : t(`reason.${task.code}.what`);
  return what.replace(/\.$/, '');
}

function taskAction(task) {
  return OWN_WORDS.includes(task.about) ? t(`task.${task.about}.do`) : t(`reason.${task.code}.do`);
}

export function showTasks(tasks, now) {
  byId('tasks').hidden = tasks.length === 0;
  keepOpen(byId('task-list'), tasks.map((task) => h('li', { class: `task card ${task.isError ? 'bad' : 'warn'}` },
    h('div', { class: 'title' }, badge(task.isError ? 'bad' : 'warn', task.isError ? t('tasks.error') : t('tasks.warning')),
      h('h3', {}, taskTitle(task))),
    h('p', { class: 'todo' }, taskAction(task)),
    task.parties.length === 0 ? null : h('p', {}, concerned(task), ' ', urgency(task)),
    task.keystore === undefined ? null : h('p', {}, t('keystores.name', { name: task.keystore })),
    h('p', { class: 'foot' },
      task.parties.length > 1 ? h('button', { type: 'button', onclick: () => choose(task.parties.map((party) => party.herId), taskTitle(task)) }, t('tasks.show')) : null,
      task.since === undefined ? null : h('span', { class: 'quiet' }, t('tasks.since', { ago: ago(task.since, now) }))),
    task.messages.length === 0 ? null : opening(t('tasks.technical'), () => h('ul', { class: 'technical', lang: 'en' },
      task.messages.slice(0, MESSAGES).map((message) => h('li', {}, task.code === null ? message : `${task.code}: ${message}`)),
      task.messages.length > MESSAGES ? h('li', {}, `+ ${task.messages.length - MESSAGES}`) : null)))));
}

function concerned(task) {
  const names = task.parties.slice(0, FEW).map((party) => (party.name === '' ? party.herId : `${party.name} (${party.herId})`)).join(', ');
  const rest = task.parties.length - FEW;
  return rest > 0 ? n('tasks.andMore', rest, { names }) : `${names}.`;
}

/** Whether what is installed still works, which tells how soon somebody has to act. */
function urgency(task) {
  return task.lacking > 0
    ? h('strong', {}, n('tasks.lacking', task.lacking))
    : n('tasks.works', task.daysLeft);
}

/** What is opened stays so when it is told anew. */
function keepOpen(place, children) {
  const open = [...place.querySelectorAll('details')].map((details) => details.open);
  const focused = [...place.querySelectorAll('summary, button')].indexOf(document.activeElement);
  place.replaceChildren(...children);
  place.querySelectorAll('details').forEach((details, index) => {
    details.open = open[index] ?? false;
  });
  if (focused >= 0) {
    place.querySelectorAll('summary, button')[focused]?.focus({ preventScroll: true });
  }
}

export function showNext(status, now) {
  const events = coming(status);
  byId('next').replaceChildren(events.length === 0
    ? h('p', { class: 'quiet' }, t('next.none'))
    : h('ol', { class: 'events' }, events.slice(0, EVENTS).map((event) => h('li', {},
      h('time', { datetime: event.at }, day(event.at)), h('small', {}, ago(event.at, now)),
      h('p', {}, h('strong', {}, t(`event.${event.kind}`)), ': ', nameList(event.names))))));
}

function nameList(names) {
  const rest = names.length - FEW;
  return rest > 0 ? n('names.more', rest, { names: names.slice(0, FEW).join(', ') }) : names.join(', ');
}

export function showRuns(status, now, history) {
  const name = new Map(status.parties.map((slot) => [slot.herId, slot.name]));
  keepOpen(byId('runs'), status.runs.length === 0
    ? [h('p', { class: 'quiet' }, t('runs.none'))]
    : status.runs.slice(0, RUNS).map((run) => opening(
      [badge(run.stopped ? 'bad' : run.problems > 0 ? 'warn' : 'ok', runWords(run)),
        h('time', { datetime: run.startedAt, class: 'quiet' }, `${dayAndTime(run.startedAt)} · ${ago(run.startedAt, now)}`)],
      () => runDetails(run, run === status.runs[0] ? status : null, name, history),
      { class: 'run' },
    )));
}

function runWords(run) {
  if (run.stopped) {
    return t('runs.stopped');
  }
  const changes = run.changes === 0 ? t('runs.unchanged') : n('runs.changes', run.changes);
  return run.problems === 0 ? changes : `${changes}, ${n('runs.problems', run.problems)}`;
}

function runDetails(run, latest, name, history) {
  const seconds = Math.max(0, (new Date(run.finishedAt) - new Date(run.startedAt)) / 1_000);
  const done = h('div', {});
  if (run.changes > 0) {
    done.append(h('p', { class: 'quiet' }, t('loading')));
    history().then((answer) => {
      const lines = answer.changes.filter((line) => line.runId === run.runId).slice(0, LINES);
      done.replaceChildren(changes(lines, LINES, (herId) => name.get(herId) || herId),
        run.changes > lines.length ? h('p', { class: 'quiet' }, n('runs.more', run.changes - lines.length)) : '');
    }, () => done.replaceChildren(h('p', { class: 'quiet' }, t('history.failed'))));
  }
  return h('div', { class: 'more' },
    run.stopped ? h('div', { class: 'reason bad' }, h('strong', {}, t(`reason.${run.stopped.code}.what`)), ' ', t(`reason.${run.stopped.code}.do`),
      h('p', { class: 'technical', lang: 'en' }, `${run.stopped.code}: ${run.stopped.message}`)) : null,
    latest === null ? null : problems(latest),
    h('p', { class: 'quiet' }, t('runs.lasted', { seconds: number(Math.round(seconds * 10) / 10) })), done);
}

/** Why parties of the latest run have problems, each reason once. */
function problems(status) {
  const errors = status.parties.flatMap((slot) => slot.problems.filter((problem) => problem.severity === 'error').map((problem) => [problem.code, slot.herId]));
  const byCode = Map.groupBy(errors, ([code]) => code);
  return [...byCode].map(([code, entries]) => h('p', {}, h('strong', {}, t(`reason.${code}.what`)), ` · ${n('parties.count', new Set(entries.map(([, herId]) => herId)).size)}`));
}

export function showKeystores(status, now) {
  keepOpen(byId('keystores'), status.keystores.length === 0
    ? [h('p', { class: 'card quiet' }, t('keystores.none'))]
    : status.keystores.map((keystore) => h('div', { class: 'card keystore' },
      h('div', { class: 'title' }, h('h3', {}, keystore.name),
        keystore.problem ? badge('bad', t('keystores.failed')) : keystore.held ? badge('warn', t('keystores.held')) : badge('ok', t('state.ok'))),
      h('p', { class: 'mono' }, keystore.path),
      facts([
        [t('keystores.entries'), number(keystore.entries)],
        [t('keystores.generation'), number(keystore.generation)],
        keystore.held ? [t('keystores.held'), t('keystores.heldBy', { by: keystore.heldBy, ago: ago(keystore.heldSince, now) })] : null,
      ]),
      opening(t('keystores.generations'), () => generations(keystore)))));
}

function generations(keystore) {
  const kept = new Set(keystore.kept);
  const told = keystore.generations.map((generation) => ({ ...generation, isKept: kept.delete(generation.generation) }));
  const all = [...told, ...[...kept].map((generation) => ({ generation, isKept: true }))];
  if (all.length === 0) {
    return h('p', { class: 'quiet' }, t('generations.none'));
  }
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('keystores.generations') }, h('table', {},
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('generations.number')), h('th', { scope: 'col' }, t('generations.when')), h('th', { scope: 'col' }, t('generations.change')), h('th', { scope: 'col' }, t('generations.back')))),
    h('tbody', {}, all.map((generation) => h('tr', {},
      h('th', { scope: 'row' }, number(generation.generation)),
      h('td', {}, generation.at === undefined ? '–' : h('time', { datetime: generation.at }, dayAndTime(generation.at)), generation.actor ? h('small', {}, generation.actor) : null),
      h('td', {}, generation.at === undefined ? t('generations.found') : t('generations.changes', { added: number(generation.added), removed: number(generation.removed), changed: number(generation.changed) })),
      h('td', {}, generation.generation === keystore.generation ? t('generations.inUse') : generation.isKept ? h('code', {}, `sertsynk rollback ${keystore.name} --to ${generation.generation}`) : '–'))))));
}

export function showAnchors(status) {
  const sorted = [...status.anchors].sort((one, other) => (one.notAfter < other.notAfter ? -1 : 1));
  const urgent = sorted.filter((anchor) => anchor.expiring);
  const first = sorted.slice(0, Math.max(ANCHORS, urgent.length));
  const rest = sorted.slice(first.length);
  const item = (anchor) => h('li', {},
    h('div', { class: 'title' }, h('strong', {}, commonName(anchor.subject)), anchor.expiring ? badge(anchor.daysLeft < 0 ? 'bad' : 'warn', daysLeft(anchor.daysLeft)) : null),
    h('p', { class: 'quiet' }, t('anchors.until', { day: day(anchor.notAfter) }), anchor.certificates.length === 0 ? '' : ` · ${n('anchors.carries', anchor.certificates.length)}`));
  keepOpen(byId('anchors'), sorted.length === 0 ? [h('p', { class: 'quiet' }, t('anchors.none'))] : [
    h('p', {}, urgent.length === 0 ? badge('ok', t('anchors.calm')) : badge('warn', n('anchors.soon', urgent.length))),
    h('ul', { class: 'anchors' }, first.map(item)),
    rest.length === 0 ? '' : opening(n('anchors.more', rest.length), () => h('ul', { class: 'anchors' }, rest.map(item))),
  ]);
}
