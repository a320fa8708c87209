// What a stranger reads first: what this is, and a few things to try.

import { resetStage } from "../stage/api.js";
import { announce, forgetEverything } from "../stage/store.js";
import { icon } from "../drawing/icons.js";
import { make } from "../drawing/dom.js";
import { t } from "../words/words.js";

const STEPS = [1, 2, 3, 4, 5];

export function makeGuide() {
  const sure = make("div", { class: "sure", hidden: true });
  const begin = make("button", { type: "button", class: "plain wide", "aria-expanded": "false" }, icon("again", 18), t("guide-reset"));
  const no = make("button", { type: "button", class: "plain", text: t("cancel") });
  const yes = make("button", { type: "button", class: "plain bad", text: t("continue") });
  sure.append(make("p", { text: t("guide-reset-sure") }), make("div", { class: "together" }, no, yes));
  const ask = (open) => {
    sure.hidden = !open;
    begin.setAttribute("aria-expanded", String(open));
    (open ? no : begin).focus();
  };
  begin.addEventListener("click", () => ask(sure.hidden));
  no.addEventListener("click", () => ask(false));
  yes.addEventListener("click", async () => {
    ask(false);
    try {
      await resetStage();
      await forgetEverything();
    } catch (error) {
      announce("complaint", error.message);
    }
  });
  const element = make(
    "div",
    { class: "side-body guide" },
    make("p", { class: "lead", text: t("guide-lead") }),
    make(
      "ol",
      { class: "steps-list" },
      STEPS.map((n) => make("li", {}, make("h3", { text: t(`guide-${n}-title`) }), make("p", { text: t(`guide-${n}`) }))),
    ),
    make("h3", { text: t("guide-keys-title") }),
    make("p", { text: t("guide-keys") }),
    begin,
    sure,
  );
  return { element };
}
