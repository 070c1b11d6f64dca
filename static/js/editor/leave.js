// Leaving warns only while something is unsaved.

import { waiting } from "./add.js";
import { fieldsIn, isUnsaved } from "./fields.js";

let submitting = false;

addEventListener("submit", (event) => {
  submitting = !event.defaultPrevented;
});
addEventListener("pageshow", () => {
  submitting = false;
});
addEventListener("beforeunload", (event) => {
  if (submitting) return;
  if (waiting() || fieldsIn(document).some(isUnsaved)) event.preventDefault();
});
