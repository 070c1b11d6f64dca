// Where a part of the preview has the focus, or the pointer, its words in the
// source are lit and brought into view; and the other way round.

const pair = document.querySelector("[data-import]");
const source = pair.querySelector(".import-source");

function light(part, from) {
  for (const lit of pair.querySelectorAll(".hit")) lit.classList.remove("hit");
  if (!part) return;
  const found = pair.querySelectorAll(`[data-part="${CSS.escape(part)}"]`);
  for (const piece of found) piece.classList.add("hit");
  const first = source.querySelector(`[data-part="${CSS.escape(part)}"]`);
  if (first && !source.contains(from)) bringIntoView(first);
}

function bringIntoView(piece) {
  const frame = source.getBoundingClientRect();
  const place = piece.getBoundingClientRect();
  if (place.top >= frame.top && place.bottom <= frame.bottom) return;
  source.scrollTop += place.top - frame.top - frame.height / 3;
}

const partOf = (target) => target.closest("[data-part]")?.dataset.part;

pair.addEventListener("focusin", (event) => light(partOf(event.target), event.target));
pair.addEventListener("pointerover", (event) => {
  if (pair.contains(document.activeElement) && document.activeElement !== source) return;
  light(partOf(event.target), event.target);
});
source.addEventListener("click", (event) => {
  const part = partOf(event.target);
  const row = part && pair.querySelector(`form [data-part="${CSS.escape(part)}"]`);
  if (!row || getSelection().type === "Range") return;
  row.scrollIntoView({ block: "nearest" });
  (row.querySelector("textarea") ?? row.querySelector("input")).focus();
});
