// Filters that are not used stay out of the address, which people keep and send.

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.closest(".filters")) return;
  for (const [name, value] of Object.entries(detail.parameters)) {
    if (value === "") delete detail.parameters[name];
  }
});
