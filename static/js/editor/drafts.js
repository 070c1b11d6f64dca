// Each changed field is kept in this browser until the server has confirmed it.

import { editor, fieldsIn, givenTo, isField, isUnsaved, put, setVersion, valueOf, versionOf } from "./fields.js";
import { givenUp, sentBy } from "./keep.js";
import * as shelf from "./shelf.js";
import { button } from "./wire.js";

const PREFIX = `draft:${editor.dataset.member}:${location.pathname}:`;

function keep(field) {
  const before = shelf.read(PREFIX + field.id);
  shelf.write(PREFIX + field.id, {
    value: valueOf(field),
    was: before?.was ?? givenTo(field),
    version: before?.version ?? versionOf(field.form),
    at: Date.now(),
  });
}

// A box of a list that is fetched when it is opened: it is put back then.
const IN_A_LIST = /_[0-9a-f]{32}$/;

htmx.onLoad((root) => {
  if (!root.matches(".choices")) return;
  for (const field of fieldsIn(root)) {
    const draft = shelf.read(PREFIX + field.id);
    if (draft) put(field, draft.value);
  }
});

export const forget = (id) => shelf.drop(PREFIX + id);

document.addEventListener("input", ({ target }) => {
  if (!isField(target)) return;
  if (isUnsaved(target)) keep(target);
  else forget(target.id);
});

// Confirmed: what was sent is stored. What was typed since then stays kept.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful || detail.xhr.status >= 300) return;
  for (const [id, value] of sentBy(detail.xhr)) {
    if (shelf.read(PREFIX + id)?.value === value) forget(id);
  }
  givenUp(detail.elt).forEach(forget);
});

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

function moment(at) {
  const today = new Date().toDateString() === new Date(at).toDateString();
  return today ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`;
}

// Where the record has moved on below it, a text goes with the version that it was
// written on: the next save then joins the two.
function standOn(field, draft) {
  if (givenTo(field) !== draft.was) setVersion(field.form, draft.version);
}

// What the browser has put back by itself is no news to whoever wrote it.
function found() {
  const parts = new Map();
  for (const [id, draft] of shelf.all(PREFIX)) {
    const field = document.getElementById(id);
    if (!field && IN_A_LIST.test(id)) continue;
    if (field && valueOf(field) === draft.value) {
      if (isUnsaved(field)) standOn(field, draft);
      else forget(id);
      continue;
    }
    const part = id.slice(0, id.lastIndexOf("-"));
    parts.set(part, [...(parts.get(part) ?? []), [id, draft]]);
  }
  return parts;
}

function putBack(drafts) {
  for (const [id, draft] of drafts) {
    const field = document.getElementById(id);
    if (!field) continue;
    standOn(field, draft);
    put(field, draft.value);
  }
  document.getElementById(drafts[0][0])?.focus();
}

function box(part, drafts) {
  const place = document.getElementById(drafts[0][0])?.form;
  const row = document.getElementById(part);
  const text = drafts.map(([, draft]) => `${draft.value}`).toSorted((a, b) => b.length - a.length)[0];
  const made = document.createElement("div");
  made.className = "notice kept";
  const words = document.createElement("span");
  words.textContent = `You have unsaved text from ${moment(drafts[0][1].at)}: “${text.slice(0, 80)}”`;
  made.append(words, answers(made, part, place, drafts));
  if (!place && !canOpen(part)) made.append(toCopy(text));
  (place ?? row ?? editor.querySelector(".editor-head")).prepend(made);
}

// A row that is here as a text; or one that may be in another stretch of a long timeline,
// as long as that was not looked for in vain.
function canOpen(part) {
  if (document.getElementById(part)) return true;
  const stretch = document.querySelector("#timeline-rows input[name=at]");
  return stretch && /^entry-[0-9a-f]{8}-/.test(part) && !location.search.includes(keyOf(part));
}

const keyOf = (part) => part.slice(part.indexOf("-") + 1);

// What it belonged to is gone: the words are here to be copied.
function toCopy(text) {
  const made = document.createElement("textarea");
  made.className = "form-control";
  made.readOnly = true;
  made.setAttribute("aria-label", "The unsaved text");
  made.value = text;
  return made;
}

function answers(made, part, place, drafts) {
  const both = document.createElement("span");
  both.className = "buttons";
  if (place) both.append(button("Put it back", () => (made.remove(), putBack(drafts))));
  else if (canOpen(part)) both.append(opener(part));
  both.append(
    button("Discard", () => {
      made.remove();
      drafts.forEach(([id]) => forget(id));
    }),
  );
  return both;
}

function opener(part) {
  const link = document.createElement("a");
  link.className = "btn btn-small";
  link.href = `?open=${keyOf(part)}&at=${keyOf(part)}#${part}`;
  link.textContent = "Open it";
  return link;
}

for (const [part, drafts] of found()) box(part, drafts);
