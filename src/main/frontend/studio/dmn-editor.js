// Decisions: Camunda's editor of requirement diagrams, tables and expressions.
import { CamundaCloudModeler } from 'camunda-dmn-js';
import { outlines } from './outlines.js';

export async function open({ content, canvas, panel, words }) {
  const modeler = new CamundaCloudModeler({
    container: canvas,
    drd: { propertiesPanel: { parent: panel } },
  });
  await modeler.importXML(content);
  const tabs = document.getElementById('views');
  const listeners = [];
  const heard = new WeakSet();
  const listen = () => {
    const viewer = modeler.getActiveViewer();
    if (!viewer || heard.has(viewer)) return;
    heard.add(viewer);
    viewer.on('commandStack.changed', () => listeners.forEach((tell) => tell()));
    viewer.on('elements.changed', () => listeners.forEach((tell) => tell()));
  };
  const show = () => {
    tabs.replaceChildren(...modeler.getViews().map((view) => {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.className = 'quiet';
      tab.textContent = view.type === 'drd' ? words['studio.edit.diagram'] : view.element.name || view.element.id;
      if (modeler.getActiveView()?.element === view.element) tab.setAttribute('aria-current', 'true');
      tab.addEventListener('click', () => modeler.open(view));
      return tab;
    }));
    panel.hidden = modeler.getActiveView()?.type !== 'drd';
    listen();
  };
  modeler.on('views.changed', show);
  const tables = modeler.getViews().filter((view) => view.type === 'decisionTable');
  if (tables.length) await modeler.open(tables[0]);
  show();
  const viewOf = (id) => modeler.getViews().find((view) => view.element.id === id);
  return {
    modeler,
    content: async () => (await modeler.saveXML({ format: true })).xml,
    onChange: (tell) => listeners.push(tell),
    nameOf: (id) => viewOf(id)?.element.name || id,
    mark: outlines('data-element-id', 'data-row-id'),
    select: (id) => viewOf(id) && modeler.open(viewOf(id)),
  };
}
