// Models of processes, element by element; the differ says what changed, we say it in words.
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import { diff } from 'bpmn-js-differ';
import Viewer from 'camunda-bpmn-js/lib/camunda-cloud/NavigatedViewer';
import { differences, flatten } from './flatten.js';

const read = async (xml) => (await new BpmnModdle({ zeebe }).fromXML(xml)).rootElement;
const kindOf = (element) => element.$type.replace('bpmn:', '').replace(/([a-z])([A-Z])/g, (all, a, b) => `${a} ${b.toLowerCase()}`);
const titleOf = (element) => `${kindOf(element)} ${element.name ? `“${element.name}”` : element.id}`;

/** Everything with an id, also what the differ does not look at, such as messages and errors. */
function elementsOf(definitions) {
  const found = new Map();
  const visit = (element) => {
    if (!element || !element.$type || !element.$type.startsWith('bpmn:')) return;
    if (element.id) found.set(element.id, element);
    for (const list of ['rootElements', 'flowElements', 'artifacts', 'participants', 'messageFlows', 'laneSets', 'lanes']) (element[list] || []).forEach(visit);
  };
  visit(definitions);
  found.delete(definitions.id);
  return found;
}

export async function compareModels(beforeXml, afterXml, say) {
  const [before, after] = [await read(beforeXml), await read(afterXml)];
  const found = diff(before, after);
  const [were, are] = [elementsOf(before), elementsOf(after)];
  const marks = { before: new Map(), after: new Map() };
  const changes = [];
  for (const [id, element] of are) {
    if (!were.has(id)) {
      changes.push({ how: 'added', id, what: titleOf(element), details: [...flatten(element)].filter(([name]) => name !== 'name').slice(0, 12).map(([name, value]) => ({ name: name.replace(/^extensionElements › /, ''), after: value })) });
      marks.after.set(id, 'added');
    }
  }
  for (const [id, element] of were) {
    if (!are.has(id)) {
      changes.push({ how: 'removed', id, what: titleOf(element) });
      marks.before.set(id, 'removed');
      continue;
    }
    const details = differences(flatten(element), flatten(are.get(id)));
    const kind = element.$type === are.get(id).$type ? [] : [{ name: '', before: kindOf(element), after: kindOf(are.get(id)) }];
    if (details.length || kind.length) {
      changes.push({ how: 'changed', id, what: titleOf(are.get(id)), details: [...kind, ...details] });
      marks.before.set(id, 'changed');
      marks.after.set(id, 'changed');
    } else if (found._layoutChanged[id]) {
      changes.push({ how: 'moved', id, what: titleOf(are.get(id)), details: [{ name: '', after: say('layout') }] });
      marks.before.set(id, 'moved');
      marks.after.set(id, 'moved');
    }
  }
  const order = ['removed', 'added', 'changed', 'moved'];
  changes.sort((a, b) => order.indexOf(a.how) - order.indexOf(b.how));
  return {
    changes,
    async show(left, right, signs) {
      const viewers = [await draw(left, beforeXml, marks.before, signs), await draw(right, afterXml, marks.after, signs)];
      follow(viewers);
    },
  };
}

async function draw(container, xml, marks, signs) {
  const viewer = new Viewer({ container });
  await viewer.importXML(xml);
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  const registry = viewer.get('elementRegistry');
  for (const [id, how] of marks) {
    const element = registry.get(id);
    if (!element || element.type === 'bpmn:Process' || element.type === 'bpmn:Collaboration') continue;
    canvas.addMarker(id, `is-${how}`);
    if (element.waypoints) continue;
    const badge = document.createElement('span');
    badge.className = `diff-badge diff-${how}`;
    badge.textContent = signs[how];
    viewer.get('overlays').add(id, { position: { top: -10, right: 12 }, html: badge });
  }
  return viewer;
}

/** Who looks at a part of one sees the same part of the other. */
function follow([left, right]) {
  let busy = false;
  for (const [one, other] of [[left, right], [right, left]]) {
    one.on('canvas.viewbox.changed', ({ viewbox }) => {
      if (busy) return;
      busy = true;
      other.get('canvas').viewbox({ x: viewbox.x, y: viewbox.y, width: viewbox.width, height: viewbox.height });
      busy = false;
    });
  }
}
