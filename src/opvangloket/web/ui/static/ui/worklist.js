/* Keys for who works through lists: j and k move, enter opens, a does the main act. Tab keeps working as always.
   A page may show its rows in several lists, one per group: the keys walk through all of them. */

const TYPING = "input, select, textarea, [contenteditable]";

function rows() {
  return [...document.querySelectorAll("[data-worklist] .worklist-row")];
}

function firstControl(row) {
  return row.querySelector("[data-open]") ?? row.querySelector("[data-act]");
}

function move(step) {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const row = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
  const control = row && firstControl(row);
  if (!control) return false;
  control.focus();
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function act() {
  const row = rows().find((one) => one.contains(document.activeElement));
  const control = row?.querySelector("[data-act]");
  control?.click();
  return Boolean(control);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const keys = { j: () => move(1), k: () => move(-1), a: act };
  if (keys[event.key]?.()) event.preventDefault();
});
