// Tells whoever has a task open as soon as it is gone, or somebody else's. What they typed stays, to be copied or kept as a note.
const EVERY_MS = 3000;
const IDLE_MS = 15 * 60 * 1000;
let place;
let path;
let etag;
let failures;
let over;
let timer;
let lastTouch = performance.now();

/** What was typed, a line a field, in the words of the form. */
function typed() {
  const source = document.getElementById('form-data');
  if (!source) return '';
  const { schema, data } = JSON.parse(source.textContent);
  const draft = JSON.parse(sessionStorage.getItem('relance-task-' + place.dataset.task) || '{}');
  return JSON.parse(schema).components
    .filter((field) => field.key && draft[field.key] && draft[field.key] !== data[field.key])
    .map((field) => {
      const choices = field.values || data[field.valuesKey] || [];
      const chosen = choices.find((choice) => choice.value === draft[field.key]);
      return (field.label || field.dateLabel || field.key) + ': ' + (chosen ? chosen.label : draft[field.key]);
    })
    .join('\n');
}

/** The two ways in which what was typed outlives its task. */
function offerTyped() {
  const offer = document.getElementById('typed');
  const text = typed();
  if (!offer || !text) return;
  offer.hidden = false;
  const says = document.getElementById('typed-says');
  document.getElementById('typed-copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      says.textContent = offer.dataset.copied;
    } catch {
      says.textContent = text; // no clipboard without a secure line: it can be marked and copied by hand
    }
  });
  const note = document.getElementById('typed-note');
  note.addEventListener('click', async () => {
    note.disabled = true;
    const answer = await fetch(path + '/note', {
      method: 'POST',
      headers: { [place.dataset.csrfHeader]: place.dataset.csrf },
      body: new URLSearchParams({ text }),
      redirect: 'manual',
    }).catch(() => null);
    note.disabled = Boolean(answer && answer.ok);
    says.textContent = answer && answer.ok ? offer.dataset.kept : offer.dataset.failed;
  });
}

async function show(live) {
  const shown = path;
  const answer = await fetch(shown + '/gone', { cache: 'no-store', redirect: 'manual' });
  if (answer.status !== 200) throw new Error(answer.status);
  const text = await answer.text();
  if (shown !== path) return; // another task is here by now
  place.replaceChildren(...new DOMParser().parseFromString(text, 'text/html').body.children);
  over = live.state !== 'open';
  if (over) {
    const button = document.querySelector('[data-testid="complete-submit"]');
    if (button) button.disabled = true;
    offerTyped();
  }
}

async function look() {
  clearTimeout(timer);
  if (over || document.hidden || performance.now() - lastTouch > IDLE_MS) return; // so that who went away is logged out in time
  try {
    const answer = await fetch(path + '/live', {
      headers: etag ? { 'If-None-Match': etag } : {},
      cache: 'no-store',
      redirect: 'manual',
    });
    if (answer.status === 200) {
      await show(await answer.json());
      etag = answer.headers.get('ETag');
    } else if (answer.status !== 304) {
      throw new Error(answer.status);
    }
    failures = 0;
  } catch {
    failures += 1; // the next look tells
  }
  timer = setTimeout(look, EVERY_MS * Math.min(10, failures + 1));
}

['pointerdown', 'keydown', 'input'].forEach((touch) => document.addEventListener(touch, () => {
  const slept = performance.now() - lastTouch > IDLE_MS;
  lastTouch = performance.now();
  if (slept) look();
}));
document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });

/** The page stays when the next task comes into it. */
function begin() {
  place = document.getElementById('task-live');
  over = !place;
  if (over) return;
  path = '/tasks/' + place.dataset.task;
  etag = '';
  failures = 0;
  look();
}

document.addEventListener('task-shown', begin);
begin();
