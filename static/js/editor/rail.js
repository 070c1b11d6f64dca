// The rail shows which part is being read.

import { isAtEnd, point, whileScrolling } from "../here.js";

const READING_LINE = 0.35;

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
});

document.addEventListener("htmx:oobAfterSwap", soon);
