// `/` goes to the first field, `j` and `k` from act to act; a day can be slid to. Nothing needs this script.
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

// A day that may be slid to: beside each date field with bounds stands a slider that moves it and shows the page of that day when let go.
// Made here, so that where no script runs there is no dead control.
for (const day of document.querySelectorAll("input[type=date][data-slide]")) {
  const dawn = Date.parse(day.min);
  const number = (date) => Math.round((Date.parse(date) - dawn) / 86400000);
  const slider = document.createElement("input");
  slider.type = "range";
  slider.max = String(number(day.max));
  slider.value = String(number(day.value));
  slider.setAttribute("aria-label", "Slide the day");
  slider.setAttribute("aria-valuetext", day.value);
  slider.addEventListener("input", () => {
    day.value = new Date(dawn + Number(slider.value) * 86400000).toISOString().slice(0, 10);
    slider.setAttribute("aria-valuetext", day.value);
  });
  slider.addEventListener("change", () => day.form.submit());
  day.addEventListener("input", () => {
    if (day.value) slider.value = String(number(day.value));
  });
  day.form.append(slider);
}
