// The rail shows which part is being read.

import { isAtEnd, point, whileScrolling } from "../here.js";

const READING_LINE = 0.35;

let shown = null;

const soon = whileScrolling(() => {
  const line = innerHeight * READING_LINE;
  const links = [...document.querySelectorAll("[data-rail] a")];
  const tops = links.map(({ hash }) => document.getElementById(hash.slice(1))?.getBoundingClientRect().top);
  const atEnd = isAtEnd();
  const here = links
    .map((link, place) => [tops[place], link])
    .filter(([top]) => top !== undefined && (atEnd ? top < innerHeight : top <= line))
    .sort(([one], [other]) => one - other)
    .at(-1)?.[1];
  point(links, here);
  if (here?.hash !== shown) bring(here);
  shown = here?.hash;
});

// On a phone the rail is a single line, which goes along.
function bring(link) {
  const list = link?.closest(".steps");
  if (list) list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
}

document.addEventListener("htmx:oobAfterSwap", soon);
