// After a save the focus stays where a person would look for it, never at the top.

import { fieldsIn } from "./fields.js";

const byId = (id) => document.getElementById(id);
const firstField = (root) => (root ? fieldsIn(root)[0] : null);

function heir(element) {
  const [, way, key] = element.id.match(/^(edit|insert|decline-link)-(.+)$/) ?? [];
  if (way === "edit") return firstField(document.querySelector(`form[data-row="${key}"]`));
  if (way === "insert") return firstField(document.querySelector(".inserting"));
  if (way === "decline-link") return byId(`decline-${key}-declined_because`);
  const form = element.closest("form");
  const row = form?.dataset.row ?? element.closest("[data-key]")?.dataset.key;
  const made = form?.elements.namedItem("key")?.value;
  return byId(`edit-${made}`) ?? byId(`edit-${row}`);
}

const isLost = () => !document.activeElement || document.activeElement === document.body;

let asker = null;
let panel = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  asker = detail.requestConfig?.elt ?? null;
  panel = asker?.closest(".panel")?.id ?? null;
});
document.addEventListener("htmx:afterSwap", () => {
  if (!asker || !isLost()) return;
  const next = heir(asker) ?? byId(asker.id) ?? byId(`${panel}-heading`);
  next?.focus({ preventScroll: false });
  asker = null;
});
