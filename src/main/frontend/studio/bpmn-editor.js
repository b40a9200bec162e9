// Models of processes: Camunda's modeler with its properties panel and our templates of elements.
import Modeler from 'camunda-bpmn-js/lib/camunda-cloud/Modeler';

export async function open({ content, canvas, panel, page }) {
  const modeler = new Modeler({ container: canvas, propertiesPanel: { parent: panel } });
  const templates = await fetch(page.dataset.templates).then((answer) => answer.json());
  modeler.get('elementTemplatesLoader').setTemplates(templates);
  await modeler.importXML(content);
  modeler.get('canvas').zoom('fit-viewport', 'auto');
  const registry = modeler.get('elementRegistry');
  const overlays = modeler.get('overlays');
  let marked = [];
  return {
    modeler,
    content: async () => (await modeler.saveXML({ format: true })).xml,
    onChange: (tell) => modeler.on('commandStack.changed', tell),
    nameOf: (id) => registry.get(id)?.businessObject.name || id,
    select(id) {
      const element = registry.get(id);
      if (!element) return;
      modeler.get('canvas').scrollToElement(element);
      modeler.get('selection').select(element);
    },
    mark(findings) {
      marked.forEach(({ id, overlay, style }) => {
        if (registry.get(id)) modeler.get('canvas').removeMarker(id, style);
        overlays.remove(overlay);
      });
      marked = [...Map.groupBy(findings.filter(({ id }) => registry.get(id) && registry.get(id).type !== 'bpmn:Process'), ({ id }) => id)].map(([id, of]) => {
        const isError = of.some(({ category }) => category === 'error');
        const style = isError ? 'lint-error' : 'lint-warn';
        modeler.get('canvas').addMarker(id, style);
        const badge = document.createElement('span');
        badge.className = 'lint-badge ' + style;
        badge.textContent = isError ? '✕' : '!';
        badge.title = of.map(({ message }) => message).join('\n');
        return { id, style, overlay: overlays.add(id, { position: { top: -10, left: -10 }, html: badge }) };
      });
    },
  };
}
