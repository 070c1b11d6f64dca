// What htmx does with each answer; and what a person is told where none came.

import { editor, isField, keepsText } from "./fields.js";
import { renew } from "./token.js";

htmx.config.defaultSettleDelay = 0;
// Attributes of what was there are not lent to what comes: the policy forbids a style.
htmx.config.attributesToSettle = [];
htmx.config.timeout = 30_000;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "...", swap: false, error: true },
];

export function explain(status) {
  if (status === 401) return "You are logged out. Log in in another tab, then try again.";
  if (status === 403) return "The server refused it. You may have logged in anew, or lost the right to change this.";
  if (status === 404) return "This is no longer here.";
  if (status === 409) return "Somebody else is saving this just now.";
  if (status === 503) return "The site cannot save anything just now. Try again in a minute.";
  if (status === 507) return "The disk of this site is full. Tell whoever runs it.";
  if (status >= 500) return "The server met an error.";
  return "The server did not answer.";
}

// A request that lost its login ends, without a word, on the login page.
export const wentElsewhere = (asked, answered) =>
  Boolean(answered) && new URL(answered).pathname !== new URL(asked, location.href).pathname;

export function notice(words, ...buttons) {
  const box = document.createElement("div");
  box.className = "notice unsent";
  box.setAttribute("role", "alert");
  const sentence = document.createElement("span");
  sentence.textContent = words;
  box.append(sentence, ...buttons);
  return box;
}

export function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

export function waysBack(status) {
  if (status !== 401) return [];
  const link = document.createElement("a");
  Object.assign(link, { href: editor.dataset.login, target: "_blank", className: "btn btn-small" });
  link.textContent = "Log in";
  return [link];
}

function fail(element, status) {
  const again = button("Try again", async () => {
    await renew();
    if (element.matches("form")) element.requestSubmit();
    else element.click();
  });
  const form = formOf(element);
  const kept = form && keepsText(form) ? " Your text is kept in this browser." : "";
  const box = notice(`Not saved: ${explain(status)}${kept}`, ...waysBack(status), again);
  clear(element);
  if (form) form.prepend(box);
  else element.closest(".panel")?.querySelector("h2")?.after(box);
  box.scrollIntoView({ block: "nearest" });
}

// A menu closes over what is said in it, so it says it in its panel.
const formOf = (element) => (element.closest("[data-menu]") ? null : element.closest("form"));

function clear(element) {
  const place = formOf(element) ?? element.closest(".panel");
  place?.querySelectorAll(":scope > .unsent").forEach((box) => box.remove());
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => clear(detail.elt));
document.addEventListener("htmx:responseError", ({ detail }) =>
  fail(detail.elt, detail.xhr.status),
);
for (const silence of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(silence, ({ detail }) => fail(detail.elt, 0));
}
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, elt } = event.detail;
  if (!requestConfig || !wentElsewhere(requestConfig.path, xhr.responseURL)) return;
  event.detail.shouldSwap = false;
  fail(requestConfig.elt ?? elt, 401);
});

// Whoever writes on in another form is not called back to the one that was answered.
let elsewhere = null;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const field = document.activeElement;
  const own = detail.requestConfig?.elt.closest("form");
  elsewhere = isField(field) && field.form !== own ? field : null;
});
document.addEventListener("htmx:afterSettle", () => {
  const called = document.activeElement?.hasAttribute("autofocus");
  if (called && elsewhere?.isConnected) elsewhere.focus({ preventScroll: true });
  elsewhere = null;
});
