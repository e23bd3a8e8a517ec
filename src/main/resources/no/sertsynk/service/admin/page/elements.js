/** Builds parts of the page. Text is always set as text, so nothing that a server wrote can become markup. */

const SVG = 'http://www.w3.org/2000/svg';

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An HTML element; an attribute on… is a listener, one that is false, null or undefined is left out. */
export function h(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function s(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

export const byId = (id) => document.getElementById(id);

const MARKS = {
  ok: 'M3 8.500l3.2 3.200L13 4.8',
  change: 'M2 5.5h9.500M9 3l2.5 2.5L9 8M14 10.500H4.5M7 8l-2.5 2.5L7 13',
  warn: 'M8 2.5v7M8 12.3v1',
  bad: 'M3.5 3.500l9 9M12.5 3.500l-9 9',
};

/** A word in the colour of its tone with a mark of its own, so that colour is never all that tells. */
export function badge(tone, text) {
  return h('span', { class: `badge ${tone}` }, s('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, s('path', { d: MARKS[tone] })), text);
}

/** A table of facts. */
export function facts(rows) {
  return h('dl', { class: 'facts' }, rows.filter((row) => row !== null).map(([name, value, kind]) => h('div', {}, h('dt', {}, name), h('dd', { class: kind }, value))));
}

/** Something that opens; what is in it is built when it does. */
export function opening(summary, build, attributes = {}) {
  const details = h('details', attributes, h('summary', {}, summary));
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) {
      details.append(build());
    }
  });
  return details;
}
