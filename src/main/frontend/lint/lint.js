// Lints models by bpmnlint's, Camunda's and our own rules.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import Linter from 'bpmnlint/lib/linter.js';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import { rulesFor } from './rules.js';

const require = createRequire(import.meta.url);
const zeebe = require('zeebe-bpmn-moddle/resources/zeebe.json');
const modeler = { name: 'Modeler', uri: 'http://camunda.org/schema/modeler/1.0', prefix: 'modeler', types: [
  { name: 'Definitions', isAbstract: true, extends: ['bpmn:Definitions'], properties: [
    { name: 'executionPlatform', isAttr: true, type: 'String' }, { name: 'executionPlatformVersion', isAttr: true, type: 'String' } ] },
] };
export const vocabulary = JSON.parse(readFileSync(new URL('vocabulary.json', import.meta.url), 'utf8'));

const OURS = 'bpmnlint-plugin-relance';
const CONFIG = {
  extends: ['bpmnlint:recommended', 'plugin:camunda-compat/camunda-cloud-8-6'],
  rules: {
    // a step without a diagram is no step that a designer sees, and a gateway may merge only
    'no-bpmndi': 'error',
    'label-required': 'off',
  },
};

/** @returns {Promise<{category: string, rule: string, id: string, message: string}[]>} */
export async function lint(xml, words = vocabulary) {
  const moddle = new BpmnModdle({ zeebe, modeler });
  const { rootElement, warnings } = await moddle.fromXML(xml);
  const rules = rulesFor(words);
  const node = new NodeResolver({ require });
  const resolver = {
    resolveRule: (pkg, rule) => (pkg === OURS ? rules[rule] : node.resolveRule(pkg, rule)),
    resolveConfig: (pkg, config) => node.resolveConfig(pkg, config),
  };
  const config = { ...CONFIG, rules: { ...CONFIG.rules } };
  Object.keys(rules).forEach((rule) => (config.rules[`relance/${rule}`] = 'error'));
  const found = await new Linter({ config, resolver }).lint(rootElement);
  const reports = Object.entries(found).flatMap(([rule, all]) => all.map(({ id, message, category }) => ({ rule, id, message, category })));
  // what somebody else added to the file is theirs
  const broken = warnings.filter((warning) => !/^unknown attribute/.test(warning.message));
  return [...broken.map((warning) => ({ rule: 'xml', id: '', message: warning.message, category: 'error' })), ...reports];
}
