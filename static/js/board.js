// The board: chosen rows are counted, and an answer gets the focus.

import "./editor/wire.js";

const boxes = () => [...document.querySelectorAll(".choose")];

function count() {
  const words = document.querySelector("[data-chosen]");
  if (!words) return;
  const chosen = boxes().filter((box) => box.checked).length;
  words.textContent = chosen ? `${chosen} chosen` : "The chosen ones";
  words.closest(".bulk").toggleAttribute("data-some", chosen > 0);
  document.querySelector("[data-choose-all]").hidden = false;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches(".choose")) count();
});

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-choose-all]")) return;
  const all = boxes();
  const every = all.every((box) => box.checked);
  for (const box of all) box.checked = !every;
  count();
});

// What was said last is where somebody who uses the keyboard goes on.
const FIRST = "[id^=refused-], #bulk-refused, .row-form :is(input:not([type=hidden]), textarea), .said";

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "board") return;
  count();
  target.querySelector(FIRST)?.focus({ preventScroll: false });
});

count();
