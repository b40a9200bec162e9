// Lints models, decisions and forms by bpmnlint's, Camunda's and our own rules. No Node in here: the application runs it, too.
import { BpmnModdle } from 'bpmn-moddle';
import Linter from 'bpmnlint/lib/linter.js';
import { config as kept, resolver as keptRules } from '../node_modules/.relance/kept-rules.js';
import { vocabulary, zeebe } from '../node_modules/.relance/words.js';
import { lintDecisions } from './decisions.js';
import { lintForm } from './forms.js';
import { rulesFor } from './rules.js';

const modeler = { name: 'Modeler', uri: 'http://camunda.org/schema/modeler/1.0', prefix: 'modeler', types: [
  { name: 'Definitions', isAbstract: true, extends: ['bpmn:Definitions'], properties: [
    { name: 'executionPlatform', isAttr: true, type: 'String' }, { name: 'executionPlatformVersion', isAttr: true, type: 'String' } ] },
] };

const OURS = 'bpmnlint-plugin-relance';

/** @returns {Promise<{category: string, rule: string, id: string, message: string}[]>} of a BPMN model, a DMN file or a form */
export async function lint(xml, words = vocabulary) {
  try {
    if (/^\s*\{/.test(xml)) return lintForm(xml, words);
    return /<[\w:]*definitions[^>]*DMN\//.test(xml) ? await lintDecisions(xml, words) : await lintModel(xml, words);
  } catch (unreadable) {
    return [{ rule: 'xml', id: '', message: unreadable.message, category: 'error' }];
  }
}

async function lintModel(xml, words) {
  const moddle = new BpmnModdle({ zeebe, modeler });
  const { rootElement, warnings } = await moddle.fromXML(xml);
  const rules = rulesFor(words);
  const resolver = {
    resolveRule: (pkg, rule) => (pkg === OURS ? rules[rule] : keptRules.resolveRule(pkg, rule)),
    resolveConfig: (pkg, config) => keptRules.resolveConfig(pkg, config),
  };
  const config = { ...kept, rules: { ...kept.rules } };
  Object.keys(rules).forEach((rule) => (config.rules[`relance/${rule}`] = 'error'));
  const found = await new Linter({ config, resolver }).lint(rootElement);
  const reports = Object.entries(found).flatMap(([rule, all]) => all.map(({ id, message, category }) => ({ rule, id, message, category })));
  // what somebody else added to the file is theirs
  const broken = warnings.filter((warning) => !/^unknown attribute/.test(warning.message));
  return [...broken.map((warning) => ({ rule: 'xml', id: '', message: warning.message, category: 'error' })), ...reports];
}
