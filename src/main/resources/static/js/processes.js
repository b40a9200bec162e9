// The running process of the invoice that is chosen, on a payer's page: fetched when it is looked at, and the diagram's script
// with it, so that the page itself shows at once.
const holder = document.getElementById('processes');
const chosen = document.getElementById('process-of');
const place = document.getElementById('process-place');

const loaded = (source) => new Promise((done, failed) => {
  const script = document.createElement('script');
  script.src = source;
  script.onload = done;
  script.onerror = failed;
  document.head.append(script);
});

let library = null;

async function show() {
  const wanted = chosen.value;
  place.setAttribute('aria-busy', 'true');
  try {
    library ||= loaded('/vendor/bpmn-js/bpmn-navigated-viewer.min.js');
    const [answer, { draw }] = await Promise.all([
      fetch('/invoices/' + encodeURIComponent(wanted) + '/process', { redirect: 'manual' }), import('./diagram.js'), library,
    ]);
    if (!answer.ok) throw new Error(answer.status);
    const part = new DOMParser().parseFromString(await answer.text(), 'text/html').body.firstElementChild;
    if (wanted !== chosen.value) return;
    place.replaceChildren(document.adoptNode(part));
    await draw(part);
  } catch (unreachable) {
    library = null;
    place.textContent = holder.dataset.unreachable;
  }
  place.removeAttribute('aria-busy');
}

if (holder) {
  chosen.addEventListener('change', show);
  holder.addEventListener('toggle', () => { if (holder.open && !place.hasChildNodes()) show(); });
  if (holder.open) {
    if (document.readyState === 'complete') show();
    else window.addEventListener('load', show);
  }
}
