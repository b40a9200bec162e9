// Our own rules for models: what bpmnlint and Camunda's rules cannot know. Each says what would go wrong.
import {
  allFlowNodes, boundaryEventsOf, eventDefinition, extensionOf, flowNodes, jobTypeOf, messageNameOf, next, reachable, scopesOf, waits,
} from './graph.js';
import { feelFunction } from './feel.js';

const isProcess = (node) => node.$type === 'bpmn:Process';
const isA = (vocabulary, kind) => (node) => Boolean((vocabulary.jobTypes[jobTypeOf(node)] || {})[kind]);

/** A job type that no worker knows waits for ever. */
const jobType = (vocabulary) => (node, reporter) => {
  const type = jobTypeOf(node);
  if (type !== undefined && !type.startsWith('=') && !(type in vocabulary.jobTypes)) {
    reporter.report(node.id, `Nobody works on jobs of the type "${type}": the process would wait here for ever`);
  }
};

/** With the engine's default, or less, one bad moment of a database makes an incident. */
const retries = () => (node, reporter) => {
  const definition = extensionOf(node, 'zeebe:TaskDefinition');
  if (definition && !(Number(definition.get('retries')) >= 3 || String(definition.get('retries')).startsWith('='))) {
    reporter.report(node.id, 'Retries are missing or fewer than 3: one bad moment would stop the process with an incident');
  }
};

const userTaskForm = () => (node, reporter) => {
  if (!node.$instanceOf('bpmn:UserTask')) return;
  const form = extensionOf(node, 'zeebe:FormDefinition');
  if (!form || !form.get('formId')) {
    reporter.report(node.id, 'The task has no form: nobody could complete it in the work list');
  } else if (form.get('bindingType') !== 'deployment') {
    reporter.report(node.id, 'The form is not bound to the deployment: a later one would change the tasks that are open');
  }
  if (!extensionOf(node, 'zeebe:UserTask')) {
    reporter.report(node.id, 'The task is not a Camunda user task: it would be a job that nobody works on');
  }
};

/** A length of time counts nights, Sundays and holidays; an instant that a worker names does not. */
const timerCalendar = () => (node, reporter) => {
  const timer = node.$instanceOf('bpmn:CatchEvent') && eventDefinition(node, 'bpmn:TimerEventDefinition');
  if (!timer) return;
  const date = timer.timeDate && timer.timeDate.body;
  if (!date || !/^=\s*date and time\(\s*[a-zA-Z_][\w.]*\s*\)\s*$/.test(date)) {
    reporter.report(node.id, 'The timer does not follow the business calendar: let a step before it name the time, as in =date and time(nextStepAt)');
  }
};

const messageName = (vocabulary) => (node, reporter) => {
  const name = node.$instanceOf('bpmn:Event') || node.$instanceOf('bpmn:ReceiveTask') ? messageNameOf(node) || (node.messageRef || {}).name : undefined;
  if (name !== undefined && !(name in vocabulary.messages)) {
    reporter.report(node.id, `Nobody sends the message "${name}"`);
  }
};

/** Who is contacted, or waits for a person, must be let go when the money is there. */
const exitOnPayment = (vocabulary) => {
  const isExit = (event) => (vocabulary.messages[messageNameOf(event)] || {}).exit;
  const isExitScope = (node) =>
    node.$type === 'bpmn:SubProcess' &&
    node.triggeredByEvent &&
    flowNodes(node).some((start) => start.$type === 'bpmn:StartEvent' && start.isInterrupting !== false && isExit(start));
  const isLetGo = (node) => boundaryEventsOf(node).some((event) => event.cancelActivity !== false && isExit(event));
  const contacts = isA(vocabulary, 'contact');
  return (node, reporter) => {
    if (!isProcess(node)) return;
    for (const step of allFlowNodes(node)) {
      if (!step.$instanceOf('bpmn:UserTask') && !contacts(step)) continue;
      const scopes = scopesOf(step);
      const covered = isLetGo(step) || scopes.some((scope) => flowNodes(scope).some(isExitScope) || (scope !== node && isLetGo(scope)));
      if (!covered) {
        reporter.report(step.id, 'Nothing ends this step when the invoice is paid: the payer could be asked for what they paid');
      }
    }
  };
};

/** A gateway that looks at how often the payer was asked kindly keeps back who was not. */
const asksForAttempts = (node) =>
  node.$type === 'bpmn:ExclusiveGateway' &&
  (node.outgoing || []).some((flow) => flow.conditionExpression && /amicableContacts/.test(flow.conditionExpression.body));

/** In the order of the law: first kindly, then by formal notice, then in court. */
const legalOrder = (vocabulary) => (node, reporter) => {
  if (!isProcess(node)) return;
  for (const step of allFlowNodes(node).filter(isA(vocabulary, 'legal'))) {
    for (const [kind, words] of [['formalNotice', 'a formal notice'], ['amicable', 'an amicable attempt']]) {
      const stops = (other) => isA(vocabulary, kind)(other) || (kind === 'amicable' && asksForAttempts(other)) || (other.$instanceOf('bpmn:SubProcess') && flowNodes(other).some(isA(vocabulary, kind)));
      // from the outermost scope inwards: some scope on the way must be entered by such a step only
      const way = [step, ...scopesOf(step)];
      const free = way.slice(0, -1).every((inner, i) => reachable(way[i + 1], inner, stops));
      if (free) reporter.report(step.id, `This legal step can be reached without ${words} before it`);
    }
  }
};

const letterFallback = (vocabulary) => (node, reporter) => {
  if (!isA(vocabulary, 'letter')(node)) return;
  const caught = boundaryEventsOf(node).some((event) => eventDefinition(event, 'bpmn:ErrorEventDefinition'));
  const asked = next(node).some((gateway) =>
    (gateway.outgoing || []).some((flow) => flow.conditionExpression && /no-address/.test(flow.conditionExpression.body)));
  if (!caught && !asked) {
    reporter.report(node.id, 'There is no way for a payer without a postal address: they would hear nothing');
  }
};

/** The engine would run round such a loop as fast as it can. */
const loopWithoutWait = () => (node, reporter) => {
  if (!node.$instanceOf('bpmn:FlowElementsContainer')) return;
  const done = new Set();
  const visit = (at, path) => {
    if (waits(at) || done.has(at)) return;
    if (path.includes(at)) {
      reporter.report(at.id, `Nothing waits in this loop: ${[...path.slice(path.indexOf(at)), at].map((n) => n.name || n.id).join(' - ')}`);
      return;
    }
    for (const target of next(at)) visit(target, [...path, at]);
    done.add(at);
  };
  flowNodes(node).forEach((start) => visit(start, []));
};

const rules = {
  'job-type': jobType, retries, 'user-task-form': userTaskForm, 'timer-calendar': timerCalendar, 'message-name': messageName,
  'exit-on-payment': exitOnPayment, 'legal-order': legalOrder, 'letter-fallback': letterFallback, 'loop-without-wait': loopWithoutWait, 'feel-function': feelFunction,
};

/** The rules by name, for a vocabulary of job types and messages. */
export const rulesFor = (vocabulary) =>
  Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, () => ({ check: rule(vocabulary) })]));
