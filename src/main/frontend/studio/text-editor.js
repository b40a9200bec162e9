// The file as text, for what no editor can show.
export async function open({ content, canvas, panel, words }) {
  panel.hidden = true;
  const text = document.createElement('textarea');
  text.value = content;
  text.spellcheck = false;
  text.className = 'model-text';
  text.setAttribute('aria-label', words['studio.edit.text']);
  text.dataset.testid = 'model-text';
  canvas.replaceChildren(text);
  return {
    content: async () => text.value,
    onChange: (tell) => text.addEventListener('input', tell),
    select(id) {
      const place = text.value.indexOf(`"${id}"`);
      if (place < 0) return;
      text.focus();
      text.setSelectionRange(place + 1, place + 1 + id.length);
    },
  };
}
