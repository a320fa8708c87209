// The messages of one chat on one phone: kept in order, redrawn only where they changed, followed to the newest.

import { chatById, listen, messagesFor, threadOf } from "../stage/store.js";
import { markSeen } from "../stage/unread.js";
import { dayOf } from "../top/time.js";
import { icon } from "../drawing/icons.js";
import { calm, make } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { drawMessage, isOwn } from "./message.js";

const NEAR = 60; // pixels from the bottom that still count as being there
const TOGETHER = 300; // seconds between messages that stand together

export function makeChat(person, chat, doings) {
  const list = make("div", { class: "list" });
  const empty = make("div", { class: "empty" });
  const log = make(
    "div",
    { class: "log", role: "log", tabindex: "0", "aria-label": t("log", { title: chat.title ?? "" }) },
    empty,
    list,
  );
  const jump = make("button", { type: "button", class: "jump", hidden: true, title: t("to-newest"), "aria-label": t("to-newest") }, icon("down"));
  const element = make("div", { class: "chat" }, make("div", { class: "wallpaper", "aria-hidden": "true" }), log, jump);

  const drawn = new Map(); // message id -> {version, node}
  const days = new Map(); // the first message of a day -> the line above it
  let following = true;

  function nodeOf(message) {
    const old = drawn.get(message.message_id);
    if (old && old.version === message.version) return old.node;
    const node = drawMessage(message, { person, chat, doings });
    drawn.set(message.message_id, { version: message.version, node });
    return node;
  }

  function dayLine(message, words) {
    if (!days.has(message.message_id)) days.set(message.message_id, make("p", { class: "day" }, make("span")));
    const node = days.get(message.message_id);
    if (node.textContent !== words) node.firstChild.textContent = words;
    return node;
  }

  function sync() {
    const focus = focusWithin();
    const messages = messagesFor(person, chat.id);
    const wanted = [];
    messages.forEach((message, at) => {
      const [before, after] = [messages[at - 1], messages[at + 1]];
      const day = dayOf(message.date * 1000);
      const newDay = !before || dayOf(before.date * 1000) !== day;
      if (newDay) wanted.push(dayLine(message, day));
      const node = nodeOf(message);
      node.classList.toggle("first", newDay || !stand(before, message));
      node.classList.toggle("last", !after || !stand(message, after));
      wanted.push(node);
    });
    place(wanted);
    empty.hidden = messages.length > 0;
    if (!messages.length) empty.replaceChildren(emptyCard(chatById(chat.id) ?? chat));
    if (following) toBottom();
    else jump.hidden = false;
    focus?.();
    seen();
  }

  function place(wanted) {
    const keep = new Set(wanted);
    for (const node of [...list.children]) if (!keep.has(node)) node.remove();
    let at = list.firstChild;
    for (const node of wanted) {
      if (node === at) at = at.nextSibling;
      else list.insertBefore(node, at);
    }
  }

  // A message that is redrawn under a keyboard keeps the focus where it was, or as near as it can.
  function focusWithin() {
    const active = document.activeElement;
    const article = list.contains(active) ? active.closest("[data-message]") : null;
    if (!article) return null;
    const at = [...article.querySelectorAll("button, a, input")].indexOf(active);
    return () => {
      if (active.isConnected) return;
      const now = list.querySelector(`[data-message="${article.dataset.message}"]`);
      const all = now ? [...now.querySelectorAll("button, a, input")] : [];
      (all[Math.min(at, all.length - 1)] ?? now ?? log).focus({ preventScroll: true });
    };
  }

  const atBottom = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  const visible = () => log.offsetParent !== null;
  const seen = () => visible() && following && markSeen(person, chat.id);

  function toBottom(smoothly = false) {
    following = true;
    jump.hidden = true;
    log.scrollTo({ top: log.scrollHeight, behavior: smoothly && !calm() ? "smooth" : "instant" });
  }

  log.addEventListener("scroll", () => {
    if (!visible()) return;
    following = atBottom();
    jump.hidden = following;
    seen();
  });
  log.addEventListener("keydown", (event) => walk(event, log, list, doings));
  log.addEventListener("contextmenu", (event) => {
    const article = event.target.closest("article.message");
    if (!article || event.target.closest("a, img, input")) return;
    event.preventDefault();
    doings.messageMenu(drawnMessage(article), article);
  });
  jump.addEventListener("click", () => {
    toBottom(true);
    log.focus({ preventScroll: true });
  });

  const drawnMessage = (article) => threadOf(chat.id).messages.get(Number(article.dataset.message));
  const sized = new ResizeObserver(() => following && visible() && toBottom());
  sized.observe(log);
  sized.observe(list);

  const stops = [
    listen("thread", (news) => {
      if (news.chat !== chat.id) return;
      if (news.fresh.some((message) => isOwn(message, person))) following = true;
      sync();
    }),
    listen("clock", sync),
    listen("state", () => !empty.hidden && sync()),
    listen("anew", () => drawn.clear()),
  ];
  sync();

  return {
    element,
    log,
    shown: () => (following && toBottom(), seen()),
    redraw(id) {
      drawn.delete(id);
      sync();
    },
    jumpTo(id) {
      const node = list.querySelector(`[data-message="${id}"]`);
      if (!node) return;
      following = false;
      node.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
      node.focus({ preventScroll: true });
      node.classList.add("found");
      setTimeout(() => node.classList.remove("found"), 1600);
    },
    stop() {
      sized.disconnect();
      stops.forEach((end) => end());
    },
  };
}

const author = (message) => message.sender_chat?.id ?? message.from?.id ?? 0;
const stand = (one, next) => author(one) === author(next) && next.date - one.date < TOGETHER && !next.new_chat_members;

// Before the first message Telegram shows what the bot says of itself; so do we.
const emptyWords = (chat) =>
  chat.type === "private" ? chat.description || t("empty-private") : t(chat.type === "channel" ? "empty-channel" : "empty-group");

const emptyCard = (chat) =>
  make(
    "div",
    { class: "empty-card" },
    make("img", { src: "art/mark.svg", alt: "", width: 64, height: 64 }),
    make("b", {}, make("bdi", { text: chat.title ?? "" })),
    make("p", { dir: "auto", text: emptyWords(chat) }),
  );

// Arrows walk from message to message, Enter opens what can be done with one, Escape goes back to the list.
function walk(event, log, list, doings) {
  const messages = [...list.querySelectorAll("article.message")];
  const active = document.activeElement;
  const at = messages.indexOf(active);
  if (active !== log && at < 0) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const to = at < 0 ? (event.key === "ArrowUp" ? messages.length - 1 : -1) : at + (event.key === "ArrowUp" ? -1 : 1);
    if (!messages[to]) return;
    event.preventDefault();
    messages[to].focus();
  } else if (at >= 0 && event.key === "Enter") {
    event.preventDefault();
    messages[at].querySelector(".side-menu").click();
  } else if (at >= 0 && event.key === "Escape") {
    log.focus();
  }
}
