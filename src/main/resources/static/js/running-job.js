// How far it is, told anew while it runs; when it is over, the page is shown as it is then.
const PAUSE = 1500;
let progress = document.getElementById('progress');

async function look() {
  try {
    const answer = await fetch(location.href, { redirect: 'manual' });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const now = document.adoptNode(page.getElementById('progress'));
      if (now.dataset.live !== 'true') {
        location.reload();
        return;
      }
      progress.replaceChildren(...now.childNodes);
    }
  } catch (unreachable) {
    // it is looked at again
  }
  setTimeout(look, PAUSE);
}

if (progress.dataset.live === 'true') setTimeout(look, PAUSE);
