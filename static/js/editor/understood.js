// Below a time: what the page has understood, before it is saved.

import { editor, isField } from "./fields.js";

const PAUSE = 250;
const pauses = new WeakMap();

document.addEventListener("input", ({ target }) => {
  if (!("time" in target.dataset) || !isField(target)) return;
  clearTimeout(pauses.get(target));
  pauses.set(target, setTimeout(() => ask(target), PAUSE));
});

async function ask(field) {
  const line = lineBelow(field);
  if (!field.value.trim()) return (line.textContent = "");
  const asked = field.value;
  try {
    const answer = await fetch(`${editor.dataset.understand}?${question(field)}`);
    if (answer.ok && field.value === asked) line.textContent = (await answer.text()).trim();
  } catch {
    line.textContent = "";
  }
}

function question(field) {
  const { form } = field;
  const values = new URLSearchParams(new FormData(form));
  values.delete("csrfmiddlewaretoken");
  values.delete("text");
  values.set("field", field.name);
  if (form.dataset.row && !form.elements.namedItem("after")) values.set("row", form.dataset.row);
  return values;
}

function lineBelow(field) {
  const id = `${field.id}-understood`;
  const there = document.getElementById(id);
  if (there) return there;
  const line = document.createElement("p");
  line.id = id;
  line.className = "understood";
  line.setAttribute("role", "status");
  field.closest(".field").querySelector(".mb-3").after(line);
  return line;
}
