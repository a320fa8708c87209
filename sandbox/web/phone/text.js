// A text with its entities as elements: nested styles, links, quotes that fold, spoilers; never as HTML.

import { make, unseen } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { spell } from "../top/time.js";
import { understand } from "./links.js";

const STYLES = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code" };
const OPAQUE = new Set(["code", "pre", "url", "text_link", "mention", "bot_command", "email", "phone_number"]);
const FOUND =
  /https?:\/\/[^\s<>"«»]+|\b(?:t|wa)\.me\/[^\s<>"«»]+|(?<![\w/])\/[a-z][a-z0-9_]{0,31}(?:@\w+)?\b|(?<!\w)@[a-z]\w{3,31}\b/gi;
const FOLDED_AFTER = 110;

// doings: openLink(address), sendText(text)
export function drawText(text, entities, doings) {
  const sorted = [...(entities ?? [])]
    .filter((entity) => entity.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return piece(text, 0, text.length, sorted, doings, false);
}

function piece(text, from, to, entities, doings, opaque) {
  const out = document.createDocumentFragment();
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) {
      rest = others;
      continue;
    }
    if (start > at) out.append(plain(text.slice(at, start), doings, opaque));
    const within = others.filter((other) => other.offset < end);
    const inner = piece(text, start, end, within, doings, opaque || OPAQUE.has(entity.type));
    out.append(dress(entity, text.slice(start, end), inner, doings));
    at = end;
    rest = others.filter((other) => other.offset + other.length > end);
  }
  if (at < to) out.append(plain(text.slice(at, to), doings, opaque));
  return out;
}

// Telegram finds links and commands by itself; so do we, where no entity says so already.
function plain(text, doings, opaque) {
  if (opaque) return document.createTextNode(text);
  const out = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(FOUND)) {
    const word = found[0].replace(/[.,;:!?)\]»…]+$/, "");
    out.append(text.slice(at, found.index));
    if (/^[/@]/.test(word) && !doings.sendText) out.append(word); // WhatsApp knows neither commands nor mentions
    else if (word.startsWith("/")) out.append(command(word, word, doings));
    else if (word.startsWith("@")) out.append(make("span", { class: "mention", text: word }));
    else out.append(linkTo(word, document.createTextNode(word), doings));
    at = found.index + word.length;
  }
  out.append(text.slice(at));
  return out;
}

function dress(entity, words, inner, doings) {
  if (STYLES[entity.type]) return make(STYLES[entity.type], {}, inner);
  switch (entity.type) {
    case "pre":
      return make("pre", { "data-language": entity.language }, inner);
    case "url":
      return linkTo(words, inner, doings);
    case "text_link":
      return linkTo(entity.url, inner, doings);
    case "email":
      return linkTo(`mailto:${words}`, inner, doings);
    case "phone_number":
      return linkTo(`tel:${words.replace(/[^\d+]/g, "")}`, inner, doings);
    case "bot_command":
      return command(words, inner, doings);
    case "spoiler":
      return spoiler(inner);
    case "blockquote":
      return make("blockquote", {}, inner);
    case "expandable_blockquote":
      return folded(words, inner);
    case "date_time":
      return entity.date_time_format
        ? make("time", { text: spell(entity.unix_time, entity.date_time_format) })
        : make("time", {}, inner);
    default: // mention, hashtag, cashtag, text_mention, custom_emoji and what is yet to come
      return make("span", { class: ["custom_emoji"].includes(entity.type) ? null : "mention" }, inner);
  }
}

export function linkTo(address, inner, doings) {
  const meaning = understand(address);
  if (!meaning) return make("span", {}, inner);
  const away = meaning.kind === "web";
  const anchor = make(
    "a",
    { href: away ? meaning.href : address, target: "_blank", rel: "noopener noreferrer", title: address },
    inner,
    away && unseen(` ${t("new-tab")}`),
  );
  if (!away) {
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      doings.openLink(address);
    });
  }
  return anchor;
}

const command = (words, inner, doings) =>
  make("button", { type: "button", class: "as-link", onclick: () => doings.sendText(words) }, inner);

function spoiler(inner) {
  const words = make("span", { class: "spoiler-words", "aria-hidden": "true" }, inner);
  const cover = make("button", { type: "button", class: "spoiler", "aria-label": t("spoiler") }, words);
  cover.addEventListener("click", () => cover.replaceWith(make("span", { class: "revealed" }, ...words.childNodes)), {
    once: true,
  });
  return cover;
}

function folded(words, inner) {
  const quote = make("blockquote", { class: "foldable" }, make("div", { class: "fold" }, inner));
  if (words.length < FOLDED_AFTER && words.split("\n").length <= 3) return quote;
  quote.classList.add("folded");
  const toggle = make("button", { type: "button", class: "as-link fold-toggle", "aria-expanded": "false" });
  toggle.textContent = t("quote-more");
  toggle.addEventListener("click", () => {
    const closed = quote.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!closed));
    toggle.textContent = t(closed ? "quote-more" : "quote-less");
  });
  quote.append(toggle);
  return quote;
}
