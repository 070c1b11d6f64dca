// A Markdown text: write and preview, marks for the selected words, its length.

import { editor, type } from "./fields.js";
import { token } from "./token.js";

const MARKS = [
  { face: "B", name: "Bold", wrap: ["**", "**"] },
  { face: "I", name: "Italic", wrap: ["*", "*"] },
  { face: "</>", name: "Code", wrap: ["`", "`"] },
  { face: "Link", name: "Link", wrap: ["[", "](https://)"] },
  { face: "List", name: "List", line: "- " },
  { face: "Quote", name: "Quote", line: "> " },
];

htmx.onLoad((root) => {
  for (const text of root.querySelectorAll("textarea[data-markdown]")) {
    if (text.rows > 1) dress(text);
  }
});

function dress(text) {
  if (text.parentElement.querySelector(".toolbar")) return;
  const bar = document.createElement("div");
  bar.className = "toolbar";
  const length = document.createElement("span");
  length.className = "length";
  bar.append(tabs(text, bar), ...MARKS.map((mark) => markButton(text, mark)), length);
  text.before(bar);
  const count = () => (length.textContent = inWords(text.value));
  text.addEventListener("input", count);
  count();
  text.form?.querySelectorAll("button[name=preview]").forEach((submit) => (submit.hidden = true));
}

function inWords(text) {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu)?.length ?? 0;
  return words === 1 ? "1 word" : `${words.toLocaleString()} words`;
}

function small(face, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-small btn-quiet";
  made.textContent = face;
  made.title = name;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

const markButton = (text, mark) =>
  small(mark.face, mark.name, () => {
    if (text.hidden) text.parentElement.querySelector(".tabs > button").click();
    if (mark.wrap) wrap(text, ...mark.wrap);
    else begin(text, mark.line);
  });

function wrap(text, before, after) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const chosen = value.slice(start, end);
  type(text, before + chosen + after, start, end);
  text.setSelectionRange(start + before.length, end + before.length);
}

function begin(text, mark) {
  const { selectionStart, selectionEnd, value } = text;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const lines = value.slice(start, selectionEnd).split("\n");
  const marked = lines.map((line) => mark + line).join("\n");
  type(text, marked, start, selectionEnd);
}

function tabs(text, bar) {
  const both = document.createElement("span");
  both.className = "tabs";
  const write = small("Write", "Write", () => show(false));
  const look = small("Preview", "Preview", () => show(true));
  both.append(write, look);
  const show = async (previewing) => {
    write.setAttribute("aria-pressed", String(!previewing));
    look.setAttribute("aria-pressed", String(previewing));
    text.parentElement.querySelector(".preview")?.remove();
    text.hidden = previewing;
    if (previewing) bar.after(await preview(text));
    else if (document.activeElement === write) text.focus();
  };
  show(false);
  return both;
}

export async function preview(text) {
  const box = document.createElement("div");
  box.className = "preview";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Preview");
  try {
    const answer = await fetch(editor.dataset.preview, {
      method: "POST",
      body: new URLSearchParams({ text: text.value }),
      headers: { "X-CSRFToken": token() },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    box.innerHTML = await answer.text();
  } catch {
    box.textContent = "The server did not answer. Your text is still here: try again.";
  }
  return box;
}

// The short texts of rows have no tabs: their Preview button shows and hides one.
document.addEventListener("click", async (event) => {
  const asked = event.target.closest("button[name=preview]");
  if (!asked) return;
  event.preventDefault();
  const text = asked.form.querySelector("textarea[data-markdown]");
  const shown = text.parentElement.querySelector(".preview");
  if (shown) shown.remove();
  else text.after(await preview(text));
});
