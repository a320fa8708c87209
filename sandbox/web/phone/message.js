// One message as it is seen: who, what it answers, what it carries, its text, its time, and its buttons.

import { fullName, personById, world } from "../stage/store.js";
import { hoursOf } from "../top/time.js";
import { icon } from "../drawing/icons.js";
import { make, name, unseen } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { inlineKeyboard } from "./keyboards.js";
import { drawMedia } from "./media.js";
import { drawPoll } from "./poll.js";
import { drawRich } from "./rich.js";
import { drawText } from "./text.js";

const CIRCUMSTANCES = new Set(
  ("message_id date chat from sender_chat version deleted edit_date reply_markup reply_to_message via_bot entities " +
    "caption_entities author_signature media_group_id link_preview_options forward_origin has_protected_content " +
    "message_thread_id reactions new_chat_member receiver_user ephemeral_message_id").split(" "),
);

export const isOwn = (message, person) => message.from?.id === person.id && !message.sender_chat;

export function authorOf(message) {
  if (message.sender_chat) return message.sender_chat.title ?? "";
  if (!message.from) return message.chat?.title ?? "";
  if (message.from.id === world.bot.id) return world.bot.name;
  return fullName(personById(message.from.id) ?? message.from);
}

// What a message says in one line: for quotes, for the pinned bar, for a screen reader.
export function gist(message) {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ").slice(0, 120);
  if (message.photo) return t("photo");
  if (message.document) return message.document.file_name ?? t("file");
  if (message.voice) return t("voice");
  if (message.location || message.venue) return t("location");
  if (message.contact) return t("contact");
  if (message.poll) return `${t("poll")}: ${message.poll.question}`;
  return t("chat");
}

export function drawMessage(message, { person, chat, doings }) {
  const service = serviceWords(message);
  if (service) return make("p", { class: "service", "data-message": message.message_id }, make("bdi", { text: service }));
  const own = isOwn(message, person);
  const bubble = make(
    "div",
    { class: "bubble" },
    author(message, own, chat),
    forwarded(message),
    message.via_bot && make("p", { class: "origin" }, name(t("via", { name: `@${message.via_bot.username}` }))),
    quote(message, person, doings),
    content(message, person, own, doings),
  );
  const side = make(
    "button",
    { type: "button", class: "side-menu", tabindex: "-1", "aria-hidden": "true", title: t("message-menu") },
    icon("more", 18),
  );
  side.addEventListener("click", () => doings.messageMenu(message, article));
  const article = make(
    "article",
    { class: `message ${own ? "own" : "theirs"}`, "data-message": message.message_id, tabindex: "-1" },
    make("div", { class: "bubble-line" }, bubble, side),
    reactions(message, person, doings),
    inlineKeyboard(message, doings),
  );
  if (message.reply_markup?.inline_keyboard?.length) article.classList.add("with-keys");
  return article;
}

function reactions(message, person, doings) {
  if (!message.reactions?.length) return null;
  const counts = new Map();
  for (const each of message.reactions) counts.set(each.emoji, [...(counts.get(each.emoji) ?? []), each.person]);
  return make(
    "div",
    { class: "reactions" },
    [...counts].map(([emoji, who]) =>
      make(
        "button",
        { type: "button", "aria-pressed": String(who.includes(person.id)), onclick: () => doings.react(message, emoji) },
        `${emoji} ${who.length}`,
      ),
    ),
  );
}

function author(message, own, chat) {
  const words = own ? t("you") : authorOf(message);
  if (chat.type === "private" || own) return unseen(`${words}: `);
  const at = world.people.findIndex((each) => each.id === message.from?.id);
  return make("p", { class: `author ${at < 0 ? "" : `ink-${at % 6}`}` }, name(words));
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const from =
    origin.sender_user_name ??
    (origin.sender_user && fullName(origin.sender_user)) ??
    (origin.sender_chat ?? origin.chat)?.title ??
    "";
  return make("p", { class: "origin" }, name(t("forwarded", { name: from })));
}

function quote(message, person, doings) {
  const answered = message.reply_to_message;
  if (!answered) return null;
  return make(
    "button",
    { type: "button", class: "answered", onclick: () => doings.jumpTo(answered.message_id) },
    name(isOwn(answered, person) ? t("you") : authorOf(answered), { class: "answered-who" }),
    name(gist(answered), { class: "answered-what" }),
  );
}

function content(message, person, own, doings) {
  const parts = drawMedia(message, doings);
  if (message.poll) parts.push(drawPoll(message, person, doings));
  if (message.rich_message) parts.push(drawRich(message.rich_message, doings));
  const text = message.text ?? message.caption;
  const meta = metaOf(message, own);
  if (text === undefined) {
    if (!parts.length) parts.push(unknown(message));
    meta.classList.add(message.photo ? "over" : "alone");
    return [...parts, meta];
  }
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  const body = make("div", { class: "body" }, drawText(text, entities, doings), meta);
  return message.show_caption_above_media ? [body, ...parts] : [...parts, body];
}

function unknown(message) {
  const kind = Object.keys(message).filter((key) => !CIRCUMSTANCES.has(key)).join(", ");
  return make("p", { class: "unknown", text: t("unknown", { kind: kind || "?" }) });
}

function metaOf(message, own) {
  const at = message.date * 1000;
  return make(
    "span",
    { class: "meta" },
    message.author_signature && name(`${message.author_signature}, `),
    message.edit_date && make("span", { text: `${t("edited")} ` }),
    make("time", { datetime: new Date(at).toISOString(), text: hoursOf(at) }),
    own && icon("check", 14),
  );
}

function serviceWords(message) {
  const named = (user) => (user.id === world.bot.id ? world.bot.name : fullName(user));
  if (message.new_chat_members) return t("service-joined", { name: message.new_chat_members.map(named).join(", ") });
  if (message.left_chat_member) return t("service-left", { name: named(message.left_chat_member) });
  if (message.pinned_message) return t("service-pinned");
  if (message.new_chat_title) return t("service-title", { name: message.new_chat_title });
  return null;
}
