// A row is dragged by its handle. The menu of each row does the same without one.

const ROWS = "[data-rows] > [data-key]:not(.editing)";

htmx.onLoad((root) => {
  for (const row of root.querySelectorAll(ROWS)) {
    if (!row.querySelector(":scope > .handle")) row.prepend(handle(row));
  }
});

function handle(row) {
  const made = document.createElement("span");
  made.className = "handle";
  made.setAttribute("aria-hidden", "true");
  made.textContent = "⠿";
  made.addEventListener("pointerdown", (event) => lift(event, row, made));
  return made;
}

function lift(event, row, grip) {
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  row.classList.add("lifted");
  const others = [...row.parentElement.children].filter((other) => other.dataset.key && other !== row);
  let place = null;
  const move = ({ clientY }) => {
    place = others.filter((other) => middle(other) < clientY).length;
    mark(others, place);
  };
  const drop = ({ type }) => {
    grip.removeEventListener("pointermove", move);
    row.classList.remove("lifted");
    mark(others, null);
    if (type === "pointerup" && place !== null) put(row, others[place - 1]);
  };
  grip.addEventListener("pointermove", move);
  for (const end of ["pointerup", "pointercancel"]) grip.addEventListener(end, drop, { once: true });
}

function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

function mark(others, place) {
  others.forEach((other, index) => {
    other.classList.toggle("drop-before", place === 0 && index === 0);
    other.classList.toggle("drop-after", place !== null && index === place - 1);
  });
}

function put(row, above) {
  if (row.previousElementSibling === (above ?? null)) return;
  const button = row.querySelector("button[id^=up-]");
  const values = { to: above ? above.dataset.key : "first" };
  htmx.ajax("POST", button.getAttribute("hx-post"), { source: button, values });
}
