// What can be said of FEEL expressions wherever they stand: a function that the engine does not know gives null, and nobody is told.
import { parseExpression, parseUnaryTests } from 'feelin';

const BINDING = new Set(['ParameterName', 'PropertyName', 'Name', 'Key']);

/** @returns {string[]} what would go wrong with this expression */
export function problemsOf(text, words, { unary = false, syntax = false, known = [] } = {}) {
  const tree = (unary ? parseUnaryTests : parseExpression)(text);
  const called = [];
  const bound = new Set(known);
  let broken = null;
  tree.iterate({
    enter(node) {
      if (node.type.isError && broken === null) broken = text.slice(Math.max(0, node.from - 12), node.to + 12).trim();
      if (BINDING.has(node.name)) bound.add(text.slice(node.from, node.to).trim());
      if (node.name === 'FunctionInvocation') {
        const callee = node.node.firstChild;
        if (callee && callee.name === 'VariableName') called.push(text.slice(callee.from, callee.to).replace(/\s+/g, ' ').trim());
      }
    },
  });
  const unknown = [...new Set(called)].filter((name) => !words.feelFunctions.includes(name) && !bound.has(name));
  return [
    ...unknown.map((name) => `The engine knows no function "${name}": the expression would give null, and nobody would be told`),
    ...(syntax && broken !== null ? [`This is no FEEL expression: near "${broken}"`] : []),
  ];
}

const ownText = (value) => typeof value === 'string' && value.startsWith('=') && value.length > 1;

/** Expressions of an element and of what stands in it without an id of its own: its extensions, conditions, timers. */
function expressionsIn(element, found = []) {
  for (const [key, value] of Object.entries(element)) {
    if (key.startsWith('$') || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (ownText(one)) found.push(one.slice(1));
      else if (one && typeof one === 'object' && one.$type && !isOwnElement(one)) expressionsIn(one, found);
    }
  }
  return found;
}

const isOwnElement = (element) => /^bpmn:/.test(element.$type) && (element.$instanceOf('bpmn:FlowElement') || element.$instanceOf('bpmn:RootElement') || element.$instanceOf('bpmn:Artifact') || element.$type === 'bpmn:Definitions');

/** The rule for models: syntax is Camunda's own rule's. */
export const feelFunction = (vocabulary) => (node, reporter) => {
  if (!isOwnElement(node) || node.$type === 'bpmn:Definitions') return;
  for (const text of expressionsIn(node)) {
    for (const problem of problemsOf(text, vocabulary)) reporter.report(node.id, problem);
  }
};

/** @returns {{category: string, rule: string, id: string, message: string}[]} of the decisions of a file */
export function lintExpressions(definitions, words) {
  const elements = definitions.drgElement || [];
  const known = elements.map(({ name }) => name).filter(Boolean);
  return elements.flatMap((decision) => textsOf(decision.decisionLogic).flatMap(({ text, unary, place }) =>
    problemsOf(text, words, { unary, syntax: true, known }).map((message) => ({ category: 'error', rule: 'relance/feel', id: decision.id, message: place ? `${place}: ${message}` : message }))));
}

function textsOf(logic) {
  if (!logic) return [];
  if (logic.$type === 'dmn:LiteralExpression') return logic.text ? [{ text: logic.text }] : [];
  const say = (column) => column.label || column.name || column.id;
  return [
    ...(logic.input || []).filter(({ inputExpression }) => inputExpression && inputExpression.text).map((input) => ({ text: input.inputExpression.text, place: `Column "${say(input)}"` })),
    ...(logic.rule || []).flatMap((rule, row) => [
      ...(rule.inputEntry || []).map((entry, i) => ({ text: (entry.text || '').trim(), unary: true, place: `Row ${row + 1}, "${say(logic.input[i] || {})}"` })),
      ...(rule.outputEntry || []).map((entry, i) => ({ text: (entry.text || '').trim(), place: `Row ${row + 1}, "${say(logic.output[i] || {})}"` })),
    ]).filter(({ text }) => text && text !== '-'),
  ];
}
