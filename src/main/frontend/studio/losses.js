// What an editor would lose of a file: it is told before anything is changed.

/** What a file says by leaving it out: the editors leave it out, too. */
const DEFAULTS = new Set(['bindingType="latest"', 'isInterrupting="true"', 'cancelActivity="true"', 'isCollection="false"', 'isSequential="false"', 'parallelMultiple="false"', 'isExpanded="true"', 'isMarkerVisible="true"']);
/** Places and sizes are the editor's to say. */
const PLACES = /^(Bounds|waypoint) (x|y|width|height)=/;

/** Every element with its attributes, and every comment, as lines that can be counted. */
function linesOf(xml) {
  const root = new DOMParser().parseFromString(xml, 'application/xml');
  const lines = new Map();
  const count = (line) => lines.set(line, (lines.get(line) || 0) + 1);
  const walker = root.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.COMMENT_NODE) count(`<!--${node.data.trim()}-->`);
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    const of = `${node.localName}${node.id ? '#' + node.id : ''}`;
    count(`<${of}>`);
    for (const { namespaceURI, localName, value } of node.attributes) {
      if (namespaceURI === 'http://www.w3.org/2000/xmlns/' || localName === 'schemaLocation') continue;
      // a figure may be written in another way
      const plain = value.trim() !== '' && !Number.isNaN(Number(value)) ? String(Number(value)) : value;
      if (!DEFAULTS.has(`${localName}="${plain}"`) && !PLACES.test(`${node.localName} ${localName}=`)) count(`${of} ${localName}="${plain}"`);
    }
    if (!node.children.length && node.textContent.trim()) count(`${of}: ${node.textContent.trim()}`);
  }
  return lines;
}

/** Lines of the first that the second has not, shortened for reading. */
export function lossesOf(before, after) {
  const kept = linesOf(after);
  return [...linesOf(before)]
    .filter(([line, times]) => (kept.get(line) || 0) < times)
    .map(([line]) => (line.length > 90 ? line.slice(0, 87) + '…' : line));
}
