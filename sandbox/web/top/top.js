// The top bar: the name, the clock, the panels, the language.

import { icon } from "../drawing/icons.js";
import { make, name } from "../drawing/dom.js";
import { language, speak, t } from "../words/words.js";
import { makeClock } from "./clock.js";

const LANGUAGES = { ky: "Кыргызча", ru: "Русский", en: "English" };

export function makeTop({ side, rebuilt }) {
  const clock = makeClock();
  const tongue = makeLanguage(rebuilt);
  const brand = make(
    "h1",
    { class: "brand" },
    make("img", { src: "art/mark.svg", alt: "", width: 34, height: 34 }),
    make("span", { class: "brand-words" }, make("b", { text: t("brand") }), make("i", {}, make("span", { text: " · " }), t("brand-sandbox"))),
  );
  const panels = make("div", { class: "panel-buttons" }, side.names.map((panel) => panelButton(panel, side)));
  return {
    parts: [brand, clock.element, panels, tongue],
    stop: clock.stop,
  };
}

function panelButton(panel, side) {
  const words = t(panel === "guide" ? "panel-guide-short" : `panel-${panel}`);
  const button = make(
    "button",
    { type: "button", class: "panel-button", "aria-controls": "side", title: words, "data-panel": panel },
    icon(panel, 20),
    make("span", { class: "panel-word", text: words }),
  );
  side.bind(panel, button);
  return button;
}

function makeLanguage(rebuilt) {
  const choice = make(
    "select",
    { class: "language", "aria-label": t("language"), title: t("language") },
    Object.keys(LANGUAGES).map((code) =>
      make("option", { value: code, lang: code, selected: code === language, text: LANGUAGES[code] }),
    ),
  );
  choice.addEventListener("change", async () => {
    await speak(choice.value);
    rebuilt();
    document.querySelector(".language")?.focus();
  });
  return make(
    "div",
    { class: "language-box" },
    name(language.toUpperCase(), { class: "language-code", "aria-hidden": "true" }),
    choice,
  );
}
