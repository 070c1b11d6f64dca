// Single keys: data-shortcut="/" is focused by "/" where it is shown, and data-goto="m" followed by "m".

const typing = (target) =>
  target.isContentEditable || target.matches("input:not([type=checkbox]), select, textarea");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = CSS.escape(event.key);
  document.querySelector(`[data-goto="${key}"]`)?.click();
  const fields = [...document.querySelectorAll(`[data-shortcut="${key}"]`)];
  const field = fields.find((one) => one.checkVisibility());
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
