// Single keys: data-shortcut="/" is focused by "/", and data-goto="m" followed by "m".

const typing = (target) =>
  target.isContentEditable || target.matches("input:not([type=checkbox]), select, textarea");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = CSS.escape(event.key);
  document.querySelector(`[data-goto="${key}"]`)?.click();
  const field = document.querySelector(`[data-shortcut="${key}"]`);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
