// What can be said of a form before anybody fills it in.
import { problemsOf } from './feel.js';

const INPUTS = new Set(['textfield', 'textarea', 'number', 'datetime', 'checkbox', 'checklist', 'radio', 'select', 'taglist', 'filepicker', 'expression']);
const OTHERS = new Set(['text', 'html', 'image', 'table', 'button', 'group', 'dynamiclist', 'spacer', 'separator', 'iframe', 'documentPreview', 'default']);

/** @returns {{category: string, rule: string, id: string, message: string}[]} */
export function lintForm(text, words) {
  const form = JSON.parse(text);
  const found = [];
  const say = (category, rule, component, message) => found.push({ category, rule: `relance/${rule}`, id: component.id || component.key || '', message });
  const error = (...finding) => say('error', ...finding);
  if (!Array.isArray(form.components)) return [{ category: 'error', rule: 'relance/form', id: '', message: 'The form has no list of "components"' }];
  if (!form.id) error('form', form, 'The form has no "id", by which tasks name it');
  const keys = new Map();
  const visit = (component, within) => {
    if (!INPUTS.has(component.type) && !OTHERS.has(component.type)) error('form-type', component, `Nothing shows components of the type "${component.type}"`);
    if (INPUTS.has(component.type)) {
      if (!component.key) error('form-key', component, 'What is entered here goes nowhere: the field has no key');
      const key = [...within, component.key].join('.');
      if (component.key && keys.has(key)) error('form-key', component, `Another field has the key "${component.key}", too: one would write over the other`);
      keys.set(key, component);
      if (component.type !== 'expression' && ![component.label, component.dateLabel, component.timeLabel].some(Boolean)) {
        say('warn', 'form-label', component, 'The field has no label: who cannot see the form does not know what to enter');
      }
    }
    for (const expression of expressionsOf(component)) for (const problem of problemsOf(expression, words, { syntax: true })) error('feel', component, problem);
    (component.components || []).forEach((inner) => visit(inner, component.path ? [...within, component.path] : within));
  };
  form.components.forEach((component) => visit(component, []));
  return found;
}

/** All that begins with an equals sign, but the fields within. */
function expressionsOf(value, found = []) {
  for (const [key, one] of Object.entries(value)) {
    if (key === 'components' || key === 'label') continue;
    if (typeof one === 'string' && one.startsWith('=') && one.length > 1) found.push(one.slice(1));
    else if (one && typeof one === 'object') expressionsOf(one, found);
  }
  return found;
}
