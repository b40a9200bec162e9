// Lints models, decisions and forms by bpmnlint's, Camunda's and our own rules. No Node in here: the application runs it, too.
import { BpmnModdle } from 'bpmn-moddle';
import Linter from 'bpmnlint/lib/linter.js';
import * as engine86 from '../node_modules/.relance/kept-rules-8-6.js';
import * as engine87 from '../node_modules/.relance/kept-rules-8-7.js';
import * as engine88 from '../node_modules/.relance/kept-rules-8-8.js';
import * as engine89 from '../node_modules/.relance/kept-rules-8-9.js';
import { vocabulary, zeebe } from '../node_modules/.relance/words.js';
import { lintDecisions } from './decisions.js';
import { lintForm } from './forms.js';
import { rulesFor } from './rules.js';

const modeler = { name: 'Modeler', uri: 'http://camunda.org/schema/modeler/1.0', prefix: 'modeler', types: [
  { name: 'Definitions', isAbstract: true, extends: ['bpmn:Definitions'], properties: [
    { name: 'executionPlatform', isAttr: true, type: 'String' }, { name: 'executionPlatformVersion', isAttr: true, type: 'String' } ] },
] };

const OURS = 'bpmnlint-plugin-relance';
const ENGINES = [engine86, engine87, engine88, engine89];
const FIRST = 6;

/** The rules for an engine: of the first one that we support if none is known, of the newest that we know for later ones. */
function keptFor(engine) {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(engine || '') || [0, 8, FIRST];
  const newest = ENGINES.length - 1;
  return ENGINES[Number(major) > 8 ? newest : Math.max(0, Math.min(newest, Number(minor) - FIRST))];
}

/**
 * @param engine the version that is connected, such as 8.6.0
 * @returns {Promise<{category: string, rule: string, id: string, message: string}[]>} of a BPMN model, a DMN file or a form
 */
export async function lint(xml, words = vocabulary, engine = '') {
  try {
    if (/^\s*\{/.test(xml)) return lintForm(xml, words);
    return /<[\w:]*definitions[^>]*DMN\//.test(xml) ? await lintDecisions(xml, words) : await lintModel(xml, words, keptFor(engine));
  } catch (unreadable) {
    return [{ rule: 'xml', id: '', message: unreadable.message, category: 'error' }];
  }
}

async function lintModel(xml, words, { config: kept, resolver: keptRules }) {
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
