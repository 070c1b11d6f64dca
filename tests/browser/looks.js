// Asks axe about words, one part of the page for each look that they have: what looks
// alike has the same contrast. What this page has shown before is not asked again.
async (options) => {
  const known = (window.knownLooks ??= new Set());
  const grounds = new Map();

  // What lies beneath the part, from the page up to itself.
  const ground = (part) => {
    if (!part) return "";
    if (!grounds.has(part)) {
      const style = getComputedStyle(part);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity];
      own.push(style.position, style.clipPath);
      grounds.set(part, `${ground(part.parentElement)} / ${own}`);
    }
    return grounds.get(part);
  };

  const words = (part) => {
    if (part.matches("input, select, textarea")) return "what one types";
    const texts = [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    return texts.map((text) => text.data.trim()).join(" ").trim();
  };

  const look = (part) => {
    const style = getComputedStyle(part);
    const letters = [style.color, style.fontSize, style.fontWeight, style.textDecorationLine];
    const around = part.parentElement;
    // A link has to differ from the words that it stands among.
    const among = words(around) && getComputedStyle(around).color;
    const kind = [part.tagName, part.className, part.matches(":disabled")];
    return [kind, letters, among, ground(part)].join(" | ");
  };

  // The longest words stand for all: axe gives no verdict on a single letter.
  const chosen = new Map();
  for (const part of document.querySelectorAll("body *")) {
    const length = words(part).length;
    if (!length || !part.checkVisibility({ visibilityProperty: true })) continue;
    const its = look(part);
    const other = chosen.get(its);
    if (!known.has(its) && !(other && words(other).length >= length)) chosen.set(its, part);
  }
  for (const its of chosen.keys()) known.add(its);
  if (!chosen.size) return { violations: [] };
  const { violations } = await axe.run({ include: [...chosen.values()] }, options);
  return { violations };
}
