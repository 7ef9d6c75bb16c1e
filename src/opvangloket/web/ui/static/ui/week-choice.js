/* The week as an answer. The cells work without this module; it adds whole days, one key, and the words as you go. */

const NEXT = { none: "need", need: "can", can: "none" };
const NEXT_OF_TWO = { none: "need", need: "none" };
const HALVES = ["vm", "nm"];

/** Write the chosen days as `WeekPattern.words()` of the server does. */
export function words(chosen, days, text) {
  const groups = new Map();
  for (const day of days) {
    const [morning, afternoon] = HALVES.map((half) => chosen.has(`${day.code}_${half}`));
    const part = morning && afternoon ? text.whole : morning ? text.morning : afternoon ? text.afternoon : "";
    if (part) groups.set(part, [...(groups.get(part) ?? []), day]);
  }
  return [...groups].map(([part, of]) => `${names(of, text)} ${part}`).join(", ");
}

function names(days, text) {
  const [first, last] = [days[0], days.at(-1)];
  if (days.length >= 4 && last.index - first.index === days.length - 1) {
    return text.range.replace("{first}", first.name).replace("{last}", last.name);
  }
  if (days.length === 1) return first.name;
  return `${days.slice(0, -1).map((day) => day.name).join(", ")} ${text.and} ${last.name}`;
}

function capitalised(sentence) {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** What a control stands for: a checkbox has one value, and that is what a radio button calls "need". */
function valueOf(control) {
  return control.type === "checkbox" ? "need" : control.value;
}

class WeekChoice {
  constructor(figure) {
    this.figure = figure;
    this.controls = [...figure.querySelectorAll("input[type=radio], input[type=checkbox]")];
    this.next = this.controls.some((control) => control.type === "checkbox") ? NEXT_OF_TWO : NEXT;
    this.output = figure.querySelector("[data-week-words]");
    this.days = [...figure.querySelectorAll("th[data-day]")].map((head, index) => ({
      code: head.dataset.day,
      name: head.querySelector(".in-full").textContent,
      head,
      index,
    }));
    for (const day of this.days) this.offerWholeDay(day);
    figure.addEventListener("change", () => this.say());
    figure.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** The three radio buttons of one part, or its one checkbox. */
  part(code) {
    return this.controls.filter((control) => control.name.endsWith(`_${code}`));
  }

  value(code) {
    const checked = this.part(code).find((control) => control.checked);
    return checked ? valueOf(checked) : "none";
  }

  choose(code, value) {
    for (const control of this.part(code)) control.checked = valueOf(control) === value;
  }

  /** A tap on the name of a day goes round for morning and afternoon together. */
  offerWholeDay(day) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "week-choice-day";
    button.append(...day.head.childNodes);
    const purpose = document.createElement("span");
    purpose.className = "visually-hidden";
    purpose.textContent = `: ${this.output.dataset.toggle}`;
    button.append(purpose);
    day.head.append(button);
    button.addEventListener("click", () => {
      const [morning, afternoon] = HALVES.map((half) => this.value(`${day.code}_${half}`));
      const next = morning === afternoon ? this.next[morning] : "need";
      for (const half of HALVES) this.choose(`${day.code}_${half}`, next);
      this.tell();
    });
  }

  /** Space goes round as a tap does; the arrows keep choosing among the three, as in any radio group. */
  onKey(event) {
    const radio = event.target.closest("input[type=radio]");
    if (event.key !== " " || !radio) return;
    event.preventDefault();
    const code = radio.name.slice(-5);
    this.choose(code, this.next[this.value(code)]);
    this.part(code).find((one) => one.checked).focus();
    this.tell();
  }

  /** Tell the page that the answer changed, as a tap on a cell does by itself. */
  tell() {
    this.figure.dispatchEvent(new Event("change", { bubbles: true }));
  }

  chosen(value) {
    const found = this.controls.filter((control) => control.checked && valueOf(control) === value);
    return new Set(found.map((control) => control.name.slice(-5)));
  }

  say() {
    const text = this.output.dataset;
    const sentences = ["need", "can"]
      .map((value) => [text[value], words(this.chosen(value), this.days, text)])
      .filter(([, days]) => days)
      .map(([sentence, days]) => capitalised(sentence.replace("{days}", days)));
    this.output.textContent = sentences.join(" ") || text.nothing;
  }
}

function connect(root) {
  for (const figure of root.querySelectorAll("[data-week-choice]:not([data-connected])")) {
    figure.dataset.connected = "";
    new WeekChoice(figure);
  }
}

connect(document);
document.addEventListener("htmx:load", (event) => connect(event.target));
