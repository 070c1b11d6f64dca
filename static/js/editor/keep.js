// Nothing typed is lost when the server's new parts take the place of the old.

import {
  fieldsIn,
  givenTo,
  isRefused,
  isUnsaved,
  put,
  setVersion,
  valueOf,
  versionOf,
} from "./fields.js";

const sent = new WeakMap();

export const sentBy = (xhr) => sent.get(xhr) ?? new Map();

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const form = detail.elt.tagName === "FORM" ? detail.elt : detail.elt.form;
  const own = form ? fieldsIn(form) : [];
  sent.set(detail.xhr, new Map(own.map((field) => [field.id, valueOf(field)])));
});

// What is typed in this part of the page and was not sent with the request.
export function collect(part, values = new Map()) {
  return fieldsIn(part)
    .filter((field) =>
      values.has(field.id) ? valueOf(field) !== values.get(field.id) : isUnsaved(field),
    )
    .map((field) => ({
      id: field.id,
      value: valueOf(field),
      based: values.has(field.id) ? values.get(field.id) : givenTo(field),
      refused: !values.has(field.id) && isRefused(field),
      version: versionOf(field.form),
      selection: field === document.activeElement ? selectionOf(field) : null,
    }));
}

const selectionOf = (field) =>
  typeof field.selectionStart === "number" ? [field.selectionStart, field.selectionEnd] : null;

// Where the server's text has changed below it, a text goes back with the version
// that it was written on: the next save then joins the two.
export function restore(kept) {
  for (const { id, value, based, refused, version, selection } of kept) {
    const field = document.getElementById(id);
    if (!field || field.type === "hidden") continue;
    if (refused || givenTo(field) !== based) setVersion(field.form, version);
    put(field, value);
    if (selection) field.setSelectionRange(...selection);
  }
}

let kept = [];
let open = [];

// What is cancelled, or left for the other text of a conflict, is not put back.
export function givenUp(asker) {
  if (!asker?.matches?.("[data-cancel], [data-discard]")) return [];
  const root = asker.closest(".conflict") ?? asker.closest("form");
  return root ? fieldsIn(root).map(({ id }) => id) : [];
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.shouldSwap) return;
  const without = givenUp(detail.requestConfig?.elt);
  kept = collect(detail.target, sentBy(detail.xhr)).filter(({ id }) => !without.includes(id));
  open = unfolded(detail.target);
});
document.addEventListener("htmx:afterSwap", () => {
  restore(kept);
  unfold(open);
  kept = [];
  open = [];
});

export const unfolded = (part) =>
  [...part.querySelectorAll("details[open][id]:not([data-menu])")].map(({ id }) => id);

export function unfold(ids) {
  for (const id of ids) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
}
