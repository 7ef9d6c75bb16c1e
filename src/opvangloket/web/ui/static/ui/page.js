/* Small courtesies of every page: the cursor goes to what went wrong, and an open menu closes when you leave it. */

function focusOnErrors(root) {
  const summary = root.querySelector("[data-focus]");
  if (summary) summary.focus();
}

/* A link of the error summary names a control: put the cursor in it and show its question too. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  control.closest(".field")?.scrollIntoView();
  control.focus({ preventScroll: true });
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.more[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

/* A slash puts the cursor in the search field of the header, unless somebody is writing one. */
document.addEventListener("keydown", (event) => {
  const field = document.querySelector("[data-search]");
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || !field || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  field.select();
});

const SENDING_MS = 4000;

/* A second press on a button that is already sending does nothing; a download leaves its page ready for the next. */
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  setTimeout(() => delete event.target.dataset.sent, SENDING_MS);
});

/* Back in the browser shows the form as it was, ready to send again. */
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/* Printing needs script, so its button shows only where there is one. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/* What was pressed may be gone after a swap: then the cursor goes to the place that says what happened. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement !== document.body) return;
  event.target.querySelector("[data-focus-lost]")?.focus();
});

focusOnErrors(document);
document.addEventListener("htmx:load", (event) => focusOnErrors(event.target));
