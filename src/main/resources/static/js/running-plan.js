// Both versions of a model side by side; on the one where cases are, how many are at each element. The table below says the same.
const spots = new Map(JSON.parse(document.getElementById('spots')?.textContent ?? '[]').map((s) => [s.element, s.text]));

async function draw(holder, counted) {
  const answer = await fetch(holder.dataset.xml);
  if (!answer.ok) {
    holder.textContent = holder.dataset.unknown;
    return;
  }
  const viewer = new BpmnJS({ container: holder });
  await viewer.importXML(await answer.text());
  viewer.get('canvas').zoom('fit-viewport', 'auto');
  const registry = viewer.get('elementRegistry');
  const overlays = viewer.get('overlays');
  for (const [id, text] of counted) {
    if (!registry.get(id)) continue;
    const badge = document.createElement('span');
    badge.className = 'heat-badge';
    badge.textContent = text;
    overlays.add(id, { position: { bottom: 8, right: 8 }, scale: { min: 1 }, html: badge });
  }
  holder.dataset.ready = '';
}

const before = document.getElementById('before');
const after = document.getElementById('after');
if (before) await draw(before, spots);
if (after) await draw(after, []);
