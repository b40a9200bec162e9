// What several rules ask of a model.

/** The job type of a task, or undefined. */
export function jobTypeOf(node) {
  const definition = extensionOf(node, 'zeebe:TaskDefinition');
  return definition && definition.get('type');
}

export function extensionOf(node, type) {
  const values = node.extensionElements ? node.extensionElements.get('values') : [];
  return values.find((value) => value.$type === type);
}

/** All flow nodes of a scope, without those of its sub-processes. */
export const flowNodes = (scope) => (scope.flowElements || []).filter((element) => element.$instanceOf('bpmn:FlowNode'));

/** All flow nodes of a scope and of its sub-processes. */
export const allFlowNodes = (scope) =>
  flowNodes(scope).flatMap((node) => (node.$instanceOf('bpmn:SubProcess') ? [node, ...allFlowNodes(node)] : [node]));

export const boundaryEventsOf = (node) =>
  flowNodes(node.$parent).filter((other) => other.$type === 'bpmn:BoundaryEvent' && other.attachedToRef === node);

/** Where a token can go next: along the flows, and out at the boundary events. */
export function next(node) {
  const along = (node.outgoing || []).map((flow) => flow.targetRef).filter(Boolean);
  return [...along, ...boundaryEventsOf(node)];
}

export const eventDefinition = (event, type) => (event.eventDefinitions || []).find((definition) => definition.$type === type);

export const messageNameOf = (event) => {
  const definition = eventDefinition(event, 'bpmn:MessageEventDefinition');
  return definition && definition.messageRef && definition.messageRef.name;
};

/** Whether a token stays at this node until somebody or some time lets it go. */
export function waits(node) {
  return (
    node.$instanceOf('bpmn:UserTask') ||
    node.$instanceOf('bpmn:ReceiveTask') ||
    node.$type === 'bpmn:EventBasedGateway' ||
    (node.$type === 'bpmn:IntermediateCatchEvent' && !eventDefinition(node, 'bpmn:LinkEventDefinition')) ||
    (node.$instanceOf('bpmn:SubProcess') && flowNodes(node).some(waits))
  );
}

/** The scopes around a node, the innermost first. */
export function scopesOf(node) {
  const scopes = [];
  for (let scope = node.$parent; scope && scope.$instanceOf('bpmn:FlowElementsContainer'); scope = scope.$parent) {
    scopes.push(scope);
  }
  return scopes;
}

/** Whether a node can be reached from the scope's start events without passing one that stops. */
export function reachable(scope, target, stops) {
  const seen = new Set();
  const open = flowNodes(scope).filter((node) => node.$type === 'bpmn:StartEvent');
  while (open.length) {
    const node = open.pop();
    if (seen.has(node)) continue;
    seen.add(node);
    if (node === target) return true;
    if (!stops(node)) open.push(...next(node));
  }
  return false;
}
