// What can be said of a decision before anybody is contacted by it.
import { DmnModdle } from 'dmn-moddle';
import { unaryTest } from 'feelin';
import { lintExpressions } from './feel.js';

const TALKS = /^(reminder|email|sms|whatsapp|letter|call|visit)$/;
const WINDOW = 7;
const KINDS_MAX = 50000;

/** @returns {Promise<{category: string, rule: string, id: string, message: string}[]>} */
export async function lintDecisions(xml, words) {
  const { rootElement } = await new DmnModdle().fromXML(xml);
  const unread = lintExpressions(rootElement, words);
  if (unread.length) return unread;
  return (rootElement.drgElement || []).flatMap((decision) => {
    const table = decision.decisionLogic;
    return table && table.$type === 'dmn:DecisionTable' && isPlan(table) ? contactCap(decision.id, table, words) : [];
  });
}

/** A plan of a collection: its rows are steps with a day and an action. */
const isPlan = (table) => ['step', 'day', 'action'].every((name) => column(table, name) >= 0);

const column = (table, name) => (table.output || []).findIndex((output) => output.name === name);

const textOf = (entry) => ((entry || {}).text || '').trim();

/** No kind of payer may hear of us more often within seven days than the cap allows. */
function contactCap(id, table, words) {
  const holds = remembering(matches);
  const steps = (table.rule || []).map((rule) => {
    const out = (name) => textOf(rule.outputEntry[column(table, name)]).replace(/^"|"$/g, '');
    return { tests: rule.inputEntry.map(textOf), step: out('step'), day: Number(out('day')), action: out('action') };
  });
  const found = new Map();
  for (const payer of payers(table)) {
    const road = steps
      .filter(({ action, tests }) => TALKS.test(action) && tests.every((test, i) => holds(test, payer[i])))
      .sort((a, b) => a.day - b.day);
    for (const first of road) {
      const within = road.filter(({ day }) => day >= first.day && day < first.day + WINDOW);
      const words7 = within.map(({ step, day }) => `${step} on day ${day}`).join(', ');
      if (within.length > words.contactsInSevenDays && !found.has(words7)) {
        found.set(words7, payer.map((value) => JSON.stringify(value)).join(', '));
      }
    }
  }
  return [...found].map(([contacts, payer]) => ({
    rule: 'relance/contact-cap', id, category: 'error',
    message: `More than ${words.contactsInSevenDays} contacts within seven days: ${contacts} (a payer of ${payer})`,
  }));
}

const matches = (test, value) => test === '' || test === '-' || unaryTest(test, { '?': value }).value === true;

/** The same few cells are asked about the same few values again and again. */
function remembering(ask) {
  const known = new Map();
  return (test, value) => {
    const key = `${test}\n${JSON.stringify(value)}`;
    if (!known.has(key)) known.set(key, ask(test, value));
    return known.get(key);
  };
}

/** A payer of each kind that the table tells apart. */
function payers(table) {
  const values = (table.input || []).map((input, i) => kinds(input, table.rule.map((rule) => textOf(rule.inputEntry[i]))));
  if (values.reduce((product, column) => product * column.length, 1) > KINDS_MAX) {
    throw new Error(`The table tells more than ${KINDS_MAX} kinds of payers apart: they cannot be looked at one by one`);
  }
  return values.reduce((all, column) => all.flatMap((payer) => column.map((value) => [...payer, value])), [[]]);
}

function kinds(input, tests) {
  const all = [textOf(input.inputValues), ...tests].join(' ');
  const strings = [...new Set([...all.matchAll(/"([^"]*)"/g)].map((match) => match[1]))];
  if (/list contains\(\?/.test(all)) return [[], strings];
  const numbers = [...all.matchAll(/\d+/g)].map(([number]) => Number(number));
  if (strings.length === 0 && numbers.length) return [...new Set(numbers.flatMap((n) => [n - 1, n, n + 1]))];
  return strings.length ? [...strings, ...(textOf(input.inputValues) ? [] : [''])] : [''];
}
