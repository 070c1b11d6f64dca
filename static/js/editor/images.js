// Pictures come into a Markdown field by pasting, dropping or choosing them. Each is
// sent at once, with words for those who cannot see it, and its Markdown is inserted
// where the caret was. Without scripts the form under “Pictures” does the same.

const FIELD = "textarea[data-markdown]";
const BUTTON = "data-picture-button";

/** Let every Markdown field in `root` take pictures, also those that come later. */
export function start(root = document) {
  const panel = root.querySelector("[data-pictures]");
  if (!panel) return;
  const take = (field, files) => addAll(panel, field, [...files]);

  root.addEventListener("paste", (event) => {
    const field = event.target.closest?.(FIELD);
    const files = event.clipboardData?.files ?? [];
    // A copied table comes as text and as a picture of it: then the text is meant.
    if (!field || !files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    take(field, files);
  });
  root.addEventListener("dragover", (event) => {
    if (event.target.closest?.(FIELD) && carriesFiles(event)) event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    const field = event.target.closest?.(FIELD);
    if (!field || !carriesFiles(event)) return;
    event.preventDefault();
    take(field, event.dataTransfer.files);
  });

  const equip = () => {
    for (const field of root.querySelectorAll(`${FIELD}:not([${BUTTON}])`)) {
      field.setAttribute(BUTTON, "");
      place(field, chooser(field, take));
    }
  };
  root.addEventListener("htmx:load", equip);
}

/** In the toolbar of a long text. The short ones take pictures without a button. */
function place(field, button) {
  field.parentElement.querySelector(".toolbar .length")?.before(button);
}

const carriesFiles = (event) => event.dataTransfer.types.includes("Files");

function chooser(field, take) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-small btn-quiet picture-button";
  button.textContent = "Picture";
  button.title = "Add a picture";
  button.addEventListener("click", () => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/*";
    input.multiple = true;
    input.addEventListener("change", () => take(field, input.files));
    input.click();
  });
  return button;
}

/** One after the other, so that each is asked about by its name. */
async function addAll(panel, field, files) {
  for (const file of files) {
    const markdown = await ask(panel, file);
    if (!markdown) break;
    insert(field, markdown);
  }
  field.focus();
}

/** The Markdown of the picture once it is kept, or nothing if the writer gave up. */
function ask(panel, file) {
  const template = panel.querySelector("[data-picture-dialog]");
  const dialog = template.content.firstElementChild.cloneNode(true);
  const words = dialog.querySelector("input");
  const error = dialog.querySelector("[data-error]");
  let request;
  dialog.querySelector("[data-name]").textContent = file.name;
  document.body.append(dialog);
  dialog.showModal();

  return new Promise((resolve) => {
    let markdown = "";
    dialog.addEventListener("close", () => {
      request?.abort();
      dialog.remove();
      resolve(markdown);
    });
    dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
    dialog.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      error.textContent = "";
      words.removeAttribute("aria-invalid");
      request = new XMLHttpRequest();
      const answer = await sent(request, panel, file, words.value, dialog);
      if (answer.markdown) {
        markdown = answer.markdown;
        dialog.close();
        return;
      }
      error.textContent = answer.problem;
      words.toggleAttribute("aria-invalid", Boolean(answer.words));
      words.focus();
    });
  });
}

function sent(request, panel, file, words, dialog) {
  const body = new FormData();
  body.append("file", file);
  body.append("alt", words);
  const busy = dialog.querySelector("progress");
  const button = dialog.querySelector(".btn-primary");
  button.disabled = true;
  busy.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    busy.value = event.lengthComputable ? event.loaded / event.total : 0;
  });
  request.open("POST", panel.dataset.pictures);
  request.setRequestHeader("Accept", "application/json");
  const token = panel.querySelector("[name=csrfmiddlewaretoken]").value;
  request.setRequestHeader("X-CSRFToken", token);
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => {
      button.disabled = false;
      busy.hidden = true;
      resolve(understood(request));
    });
    request.send(body);
  });
}

function understood(request) {
  try {
    const { markdown, errors } = JSON.parse(request.responseText);
    if (markdown) return { markdown };
    return { problem: Object.values(errors).flat().join(" "), words: errors.alt };
  } catch {
    return { problem: unanswered(request) };
  }
}

function unanswered(request) {
  if (request.status === 0) {
    return "The site could not be reached. Your picture was not sent; try again in a moment.";
  }
  if (request.status === 413) return "This file is too large for the site to take. Make it smaller.";
  if (request.status === 403 || request.responseURL.includes("/login/")) {
    return "You are logged out. Log in again in another tab, then send it once more.";
  }
  return "The site could not take the picture. Try again in a minute.";
}

function insert(field, markdown) {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const before = value.slice(0, from);
  const gap = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(gap + markdown, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
