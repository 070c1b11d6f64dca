// “Now” fills the present minute, on the clock of the incident.

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
  made.textContent = "Now";
  made.setAttribute("aria-label", `Now, as the time of: ${field.labels[0]?.textContent.trim() ?? "this"}`);
  made.addEventListener("click", () => {
    put(field, now());
    field.focus();
  });
  return made;
}
