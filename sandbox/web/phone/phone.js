// One phone: whose it is, which of their chats is open, and everything a hand can do with it.

import * as api from "../stage/api.js";
import { announce, chatById, chatsOf, fullName, listen, messagesFor, threadOf, world } from "../stage/store.js";
import { refreshLetters } from "../stage/whatsapp.js";
import { make } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { makeAttachments } from "./attach.js";
import { makeChat } from "./chat.js";
import { makeComposer } from "./composer.js";
import { makeHead } from "./head.js";
import { makeMessengers } from "./messengers.js";
import { makeWhatsApp } from "./whatsapp/whatsapp.js";
import { openInline } from "./inline.js";
import { understand } from "./links.js";
import { closeMenu, openMenu } from "./menu.js";
import { isOwn } from "./message.js";
import { chooseGroup, shareText } from "./share.js";
import { askSure, showAlert, showPicture, toast } from "./sheet.js";

const coarse = matchMedia("(pointer: coarse)");

export function makePhone(person) {
  const stage = make("div", { class: "stage" });
  const foot = make("div", { class: "foot" });
  const layer = make("div", { class: "layer" });
  const toasts = make("div", { class: "toasts", role: "status" });
  const element = make("section", { class: "phone", "aria-label": t("phone", { name: fullName(person) }) });
  let chat = chatsOf(person)[0];
  let view = null;
  let composer = null;
  let waiting = null;
  let hidden = false;

  const complain = (text) => toast(toasts, text || t("no-answer"));

  async function act(verb, more = {}, where = chat.id) {
    try {
      return await api.act(person.id, where, verb, more);
    } catch (error) {
      complain(error instanceof TypeError ? t("no-answer") : error.message);
      return null;
    }
  }

  const privateChat = () => chatsOf(person).find((each) => each.type === "private");
  const start = (payload = "") => {
    open(privateChat().id);
    return act("start", { payload });
  };

  const doings = {
    act,
    sendText: (text, answering) => act("write", answering ? { text, reply_to: answering } : { text }),
    async press(message, data, button) {
      settle();
      waiting = button;
      button.classList.add("waiting");
      setTimeout(settle, 2500);
      if (!(await act("press", { message: message.message_id, data }))) settle();
    },
    openLink(address) {
      const meaning = understand(address);
      if (!meaning) return;
      if (meaning.kind === "whatsapp" || ["start", "private", "chat"].includes(meaning.kind)) {
        messengers.turn(meaning.kind === "whatsapp" ? "whatsapp" : "telegram");
      }
      if (meaning.kind === "whatsapp") whatsapp.act("open_link", { url: address });
      else if (meaning.kind === "start") start(meaning.payload);
      else if (meaning.kind === "private") open(privateChat().id);
      else if (meaning.kind === "chat") open(meaning.chat);
      else if (meaning.kind === "share") shareText(element, person, chat, meaning.text, shareTo);
      else if (meaning.kind === "group") chooseGroup(layer, person, meaning.channel, null, addBot);
      else window.open(meaning.href, "_blank", "noopener,noreferrer");
    },
    inlineQuery: (query, here) =>
      openInline(element, person, chat, query, here, { complain, chosen: (to) => open(to) }),
    // «@the_bot words» in the field asks the bot, as in Telegram
    inlineAsked(text) {
      const begun = `@${world.bot.username} `.toLowerCase();
      return text.toLowerCase().startsWith(begun) ? text.slice(begun.length) : null;
    },
    ownContact: () => act("contact", { whose: person.id }),
    pickLocation: () => attachments.places(composer.element.querySelector("textarea")),
    react(message, emoji) {
      const own = (message.reactions ?? []).some((each) => each.person === person.id && each.emoji === emoji);
      return act("react", { message: message.message_id, emoji: own ? null : emoji });
    },
    vote: (message, options) => act("vote", { message: message.message_id, options }),
    showPhoto: (address, words) => showPicture(element, address, words),
    jumpTo: (id) => view.jumpTo(id),
    redraw: (id) => view.redraw(id),
    copyText,
    messageMenu,
  };
  const attachments = makeAttachments(person, layer, act);
  const head = makeHead(person, layer, { open, act, start, askSure: (text, yes) => askSure(element, text, yes), jumpTo: doings.jumpTo });

  function settle() {
    waiting?.classList.remove("waiting");
    waiting = null;
  }

  async function addBot(group) {
    if (await act("add_bot", {}, group)) open(group);
  }

  async function shareTo(to, text) {
    if (text.trim() && (await act("write", { text }, to))) open(to);
  }

  async function copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast(toasts, t("copied"));
    } catch {
      complain(text);
    }
  }

  function messageMenu(message, from) {
    if (!message) return;
    const text = message.text ?? message.caption;
    openMenu(layer, {
      label: t("message-menu"),
      from,
      items: [
        chat.type !== "channel" && { words: t("reply"), sign: "reply", run: () => composer.regard("reply", message) },
        isOwn(message, person) && message.text && { words: t("edit"), sign: "edit", run: () => composer.regard("edit", message) },
        { words: t("like"), sign: "like", run: () => doings.react(message, "👍") },
        text && { words: t("copy"), sign: "copy", run: () => copyText(text) },
      ].filter(Boolean),
    });
  }

  function open(id) {
    const next = chatById(id);
    if (!next || (view && next.id === chat.id)) return;
    closeMenu(layer);
    view?.stop();
    chat = next;
    view = makeChat(person, chat, doings);
    composer = makeComposer(person, chat, layer, attachments, doings);
    stage.replaceChildren(view.element);
    refresh();
    view.shown();
  }

  // The foot of the phone: the field, or one big button when there is nothing else to do.
  function refresh(fresh) {
    if (!chatsOf(person).some((each) => each.id === chat.id)) return open(privateChat().id); // thrown out, or it is gone
    chat = chatById(chat.id);
    head.update(chat);
    composer.update(chat, fresh);
    const fresher = threadOf(chat.id).loaded && !messagesFor(person, chat.id).length;
    const begun = chat.started ?? !fresher;
    const holding = foot.contains(document.activeElement);
    let parts = [composer.element];
    if (world.people.find((each) => each.id === person.id)?.deactivated) parts = [note("deleted")];
    else if (chat.type === "private" && chat.blocked) parts = [big("unblock", () => act("unblock"))];
    else if (chat.type === "private" && !begun) parts = [big("start", () => start())];
    else if (chat.type === "channel" && !mayPost()) parts = [note("channel-reader")];
    if (parts[0] !== foot.firstChild || parts[0] !== composer.element) foot.replaceChildren(...parts);
    composer.grow();
    if (holding && !foot.contains(document.activeElement)) inFoot().focus({ preventScroll: true });
  }

  const big = (word, go) => make("button", { type: "button", class: "start", onclick: go, text: t(word) });
  // On a touch screen the field is not taken at once: its keyboard would hide the answer.
  const inFoot = () =>
    (coarse.matches ? null : foot.querySelector("textarea")) ?? foot.querySelector(".start") ?? view.log;
  const note = (word) => make("p", { class: "reader", text: t(word) });
  const mayPost = () => ["creator", "administrator"].includes(chat.members?.[person.id]);

  const whatsapp = makeWhatsApp(person, element, layer, { complain, copyText, openLink: doings.openLink });
  const messengers = makeMessengers(person, (which) => {
    closeMenu(layer);
    for (const part of [head.element, stage, foot]) part.hidden = which === "whatsapp";
    whatsapp.show(which === "whatsapp");
    if (which === "telegram") view.shown();
  });
  head.owner.lastElementChild.before(messengers.element);
  refreshLetters(person.id);
  element.append(head.owner, head.element, stage, foot, whatsapp.element, layer, toasts);
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file) (messengers.chosen() === "whatsapp" ? whatsapp : attachments).give(file);
  });
  open(chat.id);

  const stops = [
    listen("state", () => refresh()),
    listen("unread", () => head.update(chat)),
    listen("thread", (news) => {
      if (news.chat !== chat.id) return;
      if (news.fresh.some((message) => !isOwn(message, person))) head.quiet();
      settle();
      refresh(news.first ? [] : news.fresh);
    }),
  ];

  return {
    element,
    show(yes) {
      if (hidden === !yes) return;
      hidden = !yes;
      element.hidden = hidden;
      if (yes && messengers.chosen() === "whatsapp") whatsapp.show(true);
      else if (yes) view.shown();
    },
    hearAlert(news) {
      settle();
      if (news.url) doings.openLink(news.url);
      if (!news.text) return;
      if (news.show_alert) showAlert(element, news.text);
      else toast(toasts, news.text);
      if (hidden) announce("unread");
    },
    hearTyping(news) {
      if (news.chat === chat.id) head.typing();
      if (news.whatsapp === person.id) whatsapp.typing();
    },
    stop() {
      whatsapp.stop();
      messengers.stop();
      stops.forEach((end) => end());
      view.stop();
      head.stop();
    },
  };
}
