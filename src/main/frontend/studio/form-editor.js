// Forms: form-js' editor.
import { FormEditor } from '@bpmn-io/form-js';

export async function open({ content, canvas, panel }) {
  panel.hidden = true; // it brings its own
  const editor = new FormEditor({ container: canvas });
  const before = JSON.parse(content);
  await editor.importSchema(before);
  let touched = false;
  editor.on('changed', () => (touched = true));
  return {
    editor,
    content: async () => (touched ? JSON.stringify(editor.saveSchema(), null, 2) + '\n' : content),
    onChange: (tell) => editor.on('changed', tell),
  };
}
