// A heading's # copies its address, so that one part of a report can be pointed at.

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

document.addEventListener("click", async (event) => {
  const anchor = event.target.closest?.("a.anchor");
  if (!anchor || !navigator.clipboard) return;
  try {
    await navigator.clipboard.writeText(anchor.href);
  } catch {
    return;
  }
  said.textContent = "The link is copied.";
  anchor.dataset.copied = "";
  setTimeout(() => {
    delete anchor.dataset.copied;
    said.textContent = "";
  }, 2000);
});
