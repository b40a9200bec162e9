// Outlines what findings are about where an editor draws it itself: by attributes, so that it stays when it draws anew.
export function outlines(...attributes) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const rule = (ids, colour) => ids.length
    ? `${ids.flatMap((id) => attributes.map((attribute) => `[${attribute}="${CSS.escape(id)}"]`)).join(',')}{outline:2px dashed ${colour} !important;outline-offset:-2px}`
    : '';
  const ids = (findings, category) => findings.filter((finding) => finding.id && finding.category === category).map(({ id }) => id);
  return (findings) => sheet.replaceSync(rule(ids(findings, 'warn'), '#b26a00') + rule(ids(findings, 'error'), '#c62828'));
}
