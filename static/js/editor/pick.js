// A long list to choose from can be narrowed, and its summary counts what is chosen.
// One that is not all here, or no longer as it was, is fetched when it is opened.

const LONG = 10;

htmx.onLoad((root) => {
  const lists = root.matches(".choices") ? [root] : root.querySelectorAll(".choices");
  for (const list of lists) {
    if (list.querySelectorAll(".form-check").length > LONG) list.prepend(filter(list));
  }
  for (const pick of root.querySelectorAll(".pick[data-choices]")) {
    pick.addEventListener("toggle", () => pick.open && "stale" in pick.dataset && renew(pick));
  }
});

document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id !== "timeline-rows" && target.id !== "actions-rows") return;
  for (const pick of document.querySelectorAll(".pick[data-choices]")) {
    if (pick.open) renew(pick);
    else pick.dataset.stale = "";
  }
});

function renew(pick) {
  delete pick.dataset.stale;
  const list = pick.querySelector(".choices");
  const how = { source: list, target: list, select: `#${list.id}`, swap: "outerHTML" };
  htmx.ajax("GET", pick.dataset.choices, how);
}

document.addEventListener("input", ({ target }) => {
  const pick = target.closest(".pick");
  if (!pick) return;
  const chosen = pick.querySelectorAll("input:checked").length;
  pick.querySelector(".count").textContent = `${chosen} chosen`;
});

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
