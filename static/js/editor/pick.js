// A long list to choose from can be narrowed, and its summary counts what is chosen.

const LONG = 10;

htmx.onLoad((root) => {
  for (const list of root.querySelectorAll(".pick")) {
    list.addEventListener("input", () => count(list));
    if (list.querySelectorAll(".form-check").length > LONG) list.querySelector("summary").after(filter(list));
  }
});

function count(list) {
  const chosen = list.querySelectorAll("input:checked").length;
  list.querySelector(".count").textContent = `${chosen} chosen`;
}

function filter(list) {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "form-control filter";
  field.placeholder = "Find in this list";
  field.setAttribute("aria-label", "Find in this list");
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase();
    for (const line of list.querySelectorAll(".form-check")) {
      line.hidden = !line.textContent.toLowerCase().includes(wanted);
    }
  });
  return field;
}
