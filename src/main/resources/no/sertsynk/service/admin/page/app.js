/** The page: who is signed in, what the service says, and the line at the top that tells what it comes to. */

import { byId } from '/page/elements.js';
import { showAnchors, showKeystores, showNext, showRuns, showTasks, taskTitle } from '/page/panels.js';
import { listen, showParties } from '/page/parties.js';
import * as service from '/page/service.js';
import { ago, language, n, number, preferred, t, time, use } from '/page/texts.js';
import { parties, tasks } from '/page/verdict.js';

const PERIOD = 60_000;
const AGAIN = 10_000;
const SIGNS = {
  ok: 'm14.5 25 6.5 6.500L34 18',
  warn: 'M24 12v15m0 6.500v1',
  bad: 'M24 12v15m0 6.500v1',
  quiet: 'M16 24h16',
};

let status = null;
let ready = { sync: 'ok' };
let lost = null;
let timer = 0;

/** Against the service's clock, since the browser's may be wrong. */
const now = () => new Date(status.at);

function head(tone, headline, subline) {
  byId('band').dataset.tone = tone;
  byId('sign').setAttribute('d', SIGNS[tone]);
  byId('headline').textContent = headline;
  byId('subline').textContent = subline;
  document.title = `${headline} · sertsynk`;
}

function show() {
  const view = !service.isSignedIn() ? 'signed-out' : status === null && lost === null ? 'loading' : 'signed-in';
  document.body.dataset.view = view;
  if (view === 'signed-out') {
    head('quiet', t('signIn.headline'), t('signIn.text'));
  } else if (status === null) {
    if (lost !== null) {
      head('bad', lost.headline, lost.text);
    }
  } else {
    const known = parties(status);
    const todo = tasks(status, ready, known);
    verdict(known, todo);
    showTasks(todo, now());
    showParties({ parties: known, now: now(), language: language(), milestones: status.milestones ?? [], history: service.history, sync: (herId) => sync([herId]) });
    showNext(status, now());
    showRuns(status, now(), service.history);
    showKeystores(status, now());
    showAnchors(status);
  }
}

/** The first line: whether all is well, and if not what there is to do. */
function verdict(known, todo) {
  const errors = todo.filter((task) => task.isError).length;
  if (lost !== null) {
    head('bad', lost.headline, `${lost.text} ${t('lost.seen', { time: time(status.at) })}`);
  } else if (errors > 0) {
    head('bad', errors === 1 && todo.length === 1 ? taskTitle(todo[0]) : n('verdict.bad', errors), t('verdict.below'));
  } else if (status.lastSync === null) {
    head('quiet', t('verdict.never'), t('verdict.neverText'));
  } else if (known.length === 0) {
    head('quiet', t('verdict.empty'), t('verdict.emptyText'));
  } else if (todo.length > 0) {
    head('warn', n('verdict.warn', todo.length), t('verdict.below'));
  } else {
    head('ok', t('verdict.ok'), n('verdict.okText', known.length));
  }
  if (status.lastSync !== null && lost === null) {
    const last = t('verdict.last', { ago: ago(status.lastSync.finishedAt, now()) });
    const next = ready.nextSync === undefined ? '' : t('verdict.next', { time: time(ready.nextSync) });
    byId('subline').textContent += ` ${last}${next}`;
  }
}

async function load() {
  clearTimeout(timer);
  if (!service.isSignedIn()) {
    return;
  }
  try {
    [status, ready] = await Promise.all([service.status(), service.ready()]);
    lost = null;
  } catch (error) {
    if (error instanceof service.Unauthorized) {
      leave(t('signIn.ended'));
      return;
    }
    lost = error instanceof service.Refused
      ? { headline: t('refused.headline'), text: error.message }
      : { headline: t('lost.headline'), text: t('lost.text') };
  }
  timer = setTimeout(() => (document.hidden ? null : load()), lost === null ? PERIOD : AGAIN);
  show();
}

function leave(message) {
  service.signOut();
  clearTimeout(timer);
  status = null;
  lost = null;
  byId('outcome').textContent = '';
  byId('token-error').textContent = message;
  show();
  tellHealth();
  byId('token').focus();
}

async function tellHealth() {
  let text = t('lost.headline');
  try {
    const health = await service.ready();
    text = t(`health.${health.sync}`);
  } catch {
    // The words for a service that does not answer stand already.
  }
  byId('health').textContent = text;
}

async function signIn(event) {
  event.preventDefault();
  const field = byId('token');
  byId('token-error').textContent = '';
  field.removeAttribute('aria-invalid');
  try {
    await service.signIn(field.value.trim());
  } catch (error) {
    byId('token-error').textContent = error instanceof service.Unauthorized ? t('signIn.wrong') : error instanceof service.Refused ? error.message : t('lost.text');
    field.setAttribute('aria-invalid', 'true');
    field.focus();
    field.select();
    return;
  }
  field.value = '';
  show();
  await load();
  byId('headline').focus();
}

let isSyncing = false;

async function sync(herIds) {
  if (isSyncing) {
    return;
  }
  isSyncing = true;
  byId('outcome').textContent = '';
  byId('refresh').setAttribute('aria-disabled', 'true');
  progress({ state: 'waiting', done: 0, total: 0 });
  byId('progress').hidden = false;
  let told;
  try {
    told = ended(await service.refresh(herIds, progress));
  } catch (error) {
    told = error instanceof service.Refused ? error.message : '';
  }
  isSyncing = false;
  byId('progress').hidden = true;
  byId('refresh').removeAttribute('aria-disabled');
  await load();
  const headline = byId('headline').textContent;
  byId('outcome').textContent = byId('band').dataset.tone === 'ok' || told.includes(headline) ? told : `${told} ${headline}.`.trim();
}

function progress(run) {
  const bar = byId('progress').firstElementChild;
  if (run.total > 0) {
    bar.max = run.total;
    bar.value = run.done;
  } else {
    bar.removeAttribute('value');
  }
  byId('progress-text').textContent = run.total > 0
    ? t('refresh.progress', { done: number(run.done), total: number(run.total) })
    : run.state === 'waiting' ? t('refresh.waiting') : t('refresh.running');
}

/** What came of a run, in a sentence. */
function ended(run) {
  if (run.report === undefined) {
    return `${t('refresh.failed')} ${run.failure.join(' ')}`;
  }
  const { stopped, summary } = run.report;
  if (stopped !== undefined) {
    return `${t('refresh.stopped')} ${t(`reason.${stopped.code}.what`)}`;
  }
  return summary.updated === 0 ? t('refresh.nothing') : n('refresh.updated', summary.updated);
}

async function speak(language, remember) {
  await use(language, remember);
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === language));
  }
  byId('outcome').textContent = '';
  byId('token-error').textContent = '';
  show();
  if (!service.isSignedIn()) {
    await tellHealth();
  }
}

async function start() {
  listen();
  byId('sign-in').addEventListener('submit', signIn);
  byId('sign-out').addEventListener('click', () => {
    service.signOut();
    // Nothing of what was shown stays in the page.
    location.reload();
  });
  byId('refresh').addEventListener('click', () => sync([]));
  for (const button of document.querySelectorAll('[data-language]')) {
    button.addEventListener('click', () => speak(button.dataset.language, true));
  }
  document.addEventListener('visibilitychange', () => (document.hidden || isSyncing ? null : load()));
  await speak(preferred(), false);
  await load();
}

start();
