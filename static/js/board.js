// The board: chosen rows are counted, and an answer gets the focus.

import "./editor/wire.js";

const boxes = () => [...document.querySelectorAll(".choose")];

function count() {
  const words = document.querySelector("[data-chosen]");
  if (!words) return;
  const chosen = boxes().filter((box) => box.checked).length;
  words.textContent = chosen ? `${chosen} chosen` : "The chosen ones";
  words.closest(".bulk").toggleAttribute("data-some", chosen > 0);
  const link = document.querySelector("[data-to-bulk]");
  link.textContent = `Change the ${chosen} chosen`;
  link.hidden = !chosen;
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

// Escape closes the form of a row, as it does in the editor.
const written = (form) =>
  [...form.elements].some((field) => "defaultValue" in field && field.value !== field.defaultValue);

document.addEventListener("keydown", ({ key, target }) => {
  const form = key === "Escape" && target.closest(".row-form");
  if (!form || (written(form) && !confirm("Give up what you wrote here?"))) return;
  form.querySelector("[id^=close-]")?.click();
});

// Whoever closes a row's form goes on where it was opened.
let closed = "";

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  closed = target.id.startsWith("close-") ? target.id.replace("close-", "more-") : "";
});

// What was said last is where somebody who uses the keyboard goes on.
const FIRST = "[id^=refused-], #bulk-refused, .row-form :is(input:not([type=hidden]), textarea), .said";

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "board") return;
  count();
  const next = document.getElementById(closed) ?? target.querySelector(FIRST);
  next?.focus({ preventScroll: false });
});

count();
