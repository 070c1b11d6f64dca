// Tells the others at which part this page's reader is, while they look at it.

const PANEL = ".panel[id]";

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
}
