// What helps while a payer is on the line: outcomes by one key, and what they agree to as they say it, shown in days and
// amounts before it goes into the form. All of it can also be done in the form alone.
const PAUSE_MS = 200;
const SEEN_MS = 800; // a key that was meant for the task before must not complete this one
let open = null; // the form that is shown, and what completes it
let ready = false;

const typing = (target) => target.closest('select,textarea,[contenteditable],dialog,input:not([type=checkbox]):not([type=radio])');

const keysAreOn = () => {
  try { return localStorage.getItem('relance-keys') !== 'off'; } catch (noStorage) { return true; }
};

const outcomes = () => {
  const first = document.querySelector('#form.outcomes .fjs-form-field-radio');
  return first ? first.querySelectorAll('input[type=radio]') : [];
};

function complete() {
  if (ready) open.complete();
}

// before the form's own fields hear of it; leaving the field tells the form what was typed last
document.addEventListener('keydown', (event) => {
  if (!open || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.repeat) return;
  if (document.activeElement) document.activeElement.blur();
  complete();
}, true);

document.addEventListener('keydown', (event) => {
  if (!open || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keysAreOn()) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code); // by its place: some keyboards have digits with shift only
  if (digit) {
    const choice = outcomes()[digit[1] - 1];
    if (!choice) return;
    event.preventDefault();
    choice.click();
    choice.focus();
    // where it takes shift to write a digit, it only chooses
    if (event.shiftKey && !/^\d$/.test(event.key)) requestAnimationFrame(complete);
  } else if (event.key === 'a' && document.getElementById('said')) {
    event.preventDefault();
    document.getElementById('said').focus();
  }
});

/** Says in days and amounts what was agreed. */
function show(agreed) {
  const means = document.getElementById('said-means');
  const said = document.getElementById('call-help').dataset;
  const lines = [];
  if (agreed.parts.length) {
    const head = document.createElement('strong');
    head.textContent = agreed.plan ? said.plan : said.promise;
    const list = document.createElement('ul');
    list.append(...agreed.parts.map((part) => {
      const line = document.createElement('li');
      line.textContent = part.when + ': ' + part.sum;
      return line;
    }));
    lines.push(head, list);
  }
  for (const [text, bad] of [[agreed.left && said.left.replace('{0}', agreed.left), false], [agreed.problem, true]]) {
    if (!text) continue;
    const line = document.createElement('p');
    line.textContent = text;
    if (bad) line.className = 'note bad';
    lines.push(line);
  }
  means.replaceChildren(...lines);
  document.getElementById('said-put').disabled = !agreed.parts.length || Boolean(agreed.problem) || !agreed.dated;
}

const nothing = { parts: [] };

/**
 * @param task {key, form, schema, complete}: the task's key, its form, and what completes it
 */
export function helpWith(task) {
  open = task;
  ready = false;
  setTimeout(() => {
    if (open !== task) return;
    ready = true;
    document.getElementById('form').dataset.ready = 'true';
  }, SEEN_MS);
  const isCall = task.schema.components.some((c) => c.key === 'callOutcome');
  document.getElementById('form').classList.toggle('outcomes', isCall);
  if (!isCall) return;
  const said = document.getElementById('said');
  if (!said) return;
  let agreed = nothing;
  let timer = 0;
  let asked = 0;
  const ask = async (query) => {
    const mine = asked += 1;
    const answer = await fetch('/tasks/' + task.key + '/agreement?' + query, { redirect: 'manual' }).catch(() => null);
    if (mine !== asked || open !== task) return; // something else was typed meanwhile
    agreed = answer && answer.ok ? await answer.json() : nothing;
    show(agreed);
  };
  const put = async () => {
    if (document.getElementById('said-put').disabled) return;
    const [first] = agreed.parts;
    await task.fill(agreed.plan
      ? { callOutcome: 'instalments', instalmentsAgreed: agreed.dated, promisedFor: null, promisedAmount: '' }
      : { callOutcome: 'promised', promisedFor: first.day, promisedAmount: agreed.left ? first.amount : '', instalmentsAgreed: '' });
  };
  said.addEventListener('input', () => {
    clearTimeout(timer);
    document.getElementById('said-put').disabled = true;
    if (said.value.trim()) timer = setTimeout(() => ask('words=' + encodeURIComponent(said.value)), PAUSE_MS);
    else {
      asked += 1;
      show(agreed = nothing);
    }
  });
  said.addEventListener('keydown', async (event) => {
    if (event.key === 'Escape') said.blur();
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    clearTimeout(timer);
    await ask('words=' + encodeURIComponent(said.value));
    await put();
  });
  document.getElementById('said-put').addEventListener('click', put);
  let even = '';
  task.form.on('changed', ({ data }) => {
    const wanted = data.callOutcome === 'instalments' && !data.instalmentsAgreed && /^\d{1,2}$/.test(data.instalmentCount || '')
      && data.instalmentsFrom && data.instalmentRhythm
      ? new URLSearchParams({ count: data.instalmentCount, from: data.instalmentsFrom, rhythm: data.instalmentRhythm }).toString() : '';
    if (wanted === even) return;
    even = wanted;
    if (wanted) ask(wanted);
  });
}
