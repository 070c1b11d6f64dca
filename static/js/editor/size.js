// A text area grows with its text where the browser cannot do that by itself.

const fit = (text) => {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
};

if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", ({ target }) => {
    if (target.tagName === "TEXTAREA") fit(target);
  });
  htmx.onLoad((root) => root.querySelectorAll("textarea").forEach(fit));
}
