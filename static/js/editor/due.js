// The proposed day follows the severity and the priority, unless somebody chose another.

import { put } from "./fields.js";

const PRIORITIES = ["high", "medium", "low"];

// The head of the page has a day for each priority. It comes anew with the severity.
function proposed() {
  const { dataset } = document.getElementById("editor-head");
  return Object.fromEntries(
    PRIORITIES.map((name) => [name, dataset[`due${name[0].toUpperCase()}${name.slice(1)}`]]),
  );
}

let days = proposed();

document.addEventListener("change", ({ target }) => {
  const { form } = target;
  if (target.name !== "priority" || form?.dataset.add !== "actions") return;
  const due = form.elements.namedItem("due_on");
  if (days[target.value] && isProposal(due, days)) put(due, days[target.value]);
});

const isProposal = (due, days) => !due.value || Object.values(days).includes(due.value);

document.addEventListener("htmx:oobAfterSwap", () => {
  const before = days;
  days = proposed();
  if (PRIORITIES.every((name) => days[name] === before[name])) return;
  for (const form of document.querySelectorAll("form[data-add=actions]")) follow(form, before);
});

function follow(form, before) {
  const due = form.elements.namedItem("due_on");
  const day = days[form.elements.namedItem("priority").value || "medium"];
  if (!day || !isProposal(due, before)) return;
  // What nobody has touched is nothing that somebody could lose.
  if (due.value === due.defaultValue) due.defaultValue = day;
  put(due, day);
}
