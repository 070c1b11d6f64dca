// A heading's # copies its address, so that one part of a report can be pointed at;
// and a button copies a few lines for a chat: what it is, where it is, how it begins.

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

const lines = (button) =>
  [button.dataset.copies, location.origin + location.pathname, document.getElementById("lead")?.innerText]
    .filter(Boolean)
    .join("\n");

const wanted = (from) => ("copies" in from.dataset ? lines(from) : from.href);

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copies]")) button.parentElement.hidden = false;
}

document.addEventListener("click", async (event) => {
  const from = event.target.closest?.("a.anchor, [data-copies]");
  if (!from || !navigator.clipboard) return;
  try {
    await navigator.clipboard.writeText(wanted(from));
  } catch {
    return;
  }
  said.textContent = from.matches("a") ? "The link is copied." : "The lines are copied.";
  from.dataset.copied = "";
  setTimeout(() => {
    delete from.dataset.copied;
    said.textContent = "";
  }, 2000);
});
