// Which link of a list leads to where the reader is, told again while they scroll.

export const isAtEnd = () =>
  window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;

export function point(links, here) {
  for (const link of links) {
    if (link === here) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

// Now, and whenever the reader scrolls, but once a frame at most; the answer is a way
// to ask for it when something else has moved the page.
export function whileScrolling(mark) {
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  mark();
  return soon;
}
