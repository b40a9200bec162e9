// What the linter says: a list beside the model, and a mark at each element.
const name = (finding) => `${finding.category} ${finding.id} ${finding.rule}`;

export function showFindings(findings, editor, words) {
  const list = document.getElementById('findings');
  const errors = findings.filter((finding) => finding.category === 'error').length;
  document.getElementById('findings-count').textContent = findings.length
    ? words['studio.lint.count'].replace('{0}', errors).replace('{1}', findings.length - errors)
    : words['studio.lint.none'];
  list.replaceChildren(...findings.map((finding) => {
    const item = document.createElement('li');
    item.className = finding.category === 'error' ? 'finding-error' : 'finding-warn';
    item.dataset.rule = finding.rule;
    item.title = name(finding);
    const kind = document.createElement('strong');
    kind.textContent = words[finding.category === 'error' ? 'studio.lint.error' : 'studio.lint.warning'];
    item.append(kind, ' ');
    if (finding.id && editor.select) {
      const jump = document.createElement('button');
      jump.type = 'button';
      jump.className = 'quiet';
      jump.textContent = editor.nameOf ? editor.nameOf(finding.id) : finding.id;
      jump.addEventListener('click', () => editor.select(finding.id));
      item.append(jump, ' ');
    }
    if (finding.id && !editor.select) {
      const element = document.createElement('code');
      element.textContent = finding.id;
      item.append(element, ' ');
    }
    item.append(finding.message);
    return item;
  }));
  if (editor.mark) editor.mark(findings);
}
