// Pictures come into a Markdown text by pasting, dropping or choosing them. Each is
// sent at once, with words for those who cannot see it, and its Markdown is inserted
// where the caret was. Without scripts the form under “Pictures” does the same.

import { type } from "./fields.js";
import { renew, token } from "./token.js";
import { explain, wentElsewhere } from "./wire.js";

const textAt = (event) => event.target.closest?.("textarea[data-markdown]");
const carriesFiles = (event) => event.dataTransfer.types.includes("Files");

document.addEventListener("paste", (event) => {
  const { files } = event.clipboardData;
  // A copied table comes as text and as a picture of it: then the text is meant.
  if (!textAt(event) || !files.length || event.clipboardData.getData("text/plain")) return;
  event.preventDefault();
  addAll(textAt(event), files);
});

document.addEventListener("dragover", (event) => {
  if (textAt(event) && carriesFiles(event)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  if (!textAt(event) || !carriesFiles(event)) return;
  event.preventDefault();
  addAll(textAt(event), event.dataTransfer.files);
});

htmx.onLoad((root) => {
  for (const bar of root.querySelectorAll(".toolbar")) {
    if (!bar.querySelector(".picture")) bar.querySelector(".length").before(chooser(bar));
  }
});

function chooser(bar) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-small btn-quiet picture";
  button.textContent = "Picture";
  button.addEventListener("click", () => {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", accept: "image/*", multiple: true });
    input.addEventListener("change", () => {
      addAll(bar.parentElement.querySelector("textarea[data-markdown]"), input.files);
    });
    input.click();
  });
  return button;
}

// One after the other, so that each is asked about by its name.
async function addAll(text, files) {
  // Behind what is selected: a picture takes the place of no words.
  let caret = text.selectionEnd;
  for (const file of [...files]) {
    const markdown = await ask(file);
    if (!markdown) break;
    caret = insert(text, markdown, caret);
  }
  text.focus();
}

function insert(text, markdown, caret) {
  const gap = caret && !/\s/.test(text.value[caret - 1]) ? " " : "";
  type(text, gap + markdown, caret, caret);
  return text.selectionEnd;
}

// The Markdown of the picture once it is kept, or nothing if the writer gave up.
function ask(file) {
  const template = document.querySelector("[data-picture-dialog]");
  const dialog = template.content.firstElementChild.cloneNode(true);
  let markdown = "";
  dialog.querySelector("[data-name]").textContent = file.name;
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    markdown = await send(file, dialog);
    if (markdown) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(markdown);
    });
  });
}

async function send(file, dialog) {
  const words = dialog.querySelector("input");
  const button = dialog.querySelector(".btn-primary");
  say(dialog, "");
  button.disabled = true;
  // Whoever had to log in again in between has got a new token.
  if (dialog.dataset.sent) await renew();
  dialog.dataset.sent = "yes";
  const { markdown, errors = {}, problem } = await posted(file, words.value, dialog);
  button.disabled = false;
  if (markdown) return markdown;
  say(dialog, problem ?? Object.values(errors).flat().join(" "));
  words.toggleAttribute("aria-invalid", Boolean(errors.alt));
  words.focus();
  return "";
}

const say = (dialog, problem) =>
  (dialog.querySelector("[data-error]").textContent = problem);

// Of all ways to send only this one tells how far it has come.
function posted(file, alt, dialog) {
  const { pictures } = document.querySelector("[data-pictures]").dataset;
  const bar = dialog.querySelector("progress");
  const body = new FormData();
  body.append("file", file);
  body.append("alt", alt);
  const request = new XMLHttpRequest();
  request.open("POST", pictures);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", token());
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.hidden = false;
    bar.value = total ? loaded / total : 0;
  });
  dialog.addEventListener("close", () => request.abort());
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => {
      bar.hidden = true;
      resolve(understood(request, pictures));
    });
    request.send(body);
  });
}

function understood(request, asked) {
  if (wentElsewhere(asked, request.responseURL)) return { problem: explain(401) };
  if (request.status === 413) {
    return { problem: "The server does not take files of this size. Make it smaller." };
  }
  try {
    return JSON.parse(request.responseText);
  } catch {
    return { problem: `${explain(request.status)} The picture was not sent: try again.` };
  }
}
