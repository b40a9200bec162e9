// Two versions of a file beside each other: what was added, removed, changed and moved, in words, and on the diagram.
import { compareForms } from './compare-forms.js';

const COMPARE = {
  bpmn: async (...versions) => (await import('./compare-bpmn.js')).compareModels(...versions),
  dmn: async (...versions) => (await import('./compare-dmn.js')).compareDecisions(...versions),
  form: async (...versions) => compareForms(...versions),
};
const SIGNS = { added: '+', removed: '−', changed: '~', moved: '⇄' };

const page = document.getElementById('compare');
const words = JSON.parse(document.getElementById('words').textContent);
const say = (key, ...parameters) => parameters.reduce((text, parameter, i) => text.replace(`{${i}}`, parameter), words[`studio.compare.${key}`]);

const read = async (side) => {
  const version = document.getElementById(side).value;
  const answer = await fetch(`${page.dataset.content}?${new URLSearchParams({ version })}`);
  if (!answer.ok) throw new Error(say('missing'));
  return answer.text();
};

const cell = (row, tag, ...content) => {
  const made = document.createElement(tag);
  made.append(...content);
  row.append(made);
  return made;
};

function tableOf(changes) {
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const key of ['sign', 'what', 'detail']) cell(head, 'th', say(key));
  const body = table.createTBody();
  for (const change of changes) {
    const row = body.insertRow();
    row.dataset.change = change.how;
    row.dataset.of = change.id || '';
    const sign = document.createElement('span');
    sign.className = 'change-sign';
    sign.setAttribute('aria-hidden', 'true');
    sign.textContent = SIGNS[change.how];
    cell(row, 'td', sign, say(change.how));
    cell(row, 'td', change.what);
    const details = cell(row, 'td');
    for (const { name, before, after } of change.details || []) {
      const line = document.createElement('div');
      line.append(name ? `${name}: ` : '');
      if (before !== undefined && before !== '') cell(line, 'del', before);
      if (before && after) line.append(' → ');
      if (after !== undefined && after !== '') cell(line, 'ins', after);
      details.append(line);
    }
  }
  return table;
}

async function begin() {
  const [before, after] = await Promise.all([read('from'), read('to')]);
  const { changes, show } = await COMPARE[page.dataset.kind](before, after, say);
  const count = (how) => changes.filter((change) => change.how === how).length;
  document.getElementById('summary').textContent = changes.length
    ? say('count', count('added'), count('removed'), count('changed'), count('moved'))
    : say('none');
  if (changes.length) document.getElementById('changes').replaceChildren(tableOf(changes));
  if (show) {
    document.getElementById('diagrams').hidden = false;
    await show(document.getElementById('before'), document.getElementById('after'), SIGNS);
  }
  page.dataset.ready = '';
}

await begin().catch((failed) => {
  const problem = document.getElementById('problem');
  problem.hidden = false;
  problem.textContent = failed.message;
});
