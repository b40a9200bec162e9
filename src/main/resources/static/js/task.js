// A task's form: rendered by form-js, sent with the session's CSRF token. Nothing typed is lost: what was entered stays in
// the session's storage until the task is completed. The next task comes into this page, so that scripts load only once.
import { helpWith } from './call.js';

function begin() {
  const holder = document.getElementById('form');
  if (holder) open(holder);
}

async function open(holder) {
  const data = JSON.parse(document.getElementById('form-data').textContent);
  const key = holder.dataset.task;
  const words = document.getElementById('words').dataset; // in the reader's language
  const says = document.getElementById('form-message');
  const button = document.querySelector('[data-testid="complete-submit"]');
  const draftKey = 'relance-task-' + key;
  const form = new FormViewer.Form({ container: holder });
  let schema;

  function tell(text) {
    says.hidden = false;
    says.textContent = text;
    says.focus();
  }

  const keep = (entered) => sessionStorage.setItem(draftKey, JSON.stringify(entered));

  /** What was typed before, and what the address asks for, such as ?outcome=promised. */
  function drafted() {
    const draft = JSON.parse(sessionStorage.getItem(draftKey) || '{}');
    const callOutcome = new URLSearchParams(location.search).get('outcome');
    return callOutcome ? { ...draft, callOutcome } : draft;
  }

  async function fill(values) {
    const typed = { ...form._getState().data, ...values };
    await form.importSchema(schema, { ...data.data, ...typed });
    keep(typed);
  }

  const post = (own) => fetch('/tasks/' + key + '/complete', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', [holder.dataset.csrfHeader]: holder.dataset.csrf },
    body: JSON.stringify({ variables: own }),
    redirect: 'manual',
  });

  const isLoggedOut = (answer) => answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403;

  /** Whoever logged in again elsewhere has another session with another token, and goes on here. */
  async function renewed() {
    const answer = await fetch('/tasks/' + key, { redirect: 'manual' });
    const page = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('form');
    if (!page || page.dataset.csrf === holder.dataset.csrf) return false;
    holder.dataset.csrf = page.dataset.csrf;
    return true;
  }

  async function complete() {
    if (button.disabled) return;
    const { data: entered, errors } = form.submit();
    if (Object.keys(errors).length) {
      tell(words.incomplete);
      return;
    }
    const own = Object.fromEntries(schema.components.filter((c) => c.key && entered[c.key] != null).map((c) => [c.key, entered[c.key]]));
    button.disabled = true;
    try {
      let answer = await post(own);
      if (isLoggedOut(answer) && await renewed()) answer = await post(own);
      if (answer.ok) {
        sessionStorage.removeItem(draftKey);
        await go((await answer.json()).next);
        return;
      }
      // a refusal has its reason; where the session is gone there is a way back to it
      const problem = answer.type === 'opaqueredirect' ? {} : await answer.json().catch(() => ({}));
      tell(problem.detail || (isLoggedOut(answer) ? words.session : words.failed));
      if (isLoggedOut(answer) && !problem.detail) {
        const link = document.createElement('a');
        link.href = '/login';
        link.target = '_blank';
        link.textContent = words.logIn;
        says.append(' ', link);
      }
    } catch (offline) {
      tell(words.offline);
    }
    button.disabled = false;
  }

  try {
    schema = JSON.parse(data.schema);
    await form.importSchema(schema, { ...data.data, ...drafted() });
  } catch (broken) {
    button.disabled = true;
    tell(words.noForm.replace('{0}', broken.message));
    return;
  }
  form.on('changed', ({ data: entered }) => keep(entered));
  button.addEventListener('click', complete);
  helpWith({ key, form, schema, fill, complete });
}

/** The next task takes the place of this one; any other page is loaded as usual. */
async function go(next) {
  const answer = next.startsWith('/tasks/') && await fetch(next, { redirect: 'manual' }).catch(() => null);
  const page = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (!page || !page.getElementById('form')) {
    location.href = next;
    return;
  }
  document.querySelector('main').replaceWith(document.adoptNode(page.querySelector('main')));
  document.title = page.title;
  history.pushState(null, '', next);
  scrollTo(0, 0);
  const head = document.querySelector('h1');
  head.tabIndex = -1;
  head.focus();
  begin();
  document.dispatchEvent(new CustomEvent('task-shown'));
}

window.addEventListener('popstate', () => location.reload());
begin();
