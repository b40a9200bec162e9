// Which of the things that both lists have stand at another place: the fewest that had to be moved.
export function movedOf(before, after) {
  const place = new Map(before.map((id, i) => [id, i]));
  const common = after.filter((id) => place.has(id));
  // the longest part that is in order stayed, the others were moved
  const best = common.map(() => ({ length: 1, from: -1 }));
  let end = common.length ? 0 : -1;
  for (let i = 0; i < common.length; i++) {
    for (let j = 0; j < i; j++) {
      if (place.get(common[j]) < place.get(common[i]) && best[j].length + 1 > best[i].length) best[i] = { length: best[j].length + 1, from: j };
    }
    if (best[i].length > best[end].length) end = i;
  }
  const stayed = new Set();
  for (let i = end; i >= 0; i = best[i].from) stayed.add(common[i]);
  return common.filter((id) => !stayed.has(id));
}
