/* Keys for who works through a list: j and k move, enter opens, a does the main act. Tab keeps working as always. */

const TYPING = "input, select, textarea, [contenteditable]";

function rows(list) {
  return [...list.querySelectorAll(".worklist-row")];
}

function firstControl(row) {
  return row.querySelector("[data-open]") ?? row.querySelector("[data-act]");
}

function move(list, step) {
  const all = rows(list);
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const row = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
  const control = row && firstControl(row);
  if (!control) return false;
  control.focus();
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function act(list) {
  const row = rows(list).find((one) => one.contains(document.activeElement));
  const control = row?.querySelector("[data-act]");
  control?.click();
  return Boolean(control);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const list = document.querySelector("[data-worklist]");
  if (!list) return;
  const keys = { j: () => move(list, 1), k: () => move(list, -1), a: () => act(list) };
  if (keys[event.key]?.()) event.preventDefault();
});
