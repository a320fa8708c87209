// The side panel: one place where the guide, the outbox or the faults are shown, and the buttons that open it.

import { icon } from "../drawing/icons.js";
import { make } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { makeFaults } from "./faults.js";
import { makeGuide } from "./guide.js";
import { makeOutbox } from "./outbox.js";

const KEPT = "ashar-sandbox-panel";
const MAKERS = { guide: makeGuide, outbox: makeOutbox, faults: makeFaults };
const wide = matchMedia("(min-width: 1200px)");
const narrow = matchMedia("(max-width: 719px)");

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(panel) {
  try {
    localStorage.setItem(KEPT, panel);
  } catch {
    // next time it begins with the guide again
  }
}

export function makeSide(aside, room) {
  const buttons = new Map();
  let shown = null;
  let panel = null;

  function show(which, take = true) {
    panel?.stop?.();
    shown = which;
    panel = which ? MAKERS[which]() : null;
    aside.hidden = !which;
    room.inert = Boolean(which) && narrow.matches;
    document.body.classList.toggle("with-side", Boolean(which));
    for (const [name, button] of buttons) button.setAttribute("aria-expanded", String(name === which));
    if (!which) return aside.replaceChildren();
    const heading = make("h2", { id: "side-title", tabindex: "-1", text: t(`panel-${which}`) });
    const close = make("button", { type: "button", class: "round", "aria-label": t("panel-close"), title: t("panel-close") }, icon("close"));
    close.addEventListener("click", () => toggle(which));
    aside.setAttribute("aria-labelledby", "side-title");
    aside.replaceChildren(make("div", { class: "side-head" }, heading, close), panel.element);
    if (take) heading.focus({ preventScroll: true });
  }

  function toggle(which) {
    const closing = which === shown;
    show(closing ? null : which);
    keep(shown ?? "none");
    if (closing) buttons.get(which)?.focus();
  }

  function escape(event) {
    if (event.key === "Escape" && shown && !event.defaultPrevented) toggle(shown);
  }
  aside.addEventListener("keydown", escape);

  const start = kept() ?? (wide.matches ? "guide" : "none");
  return {
    names: Object.keys(MAKERS),
    bind(which, button) {
      buttons.set(which, button);
      button.setAttribute("aria-expanded", "false");
      button.addEventListener("click", () => toggle(which));
      if (which === start && !narrow.matches) show(which, false);
    },
    stop() {
      show(null);
      aside.removeEventListener("keydown", escape);
    },
  };
}
