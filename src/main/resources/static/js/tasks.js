// The work list by keyboard: j and k move, enter opens, c claims.
const rows = [...document.querySelectorAll('[data-testid="task-row"]')];
let at = -1;
function go(to) {
  if (!rows.length) return;
  if (at >= 0) rows[at].classList.remove('current');
  at = Math.max(0, Math.min(rows.length - 1, to));
  rows[at].classList.add('current');
  rows[at].querySelector('a').focus();
}
document.addEventListener('keydown', (event) => {
  if (event.target.closest('input,select,textarea') || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'j') go(at + 1);
  else if (event.key === 'k') go(at - 1);
  else if (event.key === 'c' && at >= 0) rows[at].querySelector('[data-testid="claim"]')?.click();
});
