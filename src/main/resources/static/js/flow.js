// The measure of each step on the model's diagram: a number, and a shade from one to five. What the colours say stands in the
// table below, too.
const holder = document.getElementById('heat');
const spots = JSON.parse(document.getElementById('heat-data').textContent);

async function draw() {
  const answer = await fetch(holder.dataset.xml);
  if (!answer.ok) {
    holder.textContent = holder.dataset.unknown;
    return;
  }
  const viewer = new BpmnJS({ container: holder });
  await viewer.importXML(await answer.text());
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  const registry = viewer.get('elementRegistry');
  const overlays = viewer.get('overlays');
  for (const spot of spots) {
    const element = registry.get(spot.element);
    if (!element || element.type === 'bpmn:Process') continue;
    if (!(element.type === 'bpmn:SubProcess' && element.children.length)) canvas.addMarker(spot.element, 'heat-' + spot.heat);
    const badge = document.createElement('span');
    badge.className = 'heat-badge';
    badge.textContent = spot.text;
    overlays.add(spot.element, { position: { bottom: 8, right: 8 }, scale: { min: 1 }, html: badge });
  }
  holder.dataset.ready = '';
}

// the model is part of the address
const filter = document.getElementById('flow-filter');
const model = document.getElementById('model');
filter.addEventListener('submit', () => {
  filter.action = '/flow/' + encodeURIComponent(model.value);
  model.disabled = true;
});
model.addEventListener('change', () => {
  document.getElementById('version').value = '';
  filter.requestSubmit();
});

await draw();
