// `/` goes to the first field, `j` and `k` from act to act. Nothing else needs a script, and this one changes nothing on the page.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const field = document.querySelector("main textarea, main input:not([type=hidden])");
    if (field) {
      event.preventDefault();
      field.focus();
    }
    return;
  }
  if (event.key !== "j" && event.key !== "k") return;
  const cards = [...document.querySelectorAll("main section.card")];
  if (cards.length === 0) return;
  const here = cards.indexOf(document.activeElement);
  const next = event.key === "j" ? here + 1 : here < 0 ? cards.length - 1 : here - 1;
  const card = cards[Math.max(0, Math.min(cards.length - 1, next))];
  card.tabIndex = -1;
  card.focus();
  card.scrollIntoView({ block: "nearest" });
});
