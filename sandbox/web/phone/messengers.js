// The switch at the top of a phone: Telegram or WhatsApp; seen only while the bot listens in both.

import { listen } from "../stage/store.js";
import { listening, unreadOn } from "../stage/whatsapp.js";
import { arrows, make, unseen } from "../drawing/dom.js";
import { t } from "../words/words.js";

const NAMES = { telegram: "Telegram", whatsapp: "WhatsApp" };

// turned(which) is called when another messenger was chosen
export function makeMessengers(person, turned) {
  let chosen = "telegram";
  const dot = make("span", { class: "count", hidden: true });
  const buttons = Object.entries(NAMES).map(([which, words]) =>
    make("button", { type: "button", class: `messenger-${which}`, onclick: () => turn(which), "data-which": which }, words, which === "whatsapp" && dot),
  );
  const element = arrows(make("div", { class: "messengers", role: "group", "aria-label": t("messengers") }, buttons));

  function turn(which) {
    if (which === chosen) return;
    chosen = which;
    update();
    turned(which);
  }

  function update() {
    element.hidden = !listening();
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.which === chosen));
    const unread = chosen === "whatsapp" ? 0 : unreadOn(person.id);
    dot.hidden = !unread;
    dot.replaceChildren(String(unread), unseen(` ${t("people-unread", { n: unread })}`));
  }

  const stops = [
    listen("state", () => (listening() ? update() : (turn("telegram"), update()))),
    listen("letters", (news) => news.person === person.id && update()),
    listen("whatsapp-unread", update),
  ];
  update();
  return { element, turn, chosen: () => chosen, stop: () => stops.forEach((end) => end()) };
}
