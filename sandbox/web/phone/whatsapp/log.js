// The messages on one WhatsApp, in order and by day; redrawn where they changed, followed to the newest.

import { listen } from "../../stage/store.js";
import { markRead, messagesOn } from "../../stage/whatsapp.js";
import { dayOf } from "../../top/time.js";
import { calm, make } from "../../drawing/dom.js";
import { t } from "../../words/words.js";
import { drawLetter } from "./bubble.js";

const NEAR = 60; // pixels from the bottom that still count as being there

// looked() is called when what has arrived is on the screen
export function makeLog(person, business, doings, looked) {
  const list = make("div", { class: "list" });
  const empty = make("div", { class: "empty" }, make("div", { class: "empty-card" }, make("b", { text: business }), make("p", { text: t("letters-empty") })));
  const log = make("div", { class: "log", role: "log", tabindex: "0", "aria-label": t("log", { title: `WhatsApp, ${business}` }) }, empty, list);
  const element = make("div", { class: "chat" }, make("div", { class: "wallpaper", "aria-hidden": "true" }), log);
  const drawn = new Map(); // message id -> {version, node}
  let following = true;

  function nodeOf(letter) {
    const old = drawn.get(letter.id);
    if (old?.version === letter.version) return old.node;
    const node = drawLetter(letter, { doings, business });
    drawn.set(letter.id, { version: letter.version, node });
    if (old && old.node.contains(document.activeElement)) keepFocus(old.node, node);
    return node;
  }

  // A message that is redrawn (a tick, a reaction) keeps the focus on the same button.
  function keepFocus(old, node) {
    const at = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
    queueMicrotask(() => (node.querySelectorAll("button, a")[at] ?? node).focus({ preventScroll: true }));
  }

  function sync() {
    const wanted = [];
    let day = "";
    const letters = messagesOn(person.id);
    letters.forEach((letter, at) => {
      const today = dayOf(letter.date * 1000);
      const newDay = today !== day;
      if (newDay) wanted.push(make("p", { class: "day", text: today }));
      day = today;
      const node = nodeOf(letter);
      node.classList.toggle("first", newDay || letters[at - 1].own !== letter.own);
      node.classList.toggle("last", letters[at + 1]?.own !== letter.own);
      wanted.push(node);
    });
    const before = log.scrollTop;
    place(wanted);
    empty.hidden = letters.length > 0;
    log.scrollTop = following ? log.scrollHeight : before;
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

  const visible = () => log.offsetParent !== null;
  function seen() {
    if (!visible()) return;
    markRead(person.id);
    if (messagesOn(person.id).some((letter) => !letter.own && letter.status === "delivered")) looked();
  }

  log.addEventListener("scroll", () => {
    if (visible()) following = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
  });
  log.addEventListener("keydown", (event) => walkLetters(event, log, list, doings));
  const sized = new ResizeObserver(() => following && visible() && (log.scrollTop = log.scrollHeight));
  sized.observe(log);
  sized.observe(list);
  const stops = [
    listen("letters", (news) => {
      if (news.person !== person.id) return;
      if (news.first) drawn.clear();
      if (news.fresh.some((letter) => letter.own)) following = true;
      sync();
    }),
    listen("clock", sync),
  ];
  sync();
  return {
    element,
    log,
    shown: sync,
    jumpTo(id) {
      const node = [...list.children].find((each) => each.dataset.message === id);
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

// Arrows walk from message to message, Enter opens what can be done with one, Escape goes back to the list.
function walkLetters(event, log, list, doings) {
  const all = [...list.querySelectorAll("article.message")];
  const at = all.indexOf(document.activeElement);
  if (document.activeElement !== log && at < 0) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step) {
    const next = all[at < 0 && step < 0 ? all.length - 1 : at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  } else if (at >= 0 && event.key === "Enter") {
    event.preventDefault();
    all[at].querySelector(".side-menu").click();
  } else if (at >= 0 && event.key === "Escape") {
    log.focus();
  }
}
