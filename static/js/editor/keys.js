// Enter adds a row, Ctrl+Enter saves a part, Escape gives up an edit.

import { fieldsIn, isUnsaved, keepsText } from "./fields.js";

document.addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (!form || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event, form);
  else if (event.key === "Enter" && !event.shiftKey && addsRow(event.target)) save(event, form);
  else if (event.key === "Escape") cancel(event, form);
});

const addsRow = (field) => field.name === "text" && "enter" in field.form.dataset;

function save(event, form) {
  if (!keepsText(form)) return;
  event.preventDefault();
  form.requestSubmit();
}

function cancel(event, form) {
  const way = form.querySelector("[data-cancel]");
  if (!way) return;
  event.preventDefault();
  const unsaved = fieldsIn(form).some(isUnsaved);
  if (!unsaved || confirm("Give up what you wrote here?")) way.click();
}
