// The contents show where the reader is: the last heading above the reading line.

import { isAtEnd, point, whileScrolling } from "./here.js";

const READING_LINE = 0.3;

const links = [...document.querySelectorAll("[data-contents] a")];
const parts = links.map((link) => document.querySelector(`[id="${CSS.escape(link.hash.slice(1))}"]`));

whileScrolling(() => {
  const line = window.innerHeight * READING_LINE;
  let here = parts.findLastIndex((part) => part && part.getBoundingClientRect().top <= line);
  if (isAtEnd() && window.scrollY > 0) here = parts.length - 1;
  point(links, links[here]);
});
