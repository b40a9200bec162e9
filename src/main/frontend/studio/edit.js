// The editor's page: opens a draft, keeps it as it changes, lints it, and tells of others who work on the same file.
import { Draft } from './draft.js';
import { showFindings } from './findings.js';
import { lossesOf } from './losses.js';

const EDITORS = { bpmn: () => import('./bpmn-editor.js'), dmn: () => import('./dmn-editor.js'), form: () => import('./form-editor.js'), text: () => import('./text-editor.js') };
const LINT_AFTER = 700;
const SAVE_AFTER = 1500;

const page = document.getElementById('editor');
const words = JSON.parse(document.getElementById('words').textContent);
const draft = new Draft(page.dataset, words);

function later(work, pause) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, pause);
  };
}

async function begin() {
  const answer = await fetch(page.dataset.content);
  if (!answer.ok) {
    draft.tell(words['studio.edit.unreadable']);
    return;
  }
  const content = await answer.text();
  const { open } = await EDITORS[page.dataset.editor]();
  const editor = await open({ content, canvas: document.getElementById('canvas'), panel: document.getElementById('properties'), page, words }).catch((unreadable) => {
    draft.tell(words['studio.edit.broken'].replace('{0}', unreadable.message), page.dataset.asText);
    return null;
  });
  if (!editor) return;
  if (page.dataset.editor === 'bpmn' || page.dataset.editor === 'dmn') {
    const lost = lossesOf(content, await editor.content());
    if (lost.length) draft.tell(words['studio.edit.losses'].replace('{0}', lost.slice(0, 8).join('; ')), page.dataset.asText);
  }

  const lint = later(async () => {
    const text = await editor.content();
    const found = await globalThis.relanceLint.lint(text, page.dataset.engine);
    const names = draft.findings;
    showFindings([...found, ...names.filter((n) => !found.some((f) => f.id === n.id && f.message === n.message))], editor, words);
    page.dataset.linted = '';
  }, LINT_AFTER);
  const save = later(async () => {
    if (await draft.save(await editor.content(), 'autosave')) lint();
  }, SAVE_AFTER);
  editor.onChange(() => {
    draft.touched();
    lint();
    save();
  });

  document.getElementById('save').addEventListener('submit', async (event) => {
    event.preventDefault();
    const comment = document.getElementById('comment');
    if (await draft.save(await editor.content(), 'saved', comment.value)) {
      comment.value = '';
      lint();
    }
  });
  document.getElementById('take-mine').addEventListener('click', async () => draft.saveOver(await editor.content()));
  document.getElementById('keep-copy').addEventListener('click', async (event) => {
    const link = event.currentTarget;
    link.href = URL.createObjectURL(new Blob([await editor.content()], { type: 'application/octet-stream' }));
  });
  window.addEventListener('beforeunload', (event) => {
    if (draft.isUnsaved()) event.preventDefault();
  });
  draft.watch();
  draft.learnNames(lint);
  page.dataset.ready = '';
  globalThis.relanceEditor = editor; // for who tests or scripts the page
}

await begin();
