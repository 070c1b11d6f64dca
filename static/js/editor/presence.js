// Tells the others at which part this page's reader is, while they look at it.

const PANEL = ".panel[id]";
// A sign that did not get through is no save that failed: nobody needs to hear of it.
const FAILURES = ["htmx:responseError", "htmx:sendError", "htmx:timeout"];

/** Watches the page; htmx sends the sign and shows who else is here. */
export function start(root = document) {
  const form = root.querySelector("[data-here]");
  if (!form) return;
  root.addEventListener("focusin", (event) => {
    const panel = event.target.closest(PANEL);
    if (panel) form.elements.part.value = panel.id;
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden) event.preventDefault();
  });
  for (const failure of FAILURES) {
    form.addEventListener(failure, (event) => event.stopPropagation());
  }
}
