// The fields that people fill in: what each holds, and what the server gave it.

const FORMS = "form[data-save], form[data-add]";

export const keepsText = (form) => form.matches(FORMS);

export const editor = document.querySelector("[data-editor]");

export const isField = (element) =>
  element.matches?.("input, select, textarea") &&
  element.id !== "" &&
  element.type !== "hidden" &&
  Boolean(element.closest(FORMS));

export const fieldsIn = (root) =>
  [...root.querySelectorAll("input, select, textarea")].filter(isField);

const isTick = (field) => field.type === "checkbox" || field.type === "radio";

export const valueOf = (field) => (isTick(field) ? field.checked : field.value);

export function givenTo(field) {
  if (isTick(field)) return field.defaultChecked;
  if (field.tagName !== "SELECT") return field.defaultValue;
  const chosen = [...field.options].find((option) => option.defaultSelected);
  return (chosen ?? field.options[0])?.value;
}

// A form that came back with errors holds text that the record does not.
export const isRefused = (field) => "bound" in field.form.dataset;

export const isUnsaved = (field) =>
  valueOf(field) !== givenTo(field) || (isRefused(field) && !isTick(field));

export function put(field, value) {
  if (isTick(field)) field.checked = value;
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// In the place of what stands from start to end, as if it had been typed: the browser
// can undo it.
export function type(text, words, start, end) {
  text.focus();
  text.setSelectionRange(start, end);
  if (document.execCommand("insertText", false, words)) return;
  text.setRangeText(words, start, end, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

export const versionOf = (form) => form.elements.namedItem("version")?.value;

export function setVersion(form, version) {
  const field = form.elements.namedItem("version");
  if (field && version !== undefined) field.value = version;
}
