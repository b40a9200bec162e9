// The process of an invoice on its diagram: where it is, and where it was.
const holder = document.getElementById('diagram');
const trail = JSON.parse(document.getElementById('trail').textContent);
const viewer = new BpmnJS({ container: holder });
const answer = await fetch(holder.dataset.xml);
if (answer.ok) {
  await viewer.importXML(await answer.text());
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  const registry = viewer.get('elementRegistry');
  for (const id of trail.visited) if (registry.get(id)) canvas.addMarker(id, 'is-visited');
  // what is around the place is not the place
  const isPlace = (element) => element && !(element.type === 'bpmn:SubProcess' && element.children.length);
  for (const id of trail.active) if (isPlace(registry.get(id))) canvas.addMarker(id, 'is-active');
} else {
  holder.textContent = holder.dataset.unknown;
}
