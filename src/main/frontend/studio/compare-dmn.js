// Decisions, row by row and column by column.
import { DmnModdle } from 'dmn-moddle';
import { differences, flatten } from './flatten.js';
import { movedOf } from './order.js';

const read = async (xml) => (await new DmnModdle().fromXML(xml)).rootElement;
const textOf = (entry) => ((entry && entry.text) || '').trim();
const byId = (list) => new Map((list || []).map((one) => [one.id, one]));
const titleOf = (decision, say) => say('decision', `“${decision.name || decision.id}”`);
const labelOf = (column) => column.label || column.name || textOf(column.inputExpression) || column.id;

/** The columns of a table: what each row says in them, by the columns' ids. */
const columnsOf = (table) => [...(table.input || []), ...(table.output || [])];

function cellsOf(table, rule) {
  const entries = [...(rule.inputEntry || []), ...(rule.outputEntry || [])];
  const cells = new Map(columnsOf(table).map((column, i) => [column.id, textOf(entries[i])]));
  cells.set('', (rule.description || '').trim());
  return cells;
}

export async function compareDecisions(beforeXml, afterXml, say) {
  const [before, after] = [byId((await read(beforeXml)).drgElement), byId((await read(afterXml)).drgElement)];
  const changes = [];
  for (const [id, decision] of after) if (!before.has(id)) changes.push({ how: 'added', id, what: titleOf(decision, say) });
  for (const [id, decision] of before) {
    const now = after.get(id);
    if (!now) {
      changes.push({ how: 'removed', id, what: titleOf(decision, say) });
      continue;
    }
    const [wasTable, isTable] = [decision.decisionLogic, now.decisionLogic].map((logic) => (logic && logic.$type === 'dmn:DecisionTable' ? logic : null));
    const own = differences(withoutTable(decision), withoutTable(now));
    if (own.length) changes.push({ how: 'changed', id, what: titleOf(now, say), details: own });
    if (wasTable && isTable) changes.push(...tableChanges(wasTable, isTable, titleOf(now, say), say));
  }
  return { changes };
}

/** Of a table, only its hit policy: columns and rows are told one by one. */
function withoutTable(decision) {
  const flat = flatten(decision);
  for (const name of [...flat.keys()]) if (/^decisionLogic › (InputClause|OutputClause|DecisionRule|Input|Output)/.test(name)) flat.delete(name);
  return flat;
}

function tableChanges(was, is, title, say) {
  const changes = [];
  const [wasColumns, isColumns] = [byId(columnsOf(was)), byId(columnsOf(is))];
  for (const [id, column] of isColumns) if (!wasColumns.has(id)) changes.push({ how: 'added', id, what: `${title}, ${say('column', `“${labelOf(column)}”`)}` });
  for (const [id, column] of wasColumns) {
    if (!isColumns.has(id)) changes.push({ how: 'removed', id, what: `${title}, ${say('column', `“${labelOf(column)}”`)}` });
    else {
      const details = differences(flatten(column), flatten(isColumns.get(id)));
      if (details.length) changes.push({ how: 'changed', id, what: `${title}, ${say('column', `“${labelOf(isColumns.get(id))}”`)}`, details });
    }
  }
  const [wasRows, isRows] = [byId(was.rule), byId(is.rule)];
  const place = (rows, id) => [...rows.keys()].indexOf(id) + 1;
  const nameOf = (id) => (id === '' ? '' : labelOf(isColumns.get(id) || wasColumns.get(id)));
  const detailsOf = (before, after) => differences(before, after).map(({ name, ...rest }) => ({ name: nameOf(name), ...rest }));
  const nothing = new Map();
  for (const [id, rule] of wasRows) {
    if (!isRows.has(id)) changes.push({ how: 'removed', id, what: `${title}, ${say('row', place(wasRows, id))}`, details: detailsOf(cellsOf(was, rule), nothing) });
  }
  const moved = new Set(movedOf([...wasRows.keys()], [...isRows.keys()]));
  for (const [id, rule] of isRows) {
    const what = `${title}, ${say('row', place(isRows, id))}`;
    if (!wasRows.has(id)) {
      changes.push({ how: 'added', id, what, details: detailsOf(nothing, cellsOf(is, rule)) });
      continue;
    }
    const details = detailsOf(cellsOf(was, wasRows.get(id)), cellsOf(is, rule));
    if (details.length) changes.push({ how: 'changed', id, what, details });
    if (moved.has(id)) changes.push({ how: 'moved', id, what, details: [{ name: '', after: say('order', place(wasRows, id), place(isRows, id)) }] });
  }
  return changes;
}
