// The contents show where the reader is: the last heading above the reading line.

const READING_LINE = 0.3;

const links = [...document.querySelectorAll("[data-contents] a")];
const parts = links.map((link) => document.querySelector(`[id="${CSS.escape(link.hash.slice(1))}"]`));

function mark() {
  const line = window.innerHeight * READING_LINE;
  const atEnd =
    window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
  let here = parts.findLastIndex((part) => part && part.getBoundingClientRect().top <= line);
  if (atEnd && window.scrollY > 0) here = parts.length - 1;
  links.forEach((link, place) => {
    if (place === here) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  });
}

let waiting = false;
addEventListener(
  "scroll",
  () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  },
  { passive: true },
);
mark();
