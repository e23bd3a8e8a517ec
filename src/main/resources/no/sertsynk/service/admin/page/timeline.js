/** Validity over time, drawn as SVG in shares of the width, so that it fits any. */

import { h, s } from '/page/elements.js';
import { day, month, n, t, year } from '/page/texts.js';

const DAY = 86_400_000;
const LINE = 13;
const MOST_LINES = 5;

/** How much time is shown, in days before and after today, and how many months lie between two marks. */
export const RANGES = { months: { before: 30, after: 180, step: 1 }, years: { before: 180, after: 760, step: 3 } };

export class Scale {
  constructor(now, range, milestones) {
    const { before, after, step } = RANGES[range];
    this.now = now;
    this.from = now.getTime() - before * DAY;
    this.length = (before + after) * DAY;
    this.step = step;
    this.milestones = milestones;
  }

  /** Where an instant lies, in per cent; a little outside if it is not shown. */
  x(instant) {
    const share = (100 * (new Date(instant).getTime() - this.from)) / this.length;
    return Math.round(Math.min(103, Math.max(-3, share)) * 100) / 100;
  }

  /** The first day of every so many months. */
  marks() {
    const marks = [];
    const date = new Date(this.from);
    let at = new Date(date.getFullYear(), Math.ceil((date.getMonth() + 1) / this.step) * this.step, 1);
    while (at.getTime() < this.from + this.length) {
      marks.push(at);
      at = new Date(at.getFullYear(), at.getMonth() + this.step, 1);
    }
    return marks;
  }
}

const upright = (x, kind) => s('line', { class: kind, x1: `${x}%`, x2: `${x}%`, y1: 0, y2: '100%' });

/** The months above all lanes, with today and the milestones. */
export function axis(scale) {
  const today = scale.x(scale.now);
  const marks = scale.marks().filter((mark) => scale.x(mark) < 97).map((mark) => {
    const isYear = mark.getMonth() === 0;
    const hidden = scale.x(mark) > today - 9 && scale.x(mark) < today + 5;
    return [upright(scale.x(mark), 'tick'), hidden ? null : s('text', { class: isYear ? 'mark year' : 'mark', x: `${scale.x(mark)}%`, dx: 4, y: 15 }, isYear ? year(mark) : month(mark))];
  });
  const milestones = scale.milestones.map((milestone) => [
    upright(scale.x(milestone.at), 'milestone'),
    s('text', { class: 'mark milestone', x: `${scale.x(milestone.at)}%`, dx: 4, y: 32 }, milestone.name),
  ]);
  return s('svg', { height: scale.milestones.length > 0 ? 40 : 24 }, marks, milestones, upright(today, 'today'),
    s('text', { class: 'mark today', x: `${today}%`, 'text-anchor': 'middle', y: 15 }, t('timeline.today')));
}

/** The certificates of one party and purpose: a line each. */
export function lane(slot, scale) {
  const lines = [
    ...(slot.current === null ? [] : [['current', slot.current]]),
    ...slot.upcoming.map((certificate) => ['upcoming', certificate]),
    ...slot.parallel.map((certificate) => ['parallel', certificate]),
  ].slice(0, MOST_LINES);
  const height = Math.max(1, lines.length) * LINE + 5;
  return h('span', { class: 'lane' }, h('span', { class: 'purpose' }, t(`purpose.${slot.purpose}`)),
    s('svg', { height, role: 'img', 'aria-label': words(slot) },
      scale.marks().map((mark) => upright(scale.x(mark), 'tick')),
      scale.milestones.map((milestone) => upright(scale.x(milestone.at), 'milestone')),
      lines.map(([role, certificate], index) => bar(role, certificate, index * LINE + LINE / 2 + 2.5, slot, scale)),
      upright(scale.x(scale.now), 'today')));
}

function bar(role, certificate, y, slot, scale) {
  const begin = scale.x(certificate.notBefore);
  const end = scale.x(certificate.until ?? certificate.notAfter);
  const now = Math.min(end, Math.max(begin, scale.x(scale.now)));
  const line = (x1, x2, kind) => (x2 > x1 ? s('line', { class: `bar ${kind}`, x1: `${x1}%`, x2: `${x2}%`, y1: y, y2: y }) : null);
  const turns = slot.next.filter((event) => event.sha256 === certificate.sha256 && event.event === 'becomes-current');
  return [
    line(begin, now, `${role} past`),
    line(now, end, role),
    s('line', { class: `end ${role}`, x1: `${end}%`, x2: `${end}%`, y1: y - 5, y2: y + 5 }),
    turns.map((event) => s('svg', { class: 'turn', x: `${scale.x(event.at)}%`, y }, s('path', { d: 'M0-5.5 5.5 0 0 5.5-5.5 0Z' }))),
  ];
}

/** What the lane shows, for those who do not see it. */
function words(slot) {
  const said = [slot.current === null
    ? t('timeline.none', { purpose: t(`purpose.${slot.purpose}`) })
    : n('timeline.current', slot.daysLeft, { purpose: t(`purpose.${slot.purpose}`), day: day(slot.current.notAfter) })];
  for (const certificate of slot.upcoming) {
    said.push(t('timeline.upcoming', { day: day(certificate.notBefore) }));
  }
  for (const certificate of slot.parallel) {
    said.push(t('timeline.parallel', { day: day(certificate.until ?? certificate.notAfter) }));
  }
  for (const event of slot.next.filter((each) => each.event === 'becomes-current')) {
    said.push(`${t('event.becomes-current')}: ${day(event.at)}`);
  }
  return said.join('. ');
}

/** What the drawings mean. */
export function legend(scale) {
  const sample = (role) => s('svg', { class: 'sample', width: 34, height: LINE }, s('line', { class: `bar ${role}`, x1: 2, x2: 32, y1: LINE / 2, y2: LINE / 2 }));
  const turn = s('svg', { class: 'sample', width: 14, height: LINE }, s('svg', { class: 'turn', x: 7, y: LINE / 2 }, s('path', { d: 'M0-5.5 5.5 0 0 5.5-5.5 0Z' })));
  const entries = [
    [sample('current'), t('legend.current')],
    [sample('parallel'), t('legend.parallel')],
    [sample('upcoming'), t('legend.upcoming')],
    [turn, t('event.becomes-current')],
    [s('svg', { class: 'sample', width: 10, height: LINE }, upright(50, 'today')), t('timeline.today')],
  ];
  if (scale.milestones.length > 0) {
    entries.push([s('svg', { class: 'sample', width: 10, height: LINE }, upright(50, 'milestone')), t('legend.milestone')]);
  }
  return entries.map(([drawing, text]) => h('li', {}, drawing, text));
}
