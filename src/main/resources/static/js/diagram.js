// The process of an invoice on its diagram: where it is, and where it was.

/** @param part of the page that has the diagram's place and its trail */
export async function draw(part) {
  const holder = part.querySelector('.diagram');
  if (!holder) return;
  const trail = JSON.parse(part.querySelector('.trail').textContent);
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
  for (const id of trail.visited) if (registry.get(id)) canvas.addMarker(id, 'is-visited');
  // what is around the place is not the place
  const isPlace = (element) => element && !(element.type === 'bpmn:SubProcess' && element.children.length);
  for (const id of trail.active) if (isPlace(registry.get(id))) canvas.addMarker(id, 'is-active');
}

const here = document.getElementById('process');
if (here) await draw(here);
