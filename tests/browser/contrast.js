// Every visible piece of text on a plain ground whose colour stands too little against it (WCAG 2, AA).
() => {
  const parse = (colour) => {
    const canvas = document.createElement('canvas');
    const brush = Object.assign(canvas, { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((n) => top[n] * top[3] + under[n] * (1 - top[3])).concat(1);
  const light = (colour) => colour.slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') return null;
      layers.push(parse(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const found = [];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && /[\p{L}\p{N}]/u.test(child.data));
    if (!own || !node.checkVisibility() || node.closest('.avatar, .topic-icon, :disabled')) continue;
    const under = ground(node);
    if (!under) continue;
    const style = getComputedStyle(node);
    const [left, right] = [light(over(parse(style.color), under)), light(under)].sort((a, b) => b - a);
    const ratio = (left + 0.05) / (right + 0.05);
    if (ratio < 4.5) found.push(`${node.className || node.tagName}: ${node.textContent.slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return found;
}
