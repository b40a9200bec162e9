// The work list by keyboard, for many tasks at once, and live: who took what shows within seconds, and what is new waits to be
// shown, so that no row moves away from under a hand. All of it also works without this script, page by page.
const list = document.getElementById('worklist');
const body = document.getElementById('rows');
const bulk = document.getElementById('bulk');
const later = document.getElementById('later');
const news = document.getElementById('news');
const stale = document.getElementById('stale');
const help = document.getElementById('help');
const keysOn = document.getElementById('keys-on');
const words = document.getElementById('words').dataset; // in the reader's language
const plural = new Intl.PluralRules(document.documentElement.lang);
const counted = (name, n) => words[name + (plural.select(n) === 'one' ? 'One' : 'Other')].replace('{0}', n);
const address = list.dataset.query + '&page=' + list.dataset.page;
const EVERY_MS = 3000;
const IDLE_MS = 15 * 60 * 1000;
let current = null; // the key of the row that is acted on
let lastTouch = performance.now();
let etag = null;
let timer = 0;
let failures = 0;

const rows = () => [...body.querySelectorAll('tr[data-key]')];
const rowOf = (key) => body.querySelector('tr[data-key="' + key + '"]');
const boxOf = (row) => row.querySelector('input[name=keys]');
const marked = () => rows().filter((row) => boxOf(row).checked && !row.classList.contains('gone')).map((row) => row.dataset.key);

function count() {
  const n = marked().length;
  document.getElementById('marked').textContent = counted('marked', n);
}

function go(row, focus = true) {
  rows().forEach((each) => { each.classList.remove('current'); each.removeAttribute('aria-current'); });
  if (!row) return;
  current = row.dataset.key;
  row.classList.add('current');
  row.setAttribute('aria-current', 'true');
  if (focus) row.querySelector('[data-testid="task-open"]').focus();
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.dataset.key === current);
  go(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]);
}

function tell(text, problems = []) {
  const report = document.getElementById('report');
  document.getElementById('report-words').textContent = text;
  document.getElementById('report-problems').replaceChildren(...problems.map((each) => {
    const line = document.createElement('li');
    line.textContent = each.task + ': ' + each.reason;
    return line;
  }));
  report.classList.toggle('bad', problems.length > 0);
  report.hidden = false;
}

/** Does it with these tasks; what is typed for it stays until it is done. */
async function act(what, keys, fields = {}) {
  if (!keys.length) {
    tell(words.noneMarked);
    return false;
  }
  const said = new URLSearchParams({ act: what, ...fields });
  keys.forEach((key) => said.append('keys', key));
  try {
    const answer = await fetch('/tasks/bulk', {
      method: 'POST',
      headers: { Accept: 'application/json', [list.dataset.csrfHeader]: list.dataset.csrf },
      body: said,
      redirect: 'manual',
    });
    if (!answer.ok) {
      tell(answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403
        ? words.session : words.failed);
      return false;
    }
    const report = await answer.json();
    tell(report.words, report.problems);
    await look();
    return true;
  } catch (offline) {
    tell(words.offline);
    return false;
  }
}

const meant = () => (marked().length ? marked() : current ? [current] : []);

function call() {
  const row = current && rowOf(current);
  if (!row) return tell(words.noneCurrent);
  if (!row.dataset.type.startsWith('Task_Call')) {
    location.href = '/tasks/' + row.dataset.key;
    return undefined;
  }
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/calls';
  const token = bulk.querySelector('input[name=_csrf]');
  for (const [name, value] of Object.entries({ customer: row.dataset.customer, task: row.dataset.key, _csrf: token.value })) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
  return undefined;
}

/** Opens the task with that outcome chosen. */
function opened(outcome) {
  const row = current && rowOf(current);
  if (row) location.href = '/tasks/' + row.dataset.key + '?outcome=' + outcome;
}

// ---- keys

const typing = (target) => target.closest('select,textarea,[contenteditable],dialog,input:not([type=checkbox])');

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  t: () => act('take', meant()),
  b: () => act('give-back', meant()),
  c: call,
  x: () => {
    const row = current && rowOf(current);
    if (row && !boxOf(row).disabled) boxOf(row).checked = !boxOf(row).checked;
    count();
  },
  p: () => opened('promised'),
  d: () => opened('disputes'),
  l: () => { later.open = true; document.getElementById('until').focus(); },
  s: () => document.getElementById('q').select(),
  '/': () => document.getElementById('q').select(),
  r: () => refresh(),
  '?': () => help.showModal(),
};

document.addEventListener('keydown', (event) => {
  lastTouch = performance.now();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && typing(event.target) && !event.target.closest('dialog')) {
    event.target.blur();
    go(current && rowOf(current));
    return;
  }
  if (typing(event.target) || !keysOn.checked || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});

try {
  keysOn.checked = localStorage.getItem('relance-keys') !== 'off';
} catch (noStorage) { /* the keys are on */ }
keysOn.addEventListener('change', () => {
  try { localStorage.setItem('relance-keys', keysOn.checked ? 'on' : 'off'); } catch (noStorage) { /* for this page only */ }
});
document.getElementById('help-open').addEventListener('click', () => help.showModal());

// ---- marks and acts

body.addEventListener('focusin', (event) => {
  const row = event.target.closest('tr[data-key]');
  if (row) go(row, false);
});
body.addEventListener('change', count);
document.getElementById('all').addEventListener('change', (event) => {
  rows().forEach((row) => { if (!boxOf(row).disabled) boxOf(row).checked = event.target.checked; });
  count();
});
bulk.addEventListener('submit', async (event) => {
  event.preventDefault();
  const what = event.submitter ? event.submitter.value : 'postpone';
  const said = new FormData(bulk);
  const fields = {};
  for (const name of ['login', 'until', 'reason', 'tone', 'channel']) if (said.get(name)) fields[name] = said.get(name);
  if (await act(what, meant(), fields) && what === 'postpone' && !document.querySelector('#report.bad')) {
    later.open = false;
    bulk.querySelector('#reason').value = '';
    go(current && rowOf(current));
  }
});

// ---- live

function shows(row, state) {
  const mine = state.holder === list.dataset.user;
  const asleep = state.state === 'postponed' && list.dataset.sleeping !== 'true';
  const gone = state.state === 'done' || asleep;
  const text = state.state === 'done' ? words.done : asleep ? words.postponed : state.holder || '';
  const holder = row.querySelector('.holder');
  if (holder.textContent !== text) holder.textContent = text;
  row.classList.toggle('taken', Boolean(state.holder) && !mine);
  row.classList.toggle('gone', gone);
  const box = boxOf(row);
  box.disabled = gone;
  if (gone) box.checked = false;
  row.querySelector('.take').hidden = gone || Boolean(state.holder);
  row.querySelector('.give').hidden = gone || !mine;
}

async function look() {
  clearTimeout(timer);
  if (document.hidden) return;
  if (performance.now() - lastTouch > IDLE_MS) {
    // so that who went away is logged out in time
    say(words.still);
    return;
  }
  try {
    const keys = rows().map((row) => row.dataset.key).join(',');
    const answer = await fetch('/tasks/live?' + address + '&keys=' + keys, {
      headers: etag ? { 'If-None-Match': etag } : {},
      cache: 'no-store',
      redirect: 'manual',
    });
    if (answer.status === 200) {
      const live = await answer.json();
      etag = answer.headers.get('ETag');
      live.rows.forEach((state) => { const row = rowOf(state.key); if (row) shows(row, state); });
      news.hidden = live.news === 0;
      news.textContent = counted('news', live.news);
      count();
    } else if (answer.status !== 304) {
      throw new Error(answer.type === 'opaqueredirect' ? words.sessionShort : words.failedShort);
    }
    failures = 0;
    say('');
  } catch (problem) {
    failures += 1;
    say((problem instanceof TypeError ? words.offlineShort : problem.message) + ' ' + words.old);
  }
  timer = setTimeout(look, EVERY_MS * Math.min(10, failures + 1));
}

function say(text) {
  stale.hidden = !text;
  if (stale.textContent !== text) stale.textContent = text;
}

/** Shows the list as it is now; marks, the current row and the focus stay where they were. */
async function refresh() {
  const kept = new Set(marked());
  const inside = body.contains(document.activeElement);
  const at = rows().findIndex((row) => row.dataset.key === current);
  const answer = await fetch('/tasks/rows?' + address, { redirect: 'manual' }).catch(() => null);
  if (!answer || !answer.ok) {
    say(words.failedShort + ' ' + words.old);
    return;
  }
  const fresh = new DOMParser().parseFromString('<table>' + (await answer.text()) + '</table>', 'text/html').querySelector('tbody');
  body.replaceChildren(...fresh.children);
  rows().forEach((row) => { boxOf(row).checked = kept.has(row.dataset.key); });
  const same = current && rowOf(current);
  if (same) go(same, inside);
  else if (at >= 0) go(rows()[Math.min(at, rows().length - 1)], inside);
  etag = null;
  news.hidden = true;
  await look();
}

news.addEventListener('click', refresh);
for (const touch of ['pointerdown', 'focusin']) {
  document.addEventListener(touch, () => {
    const was = lastTouch;
    lastTouch = performance.now();
    if (lastTouch - was > IDLE_MS) look();
  });
}
document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
document.addEventListener('keydown', () => { if (!stale.hidden) look(); });
count();
timer = setTimeout(look, EVERY_MS);
