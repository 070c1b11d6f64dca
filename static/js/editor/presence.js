// Tells the others at which part this page's reader is, while they look at it. htmx
// sends the sign and shows who else is here.

const PANEL = ".panel[id]";
// A sign that did not get through is no save that failed: nobody needs to hear of it.
const FAILURES = ["htmx:responseError", "htmx:sendError", "htmx:timeout"];

const form = document.querySelector("[data-here]");

if (form) {
  document.addEventListener("focusin", (event) => {
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
