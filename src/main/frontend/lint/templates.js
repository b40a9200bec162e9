// Checks element templates: by Camunda's schema, and that what they name is there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import validator from '@bpmn-io/element-templates-validator';

const bound = (template, type, property) =>
  (template.properties.find(({ binding }) => binding.type === type && (!property || binding.property === property)) || {}).value;

/** @returns {string[]} what is wrong, in words */
export function checkTemplates(file, models, words) {
  const templates = JSON.parse(readFileSync(file, 'utf8'));
  const { results } = validator.validateAllZeebe(templates);
  const problems = results.flatMap(({ valid, object, errors }) =>
    valid ? [] : errors.map((error) => `${object.id}: ${error.message} (${error.dataPath || error.schemaPath || ''})`));
  const ids = new Set();
  for (const template of templates) {
    if (ids.has(template.id)) problems.push(`${template.id}: there are two of that id`);
    ids.add(template.id);
    const job = bound(template, 'zeebe:taskDefinition', 'type');
    if (job && !(job in words.jobTypes)) problems.push(`${template.id}: nobody works on jobs of the type "${job}"`);
    const form = bound(template, 'zeebe:formDefinition', 'formId');
    if (form && !existsSync(join(models, '..', 'forms', `${form}.form`))) problems.push(`${template.id}: there is no form "${form}"`);
    if (form && bound(template, 'zeebe:formDefinition', 'bindingType') !== 'deployment') problems.push(`${template.id}: its form is not bound to the deployment`);
  }
  return problems;
}
