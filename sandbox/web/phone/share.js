// Two small questions a link may raise: to which chat a text goes, and to which group the bot is added.

import { chatsOf } from "../stage/store.js";
import { make } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { where } from "./inline.js";
import { openMenu } from "./menu.js";
import { openSheet } from "./sheet.js";

export function shareText(phone, person, chat, text, send) {
  let target = chat;
  const field = make("textarea", { rows: "4", "aria-label": t("share-text"), value: text, dir: "auto" });
  const go = make("button", { type: "button", class: "plain strong", "data-first": true, text: t("send") });
  const no = make("button", { type: "button", class: "plain", text: t("cancel") });
  const close = openSheet(
    phone,
    [make("h2", { text: t("inline") }), where(chatsOf(person), chat, (to) => (target = to)), field, make("div", { class: "together" }, no, go)],
    { label: t("inline"), kind: "inline" },
  );
  no.addEventListener("click", close);
  go.addEventListener("click", () => (close(), send(target.id, field.value)));
}

export function chooseGroup(layer, person, channel, from, add) {
  const groups = chatsOf(person).filter((chat) => (channel ? chat.type === "channel" : /group$/.test(chat.type)));
  if (groups.length === 1) return add(groups[0].id);
  return openMenu(layer, {
    label: t("group-choose"),
    from,
    items: groups.map((chat) => ({ words: chat.title, sign: "people", run: () => add(chat.id) })),
  });
}
