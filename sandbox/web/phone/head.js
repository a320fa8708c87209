// The head of a phone: whose it is and what time it is there, the chat's name and state, its tabs, what is pinned.

import { chatsOf, fullName, listen, threadOf, world } from "../stage/store.js";
import { unreadIn } from "../stage/unread.js";
import { hoursOf, now } from "../top/time.js";
import { avatar, roleOf } from "../top/people.js";
import { icon } from "../drawing/icons.js";
import { arrows, make, name, unseen } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { openMenu } from "./menu.js";
import { gist } from "./message.js";

const TYPING_MS = 5000;

// doings: open, act, start, askSure, jumpTo
export function makeHead(person, layer, doings) {
  const time = make("time", { class: "owner-time" });
  const owner = make(
    "div",
    { class: "owner" },
    avatar(person),
    make("h2", { class: "owner-name" }, name(fullName(person))),
    make("span", { class: "owner-role", text: roleOf(person) }),
    time,
  );
  const title = make("b", { class: "chat-title" });
  const state = make("span", { class: "chat-state" });
  const mark = make("span", { class: "chat-mark", "aria-hidden": "true" });
  const more = make(
    "button",
    { type: "button", class: "round", "aria-haspopup": "menu", "aria-expanded": "false", title: t("chat-menu"), "aria-label": t("chat-menu") },
    icon("more"),
  );
  const tabs = arrows(make("div", { class: "tabs", role: "tablist", "aria-label": t("chats") }));
  const pinned = make("button", { type: "button", class: "pinned", hidden: true });
  const absent = make(
    "div",
    { class: "absent", hidden: true },
    make("span", { text: t("bot-absent") }),
    make("button", { type: "button", class: "as-link", text: t("bot-add"), onclick: () => doings.act("add_bot") }),
  );
  const element = make(
    "div",
    { class: "head" },
    make("div", { class: "chat-line" }, mark, make("span", { class: "chat-words" }, title, state), more),
    tabs,
    absent,
    pinned,
  );
  let chat = null;
  let quietAt = 0;
  let drawnTabs = "";

  more.addEventListener("click", () => openMenu(layer, { label: t("chat-menu"), from: more, top: true, items: choices() }));

  function choices() {
    if (chat.type !== "private") {
      return [
        botIsHere()
          ? { words: t("bot-remove"), sign: "minus", run: () => doings.act("remove_bot") }
          : { words: t("bot-add"), sign: "plus", run: () => doings.act("add_bot") },
        ...(botIsHere()
          ? [
              chat.bot === "administrator"
                ? { words: t("bot-demote"), sign: "minus", run: () => doings.act("demote_bot") }
                : { words: t("bot-promote"), sign: "plus", run: () => doings.act("promote_bot") },
            ]
          : []),
      ];
    }
    return [
      { words: t("start-again"), sign: "again", run: () => doings.start() },
      chat.blocked
        ? { words: t("unblock"), sign: "check", run: () => doings.act("unblock") }
        : { words: t("block"), sign: "block", run: () => doings.act("block") },
      {
        words: t("delete-account"),
        sign: "close",
        bad: true,
        run: () => doings.askSure(t("delete-account-sure"), () => doings.act("delete_account")),
      },
    ];
  }

  const botIsHere = () => !["left", "kicked"].includes(chat.bot);
  const mayAdd = () => chat.type !== "channel" || ["creator", "administrator"].includes(chat.members?.[person.id]);

  function stateWords() {
    if (chat.type === "private") return t("bot");
    return chat.type === "channel" ? t("channel") : t("group-people", { n: (chat.people ?? []).length });
  }

  function drawTabs() {
    const chats = chatsOf(person);
    tabs.hidden = chats.length < 2;
    const looks = JSON.stringify([chat.id, chats.map((each) => [each.id, each.title, unreadIn(person, each.id)])]);
    if (looks === drawnTabs) return;
    drawnTabs = looks;
    const holding = tabs.contains(document.activeElement);
    tabs.replaceChildren(...chats.map(tab));
    if (holding) tabs.querySelector("[aria-selected=true]")?.focus();
  }

  function tab(each) {
    const on = each.id === chat.id;
    const unread = on ? 0 : unreadIn(person, each.id);
    return make(
      "button",
      { type: "button", role: "tab", "aria-selected": String(on), tabindex: on ? "0" : "-1", onclick: () => doings.open(each.id) },
      each.type !== "private" && icon(each.type === "channel" ? "channel" : "people", 16),
      name(each.type === "private" ? world.bot.name : (each.title ?? ""), { class: "tab-name" }),
      unread > 0 && make("span", { class: "count", "aria-hidden": "true", text: unread }),
      unread > 0 && unseen(`, ${t("people-unread", { n: unread })}`),
    );
  }

  function drawPinned() {
    const thread = threadOf(chat.id);
    const message = thread.pinned ? thread.messages.get(thread.pinned) : null;
    pinned.hidden = !message;
    if (!message) return;
    pinned.replaceChildren(
      icon("pin", 18),
      make("span", { class: "about-words" }, make("span", { class: "answered-who", text: t("pinned") }), name(gist(message), { class: "answered-what" })),
    );
    pinned.onclick = () => doings.jumpTo(message.message_id);
  }

  function update(next) {
    chat = next;
    const words = chat.type === "private" ? world.bot.name : (chat.title ?? "");
    title.replaceChildren(name(words));
    if (Date.now() >= quietAt) state.replaceChildren(stateWords());
    if (chat.type === "private") mark.replaceChildren(make("img", { src: "art/mark.svg", alt: "", width: 40, height: 40 }));
    else mark.replaceChildren(icon(chat.type === "channel" ? "channel" : "people", 24));
    absent.hidden = chat.type === "private" || botIsHere() || !mayAdd();
    drawTabs();
    drawPinned();
    tick();
  }

  function typing() {
    quietAt = Date.now() + TYPING_MS;
    state.replaceChildren(
      make("span", { class: "typing" }, t("typing"), make("i", { "aria-hidden": "true" }), make("i", { "aria-hidden": "true" }), make("i", { "aria-hidden": "true" })),
    );
    setTimeout(() => Date.now() >= quietAt && quiet(), TYPING_MS + 50);
  }

  function quiet() {
    quietAt = 0;
    state.replaceChildren(stateWords());
  }

  const tick = () => (time.textContent = hoursOf(now()));
  const stops = [listen("clock", tick), listen("tick", tick)];
  return {
    owner,
    element,
    update,
    typing,
    quiet,
    stop: () => stops.forEach((end) => end()),
  };
}
