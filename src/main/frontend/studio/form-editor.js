// Forms: form-js' editor.
import { FormEditor } from '@bpmn-io/form-js';
import { outlines } from './outlines.js';

export async function open({ content, canvas, panel }) {
  panel.hidden = true; // it brings its own
  const editor = new FormEditor({ container: canvas });
  const before = JSON.parse(content);
  await editor.importSchema(before);
  let touched = false;
  editor.on('changed', () => (touched = true));
  const fieldOf = (id) => editor.get('formFieldRegistry').getAll().find((field) => field.id === id || field.key === id);
  const outline = outlines('data-id');
  return {
    editor,
    nameOf: (id) => fieldOf(id)?.label || fieldOf(id)?.key || id,
    select: (id) => fieldOf(id) && editor.get('selection').set(fieldOf(id)),
    mark: (findings) => outline(findings.map((finding) => ({ ...finding, id: fieldOf(finding.id)?.id }))),
    content: async () => (touched ? JSON.stringify(editor.saveSchema(), null, 2) + '\n' : content),
    onChange: (tell) => editor.on('changed', tell),
  };
}
