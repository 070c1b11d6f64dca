// A form is sent once, however often its button is pressed while it is on its way.

document.addEventListener(
  "submit",
  (event) => {
    if (!("busy" in event.target.dataset)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);

// On the window, after everybody who may send the form in another way.
addEventListener("submit", (event) => {
  if (!event.defaultPrevented) event.target.dataset.busy = "";
});
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt.tagName === "FORM") detail.elt.dataset.busy = "";
});
document.addEventListener("htmx:afterRequest", ({ detail }) => delete detail.elt.dataset.busy);
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-busy]")) delete form.dataset.busy;
});
