// A task's form: rendered by form-js, sent with the session's CSRF token. Nothing typed is lost: what was entered stays in
// the session's storage until the task is completed.
const holder = document.getElementById('form');
const data = JSON.parse(document.getElementById('form-data').textContent);
const key = holder.dataset.task;
const words = document.getElementById('words').dataset; // in the reader's language
const says = document.getElementById('form-message');
const button = document.querySelector('[data-testid="complete-submit"]');
const draftKey = 'relance-task-' + key;

function tell(text) {
  says.hidden = false;
  says.textContent = text;
  says.focus();
}

const form = new FormViewer.Form({ container: holder });
let schema;
try {
  schema = JSON.parse(data.schema);
  const draft = JSON.parse(sessionStorage.getItem(draftKey) || '{}');
  await form.importSchema(schema, { ...data.data, ...draft });
} catch (broken) {
  button.disabled = true;
  tell(words.noForm.replace('{0}', broken.message));
}
form.on('changed', ({ data: entered }) => sessionStorage.setItem(draftKey, JSON.stringify(entered)));

button.addEventListener('click', async () => {
  const { data: entered, errors } = form.submit();
  if (Object.keys(errors).length) {
    tell(words.incomplete);
    return;
  }
  const own = Object.fromEntries(schema.components.filter((c) => c.key && entered[c.key] != null).map((c) => [c.key, entered[c.key]]));
  button.disabled = true;
  try {
    const answer = await fetch('/tasks/' + key + '/complete', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', [holder.dataset.csrfHeader]: holder.dataset.csrf },
      body: JSON.stringify({ variables: own }),
      redirect: 'manual',
    });
    if (answer.ok) {
      sessionStorage.removeItem(draftKey);
      location.href = (await answer.json()).next;
      return;
    }
    if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) {
      tell(words.session);
    } else {
      const problem = await answer.json().catch(() => ({}));
      tell(problem.detail || words.failed);
    }
  } catch (offline) {
    tell(words.offline);
  }
  button.disabled = false;
});
