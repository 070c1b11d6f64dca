// The rail shows which part is being read.

const READING_LINE = 0.35;

function mark() {
  const line = innerHeight * READING_LINE;
  const links = [...document.querySelectorAll("[data-rail] a")];
  const tops = links.map(({ hash }) => document.getElementById(hash.slice(1))?.getBoundingClientRect().top);
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  const here = links
    .map((link, place) => [tops[place], link])
    .filter(([top]) => top !== undefined && (atEnd ? top < innerHeight : top <= line))
    .sort(([one], [other]) => one - other)
    .at(-1)?.[1];
  for (const link of links) {
    if (link === here) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

let waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mark();
  });
}

addEventListener("scroll", soon, { passive: true });
document.addEventListener("htmx:oobAfterSwap", soon);
mark();
