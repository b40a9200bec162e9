// A task's form: rendered by form-js, sent with the session's CSRF token. Nothing typed is lost: what was entered stays in
// the session's storage until the task is completed.
const holder = document.getElementById('form');
const data = JSON.parse(document.getElementById('form-data').textContent);
const key = holder.dataset.task;
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
  tell('This form cannot be shown: ' + broken.message + '. Tell the designer of the model; the task stays open.');
}
form.on('changed', ({ data: entered }) => sessionStorage.setItem(draftKey, JSON.stringify(entered)));

button.addEventListener('click', async () => {
  const { data: entered, errors } = form.submit();
  if (Object.keys(errors).length) {
    tell('Some fields still need you; they are marked in the form.');
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
      tell('Your session has ended. Log in again in another tab, then reload this page: what you entered is kept.');
    } else {
      const problem = await answer.json().catch(() => ({}));
      tell(problem.detail || 'The server could not take this just now. Try again in a moment; what you entered is kept.');
    }
  } catch (offline) {
    tell('The server does not answer. Try again in a moment; what you entered is kept.');
  }
  button.disabled = false;
});
