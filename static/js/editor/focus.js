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

// A section that was just begun is where its author writes on.
function begun(asker) {
  if (!asker.matches("#sections form[data-save]")) return null;
  return byId(`section-${asker.elements.namedItem("key").value}-body`);
}

function used() {
  const element = document.activeElement ?? document.body;
  return { id: element.id, top: element.getBoundingClientRect().top };
}

// What a person is using stays where it is in the window, whatever grows above it:
// taken before a change of the page, the answer is called after it.
export function steady() {
  const { id, top } = used();
  const inView = id && top >= 0 && top < innerHeight;
  return () => {
    const now = used();
    if (inView && now.id === id) scrollBy({ top: now.top - top, behavior: "instant" });
  };
}

const isLost = () => !document.activeElement || document.activeElement === document.body;

let asker = null;
let panel = null;
let settle = () => {};

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  asker = detail.requestConfig?.elt ?? null;
  panel = asker?.closest(".panel")?.id ?? null;
  settle = steady();
});
document.addEventListener("htmx:afterSwap", () => {
  if (!asker) return;
  const next = begun(asker) ?? (isLost() ? heirOrPlace() : null);
  next?.focus({ preventScroll: false });
  if (next) asker = null;
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  settle();
  // What stands in the way of a save is read from its beginning.
  const heading = document.activeElement;
  if (!heading?.matches(".conflict h2") || !detail.target.contains(heading)) return;
  heading.closest(".panel").scrollIntoView();
});

const heirOrPlace = () => heir(asker) ?? byId(asker.id) ?? byId(`${panel}-heading`);
