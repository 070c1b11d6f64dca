// The browser's back button brings a page as it was loaded, without the rows that were
// added to it since. Nobody shall think them lost: such a page is fetched anew.

const [visit] = performance.getEntriesByType("navigation");
if (visit?.type === "back_forward" && !visit.transferSize) location.reload();
