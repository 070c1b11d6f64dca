// The proposed day follows the priority, unless somebody chose another day.

import { put } from "./fields.js";

const proposals = (form) =>
  Object.entries(form.dataset).filter(([name]) => name.startsWith("due"));

document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (target.name !== "priority" || !form) return;
  const due = form.elements.namedItem("due_on");
  const days = Object.fromEntries(proposals(form));
  const proposed = days[`due${target.value.charAt(0).toUpperCase()}${target.value.slice(1)}`];
  if (!due || !proposed) return;
  if (!due.value || Object.values(days).includes(due.value)) put(due, proposed);
});
