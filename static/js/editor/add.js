// Rows are taken at once and sent one after another, so that nobody waits to type on.

import { editor, fieldsIn, givenTo, put, valueOf } from "./fields.js";
import { steady } from "./focus.js";
import { collect, restore, unfold, unfolded } from "./keep.js";
import { forget } from "./drafts.js";
import * as shelf from "./shelf.js";
import { renew, token } from "./token.js";
import { button, explain, notice, waysBack, wentElsewhere } from "./wire.js";

const PREFIX = `row:${editor.dataset.member}:${location.pathname}:`;
// These stay as they are for the next row; everything else begins anew.
const STAYS = new Set(["kind", "priority", "due_on"]);

let queue = Promise.resolve();
let pending = 0;

export const waiting = () => pending > 0 || shelf.all(PREFIX).length > 0;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("add" in form.dataset) || event.submitter?.name) return;
  event.preventDefault();
  const standing = "standing" in form.dataset;
  const text = form.elements.namedItem("text");
  if (standing && !text.value.trim()) return text.focus();
  const row = taken(form);
  if (standing) startAnew(form);
  const again = standing ? [] : answered(form);
  [row, ...again].forEach(send);
});

// One answer may answer the rows after it: where midnight was passed, it was passed for
// them too. They are asked about anew, but for those that somebody is answering.
function answered(form) {
  const boxes = [...placeFor(form.dataset.add).querySelectorAll(":scope > .unsaved")];
  const own = form.closest(".unsaved");
  const later = boxes.slice(boxes.indexOf(own) + 1).filter(asksOnly);
  const rows = later.map((box) => taken(box.querySelector("form"), /_answer$/));
  for (const box of [own, ...later]) box.remove();
  writeOn(form.dataset.add);
  return rows;
}

const writeOn = (panel) =>
  fieldsIn(document.querySelector(`form[data-add="${panel}"][data-standing]`))[0].focus();

function asksOnly(box) {
  const choices = [...box.querySelectorAll(".question [type=radio]")];
  const untouched = choices.every((choice) => choice.checked === choice.defaultChecked);
  return choices.length > 1 && untouched && fieldsIn(box).every((field) => valueOf(field) === givenTo(field));
}

function taken(form, without = /^$/) {
  const pairs = [...new FormData(form)].filter(
    ([name]) => name !== "csrfmiddlewaretoken" && !without.test(name),
  );
  const row = {
    key: form.elements.namedItem("key").value,
    panel: form.dataset.add,
    address: form.getAttribute("action"),
    text: form.elements.namedItem("text").value,
    pairs,
    at: Date.now(),
  };
  shelf.write(PREFIX + row.key, row);
  return row;
}

function startAnew(form) {
  form.querySelector(".alert")?.remove();
  form.querySelectorAll(".question, .invalid-feedback, .understood").forEach((words) => words.remove());
  delete form.dataset.bound;
  form.classList.toggle("compact", form.dataset.add === "timeline");
  form.elements.namedItem("key").value = newKey();
  const fields = fieldsIn(form);
  for (const field of fields) {
    if (!STAYS.has(field.name)) put(field, field.type === "checkbox" ? false : "");
    forget(field.id);
  }
  fields[0].focus();
}

// crypto.randomUUID is missing where a site is served without TLS.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function send(row) {
  pending += 1;
  const line = lineOf(row);
  queue = queue.then(() => deliver(row, line)).finally(() => (pending -= 1));
}

// The line that stands in for a row until the server has it.
function lineOf(row) {
  const line = document.createElement("p");
  line.className = "pending";
  line.textContent = `Saving “${row.text.slice(0, 60)}”…`;
  show(row, line);
  return line;
}

const placeFor = (panel) => document.getElementById(`${panel}-unsaved`);

function show(row, element) {
  const settle = steady();
  placeFor(row.panel)?.append(element);
  settle();
}

async function deliver(row, line) {
  let answer;
  try {
    answer = await fetch(row.address, request(row));
  } catch {
    return line.replaceWith(unsent(row, 0));
  }
  if (wentElsewhere(row.address, answer.url)) return line.replaceWith(unsent(row, 401));
  const html = await answer.text();
  const settle = steady();
  line.remove();
  if (answer.ok) confirm(row, html);
  else if (answer.status === 422) showForm(row, html);
  else show(row, unsent(row, answer.status));
  settle();
}

function request(row) {
  const body = new URLSearchParams([...row.pairs, ["queued", "1"], ...opened(row.panel)]);
  const headers = { "HX-Request": "true", "X-CSRFToken": token() };
  return { method: "POST", body, headers, credentials: "same-origin" };
}

const rowsOf = (panel) => document.getElementById(`${panel}-rows`);

const opened = (panel) =>
  [...rowsOf(panel).querySelectorAll("[name=open], [name=insert]")].map(({ name, value }) => [name, value]);

function confirm(row, html) {
  shelf.drop(PREFIX + row.key);
  const rows = rowsOf(row.panel);
  const kept = collect(rows);
  const open = unfolded(rows);
  const how = { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 };
  htmx.swap(rows, html, how, { select: `#${row.panel}-rows` });
  restore(kept);
  unfold(open);
}

// A row that has to be mended, as its own form; what is being typed stays in focus.
function showForm(row, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  made.content.querySelectorAll("[autofocus]").forEach((field) => field.removeAttribute("autofocus"));
  const form = made.content.querySelector(".unsaved");
  form.querySelector("[data-drop]").addEventListener("click", () => discard(row, form));
  show(row, form);
  htmx.process(form);
  htmx.trigger(form, "htmx:load", { elt: form });
}

function unsent(row, status, why = explain(status)) {
  const both = document.createElement("span");
  both.className = "buttons";
  const box = notice(`“${row.text.slice(0, 60)}” is not saved yet. ${why}`, both);
  box.dataset.key = row.key;
  both.append(
    ...waysBack(status),
    button("Try again", tryAgain),
    button("Discard", () => discard(row, box)),
  );
  return box;
}

// All of them, in their order: what was written first is added first.
async function tryAgain() {
  const boxes = [...document.querySelectorAll(".unsaved-rows > .unsent")];
  await renew();
  for (const box of boxes) {
    const row = shelf.read(PREFIX + box.dataset.key);
    box.remove();
    if (row) send(row);
  }
}

function discard(row, element) {
  element.remove();
  shelf.drop(PREFIX + row.key);
  writeOn(row.panel);
}

addEventListener("online", tryAgain);

const left = shelf.all(PREFIX).map(([, row]) => row);
for (const row of left.toSorted((a, b) => a.at - b.at)) {
  show(row, unsent(row, null, "It was typed before you left this page."));
}
