// “Now”, pressed or typed, fills the present minute, on the clock of the incident. Who
// types needs no second stop in each time: the button is for the mouse and the finger.

import { isField, put } from "./fields.js";

const zone = () => document.getElementById("editor-head").dataset.zone;

function now() {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone(),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date());
  const { year, month, day, hour, minute } = Object.fromEntries(
    parts.map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

htmx.onLoad((root) => {
  for (const field of root.querySelectorAll("[data-time]")) {
    if (isField(field) && !field.parentElement.querySelector(".now")) field.after(nowButton(field));
  }
});

function nowButton(field) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "now";
  made.tabIndex = -1;
  made.title = "Or type: now";
  made.textContent = "Now";
  made.setAttribute("aria-label", `Now, as the time of: ${field.labels[0]?.textContent.trim() ?? "this"}`);
  made.addEventListener("click", () => {
    put(field, now());
    field.focus();
  });
  return made;
}

document.addEventListener("input", ({ target }) => {
  if ("time" in target.dataset && /^now$/i.test(target.value)) put(target, now());
});
