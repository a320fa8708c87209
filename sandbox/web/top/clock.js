// The clock of the sandbox in the top bar: shows it, turns it, sets it, gives it back.

import { turnClock } from "../stage/api.js";
import { announce, listen } from "../stage/store.js";
import { icon } from "../drawing/icons.js";
import { make, unseen } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { dateOf, forInput, fromInput, hoursOf, monthLater, now, setClock, weekdayOf } from "./time.js";

const HOUR = 3600;
const DAY = 86_400;

async function turn(how) {
  try {
    const answer = await turnClock(how);
    setClock(answer.now);
    announce("clock");
  } catch (error) {
    announce("complaint", error.message);
  }
}

const steps = () => [
  [t("clock-hour"), () => turn({ by_seconds: HOUR })],
  [t("clock-day"), () => turn({ by_seconds: DAY })],
  [t("clock-month"), () => turn({ to: monthLater(now()) })],
];

const stepButtons = () =>
  steps().map(([label, go]) => make("button", { type: "button", class: "step", text: label, onclick: go }));

export function makeClock() {
  const hours = make("b", { class: "clock-hours" });
  const date = make("span", { class: "clock-date" });
  const face = make(
    "button",
    { type: "button", class: "clock-face", "aria-expanded": "false", "aria-controls": "clock-box" },
    icon("clock"),
    unseen(`${t("clock")}: `),
    make("span", { class: "clock-words" }, hours, " ", date),
    unseen(`. ${t("clock-more")}`),
  );
  const field = make("input", { type: "datetime-local", id: "clock-field", required: true });
  const form = make(
    "form",
    { class: "clock-form", onsubmit: (event) => (event.preventDefault(), turn({ to: fromInput(field.value) })) },
    make("label", { for: "clock-field", text: t("clock-set") }),
    make("div", { class: "together" }, field, make("button", { class: "plain strong", text: t("clock-set-do") })),
  );
  const back = make(
    "button",
    { type: "button", class: "plain wide", onclick: () => turn({ reset: true }) },
    icon("again", 18),
    t("clock-reset"),
  );
  const box = make(
    "div",
    { id: "clock-box", class: "box", hidden: true, role: "group", "aria-label": t("clock-turn") },
    make("p", { class: "note", text: t("clock-note") }),
    make("div", { class: "steps" }, stepButtons()),
    form,
    back,
  );
  const quick = make("div", { class: "steps quick", role: "group", "aria-label": t("clock-turn") }, stepButtons());
  const element = make("div", { class: "clock" }, face, quick, box);

  const open = (yes) => {
    box.hidden = !yes;
    face.setAttribute("aria-expanded", String(yes));
    if (yes) {
      field.value = forInput(now());
      box.querySelector("button").focus({ preventScroll: true });
    }
  };
  face.addEventListener("click", () => open(box.hidden));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || box.hidden) return;
    open(false);
    face.focus();
  });
  const outside = (event) => !box.hidden && !element.contains(event.target) && open(false);
  document.addEventListener("pointerdown", outside);

  const show = () => {
    hours.textContent = hoursOf(now());
    date.textContent = `${dateOf(now())}, ${weekdayOf(now())}`;
  };
  show();
  const ticking = setInterval(() => (show(), announce("tick")), 1000); // the phones show the same second
  const stops = [listen("clock", show), listen("state", show)];
  const stop = () => {
    clearInterval(ticking);
    document.removeEventListener("pointerdown", outside);
    stops.forEach((end) => end());
  };
  return { element, stop };
}
