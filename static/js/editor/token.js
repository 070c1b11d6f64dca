// Logging in anew changes the token that every save carries: fetch the new one.

export async function renew() {
  try {
    const page = await fetch(location.href, { credentials: "same-origin" });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const headers = fresh.body.getAttribute("hx-headers");
    if (!headers || !fresh.querySelector("[data-editor]")) return;
    document.body.setAttribute("hx-headers", headers);
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      field.value = token();
    }
  } catch {
    // Still no server: the save that follows says so.
  }
}

export const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
