/** What the status comes to: what has to be done, and how each party fares. Knows nothing of the page. */

import { compare } from '/page/texts.js';

const RANKS = ['bad', 'warn', 'change', 'ok'];

/** Whether somebody should look at it; what else is warned of stands with its party. */
function isPressing(alert) {
  return alert.severity === 'error' || alert.herId === undefined || alert.daysLeft !== undefined;
}

/** The parties, each with its purposes and the worst of them, the worst first. */
export function parties(status) {
  const all = new Map();
  for (const slot of status.parties) {
    const party = all.get(slot.herId) ?? { herId: slot.herId, name: slot.name, organizationNumber: slot.organizationNumber, outcome: slot.outcome, slots: [] };
    party.slots.push(slot);
    all.set(slot.herId, party);
  }
  const alerts = Map.groupBy(status.alerts.filter((alert) => alert.herId !== undefined), (alert) => alert.herId);
  for (const party of all.values()) {
    party.alerts = alerts.get(party.herId) ?? [];
    party.tone = tone(party);
    party.daysLeft = Math.min(...party.slots.map((slot) => slot.daysLeft ?? -1));
    party.text = `${party.name} ${party.herId} ${party.organizationNumber ?? ''}`.toLowerCase();
  }
  return [...all.values()].sort((one, other) => RANKS.indexOf(one.tone) - RANKS.indexOf(other.tone)
    || (one.tone === 'warn' ? one.daysLeft - other.daysLeft : 0)
    || compare(one.name, other.name) || one.herId - other.herId);
}

function tone(party) {
  const isLacking = party.slots.some((slot) => slot.current === null || slot.daysLeft < 0);
  if (isLacking || party.alerts.some((alert) => alert.severity === 'error')) {
    return 'bad';
  }
  if (party.alerts.some(isPressing)) {
    return 'warn';
  }
  return party.slots.some((slot) => slot.parallel.length + slot.upcoming.length > 0) ? 'change' : 'ok';
}

/** What to do, the worst first; what is the same for many parties is one task. */
export function tasks(status, ready, known) {
  const groups = new Map();
  const put = (key, alert) => groups.set(key, [...(groups.get(key) ?? []), alert]);
  for (const alert of status.alerts.filter(isPressing)) {
    // What stopped the run is what its parties suffer from.
    put(`${alert.about === 'run' ? 'party' : alert.about} ${alert.code} ${alert.keystore ?? ''} ${alert.severity}`, alert);
  }
  if (ready.sync !== 'ok' && !status.alerts.some((alert) => alert.about === 'run')) {
    put('service', { about: ready.sync, severity: 'error', code: null, message: '' });
  }
  const told = new Set(status.alerts.map((alert) => alert.herId));
  for (const party of known.filter((party) => party.tone === 'bad' && !told.has(party.herId) && status.lastSync !== null)) {
    put('lacking', { about: 'lacking', severity: 'error', code: null, message: '', herId: party.herId });
  }
  const byHerId = new Map(known.map((party) => [party.herId, party]));
  return [...groups.values()].map((alerts) => task(alerts, byHerId))
    .sort((one, other) => (one.isError ? 0 : 1) - (other.isError ? 0 : 1) || other.parties.length - one.parties.length);
}

function task(alerts, byHerId) {
  const concerned = [...new Set(alerts.map((alert) => alert.herId))].filter((herId) => byHerId.has(herId)).map((herId) => byHerId.get(herId));
  const lacking = concerned.filter((party) => party.daysLeft < 0);
  return {
    about: alerts[0].about,
    code: alerts[0].code,
    keystore: alerts[0].keystore,
    isError: alerts[0].severity === 'error',
    since: alerts.map((alert) => alert.since).sort()[0],
    parties: concerned,
    lacking: lacking.length,
    daysLeft: Math.min(...concerned.map((party) => party.daysLeft)),
    messages: [...new Set(alerts.map((alert) => alert.message))].filter((message) => message !== ''),
  };
}

/** What will happen by itself, the earliest first; the same on the same day is told once. */
export function coming(status) {
  const groups = new Map();
  const put = (kind, at, name) => {
    const key = `${at.slice(0, 10)} ${kind}`;
    const group = groups.get(key) ?? { kind, at, names: new Set() };
    group.names.add(name);
    groups.set(key, group);
  };
  for (const slot of status.parties) {
    for (const event of slot.next) {
      put(event.event, event.at, slot.name === '' ? String(slot.herId) : slot.name);
    }
  }
  for (const anchor of status.anchors.filter((each) => each.expiring)) {
    put('anchor-ends', anchor.notAfter, commonName(anchor.subject));
  }
  for (const milestone of status.milestones ?? []) {
    put('milestone', milestone.at, milestone.name);
  }
  return [...groups.values()].filter((group) => group.at >= status.at)
    .sort((one, other) => (one.at < other.at ? -1 : 1))
    .map((group) => ({ ...group, names: [...group.names] }));
}

/** The common name of a subject, or all of it. */
export function commonName(subject) {
  const found = /(?:^|,)\s*CN=((?:\\.|[^,\\])+)/i.exec(subject);
  return found === null ? subject : found[1].replace(/\\(.)/g, '$1');
}
