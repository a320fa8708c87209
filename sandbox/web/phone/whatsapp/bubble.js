// One WhatsApp message as it is seen: what it answers and carries, its words, its time and ticks, its buttons.

import { hoursOf } from "../../top/time.js";
import { icon } from "../../drawing/icons.js";
import { arrows, make, name, unseen } from "../../drawing/dom.js";
import { t } from "../../words/words.js";
import { drawMedia } from "../media.js";
import { drawText } from "../text.js";
import { readMarks } from "./words.js";

const TICKS = { delivered: "letter-delivered", read: "letter-read" };

// doings: press, openList, openForm, sendPlace, sendNumber, openLink, showPhoto, jumpTo, letterMenu
export function drawLetter(letter, { doings, business }) {
  const bubble = make(
    "div",
    { class: "bubble" },
    unseen(`${letter.own ? t("you") : business}: `),
    answered(letter, doings, business),
    letter.header && make("p", { class: "letter-header" }, drawText(letter.header, [], doings)),
    content(letter, doings),
    letter.footer && make("p", { class: "letter-footer", dir: "auto", text: letter.footer }),
  );
  (bubble.querySelector(".letter-footer") ?? bubble.querySelector(".body") ?? bubble).append(metaOf(letter));
  const side = make(
    "button",
    { type: "button", class: "side-menu", tabindex: "-1", "aria-hidden": "true", title: t("message-menu") },
    icon("more", 18),
  );
  const article = make(
    "article",
    { class: `message ${letter.own ? "own" : "theirs"}`, "data-message": letter.id, tabindex: "-1" },
    make("div", { class: "bubble-line" }, bubble, side),
    reactions(letter),
    keys(letter, doings),
  );
  side.addEventListener("click", () => doings.letterMenu(letter, article));
  if (article.querySelector(".letter-keys")) article.classList.add("with-keys");
  return article;
}

export const gistOf = (letter) =>
  (letter.text || letter.media?.name || (letter.location ? t("location") : letter.contacts ? t("contact") : letter.kind))
    .replace(/\s+/g, " ")
    .slice(0, 120);

function answered(letter, doings, business) {
  if (!letter.answers) return null;
  return make(
    "button",
    { type: "button", class: "answered", onclick: () => doings.jumpTo(letter.answers.id) },
    name(letter.answers.own ? t("you") : business, { class: "answered-who" }),
    name(letter.answers.text.replace(/\s+/g, " ").slice(0, 120) || "…", { class: "answered-what" }),
  );
}

function content(letter, doings) {
  const parts = drawMedia(asCarried(letter), doings);
  for (const card of letter.contacts ?? []) {
    const contact = { first_name: card.name.formatted_name, phone_number: card.phones?.[0]?.phone ?? "" };
    parts.push(...drawMedia({ contact }, doings));
  }
  if (letter.text) {
    const { text, entities } = readMarks(letter.text);
    parts.push(make("div", { class: "body" }, drawText(text, entities, doings)));
  }
  if (!parts.length) parts.push(make("p", { class: "unknown", text: t("unknown", { kind: letter.kind }) }));
  return parts;
}

// The fields drawMedia knows, filled from what WhatsApp tells.
function asCarried(letter) {
  const carried = { location: letter.location, caption: letter.text };
  const { media } = letter;
  if (!media) return carried;
  const file = { file_id: media.file_id, file_name: media.name, file_size: media.size };
  if (media.mime.startsWith("image/")) carried.photo = [{ file_id: media.file_id, width: 0 }];
  else if (media.mime.startsWith("audio/")) carried.voice = file;
  else if (media.mime.startsWith("video/")) carried.video = file;
  else carried.document = file;
  return carried;
}

function metaOf(letter) {
  const at = letter.date * 1000;
  const word = TICKS[letter.status] ?? "letter-sent";
  return make(
    "span",
    { class: `meta ${letter.text || letter.footer ? "" : "alone"}` },
    make("time", { datetime: new Date(at).toISOString(), text: hoursOf(at) }),
    letter.own && make("span", { class: `ticks ${letter.status}` }, icon(letter.status === "sent" ? "check" : "ticks", 16), unseen(` ${t(word)}`)),
  );
}

function reactions(letter) {
  const all = Object.values(letter.reactions);
  if (!all.length) return null;
  return make("p", { class: "letter-reactions" }, make("span", { text: all.join(" ") }));
}

// Reply buttons, the button of a list, of a link, of a form, of a place and of the number stand under the bubble.
function keys(letter, doings) {
  const buttons = letter.own
    ? []
    : [
        ...(letter.buttons ?? []).map((each) => key(each.title, "reply", (node) => doings.press(letter, each.id, node))),
        letter.sections && key(letter.opens, "menu", () => doings.openList(letter)),
        letter.link && key(letter.link.title, "out", () => doings.openLink(letter.link.url)),
        letter.form && key(letter.form.opens, "edit", () => doings.openForm(letter)),
        letter.asks_location && key(t("letter-send-place"), "place", () => doings.sendPlace(letter)),
        letter.asks_contact && key(t("letter-send-number"), "person", (node) => doings.sendNumber(letter, node)),
      ].filter(Boolean);
  if (!buttons.length) return null;
  return arrows(make("div", { class: "letter-keys", role: "group", "aria-label": t("buttons") }, buttons));
}

function key(words, sign, run) {
  const button = make("button", { type: "button", class: "key" }, icon(sign, 16), make("span", { class: "key-words", dir: "auto", text: words }));
  button.addEventListener("click", () => run(button));
  return button;
}
