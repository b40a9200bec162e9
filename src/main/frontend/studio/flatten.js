// An element of a model as a list of plain properties, so that two of them can be compared one by one.

const BESIDES = new Set(['$type', '$parent', 'id', 'flowElements', 'incoming', 'outgoing', 'di', 'lanes', 'artifacts', 'drgElement', 'rule', 'dmnDI']);

const isElement = (value) => value && typeof value === 'object' && value.$type;

/** Where a thing stands among others of its kind: by what names it, or by its place. */
const nameOf = (value, place) => {
  const kind = value.$type.replace(/^\w+:/, '');
  const key = value.source !== undefined && value.target !== undefined ? value.target : value.key ?? value.name;
  return key === undefined ? `${kind}${place ? ` ${place + 1}` : ''}` : `${kind} ${key}`;
};

/** @returns {Map<string, string>} values by their way within the element */
export function flatten(element, way = [], found = new Map()) {
  // what nobody has described, such as another tool's own elements, is taken as it is
  const described = (element.$descriptor && element.$descriptor.properties) || null;
  const keys = [...(described ? described.map(({ ns }) => ns.localName) : Object.keys(element).filter((key) => !key.startsWith('$'))), ...Object.keys(element.$attrs || {}).map((name) => `@${name}`)];
  for (const key of keys) {
    const value = key.startsWith('@') ? element.$attrs[key.slice(1)] : described ? element.get(key) : element[key];
    if (BESIDES.has(key) || value === undefined || value === null || key === 'xmlns' || key.startsWith('@xmlns')) continue;
    const property = described && described.find(({ ns }) => ns.localName === key);
    const isReference = property && property.isReference;
    const put = (at, one) => {
      if (isReference) found.set(at.join(' › '), one.id || one.name || '');
      else if (isElement(one)) flatten(one, at, found);
      else if (typeof one !== 'object') found.set(at.join(' › '), String(one));
    };
    if (Array.isArray(value)) value.forEach((one, i) => put([...way, isElement(one) && !isReference ? nameOf(one, i) : key], one));
    else put([...way, key.replace('@', '')], value);
  }
  return found;
}

/** What differs, by the ways within the elements. */
export function differences(before, after) {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ name: name.replace(/^extensionElements › /, ''), before: before.get(name) ?? '', after: after.get(name) ?? '' }));
}
