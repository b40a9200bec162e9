// Forms, field by field.
import { movedOf } from './order.js';

/** Fields with their way through groups, by id or key. */
function fieldsOf(components, found = new Map(), within = '') {
  for (const component of components || []) {
    const { components: inner, ...own } = component;
    const id = component.id || component.key || component.text;
    found.set(id, { ...own, within });
    fieldsOf(inner, found, id);
  }
  return found;
}

const titleOf = (field) => `${field.type} ${field.label || field.key ? `“${field.label || field.key}”` : field.id}`;
const shown = (value) => (value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

function differ(before, after, besides = []) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !besides.includes(name));
  return names.filter((name) => shown(before[name]) !== shown(after[name])).map((name) => ({ name, before: shown(before[name]), after: shown(after[name]) }));
}

export function compareForms(beforeText, afterText, say) {
  const [before, after] = [JSON.parse(beforeText), JSON.parse(afterText)];
  const changes = [];
  const own = differ(before, after, ['components']);
  if (own.length) changes.push({ how: 'changed', id: '', what: after.id, details: own });
  const [were, are] = [fieldsOf(before.components), fieldsOf(after.components)];
  for (const [id, field] of were) if (!are.has(id)) changes.push({ how: 'removed', id, what: titleOf(field) });
  const moved = new Set(movedOf([...were.keys()], [...are.keys()]));
  const place = (fields, id) => [...fields.keys()].indexOf(id) + 1;
  for (const [id, field] of are) {
    if (!were.has(id)) {
      changes.push({ how: 'added', id, what: titleOf(field), details: differ({}, field, ['id', 'type', 'label', 'within']) });
      continue;
    }
    const details = differ(were.get(id), field);
    if (details.length) changes.push({ how: 'changed', id, what: titleOf(field), details });
    if (moved.has(id)) changes.push({ how: 'moved', id, what: titleOf(field), details: [{ name: '', after: say('order', place(were, id), place(are, id)) }] });
  }
  return { changes };
}
