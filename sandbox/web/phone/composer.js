// Where a person writes: the field, what stands above it while answering or editing, and the bot's own keyboard.

import { messagesFor, threadOf } from "../stage/store.js";
import { icon } from "../drawing/icons.js";
import { make, name } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { replyKeyboard } from "./keyboards.js";
import { gist, authorOf } from "./message.js";
import { openMenu } from "./menu.js";

const drafts = new Map(); // "person chat" -> what was begun and not sent

// doings: act, sendText, inlineQuery, ownContact, pickLocation
export function makeComposer(person, chat, layer, attachments, doings) {
  const key = `${person.id} ${chat.id}`;
  const field = make("textarea", {
    rows: "1",
    maxlength: "4096",
    placeholder: t("write"),
    "aria-label": t("write-to", { title: chat.title ?? "" }),
    enterkeyhint: "send",
    dir: "auto",
    value: drafts.get(key) ?? "",
  });
  const round = (sign, words, more = {}) =>
    make("button", { type: "button", class: "round", title: words, "aria-label": words, ...more }, icon(sign));
  const commands = make(
    "button",
    { type: "button", class: "commands", "aria-haspopup": "menu", "aria-expanded": "false", title: t("commands"), "aria-label": t("commands") },
    icon("menu", 20),
    make("span", { class: "commands-word", text: t("commands-short") }),
  );
  const attach = round("attach", t("attach"), { "aria-haspopup": "menu", "aria-expanded": "false" });
  const keys = round("keyboard", t("keyboard-hide"), { "aria-expanded": "true" });
  const send = round("send", t("send"), { type: "submit", class: "round send" });
  const about = make("div", { class: "about", hidden: true });
  const form = make("form", { class: "write" }, commands, make("div", { class: "field" }, field, keys, attach), send);
  const board = make("div", { class: "board" });
  const element = make("div", { class: "composer" }, about, form, board);

  let answering = null;
  let editing = null;
  let folded = false;
  let markup = null;

  function regard(what, message) {
    answering = what === "reply" ? message : null;
    editing = what === "edit" ? message : null;
    about.hidden = !message;
    about.replaceChildren();
    if (message) {
      const words = what === "reply" ? t("reply-to", { name: authorOf(message) }) : t("edit-of");
      about.append(
        icon(what, 20),
        make("span", { class: "about-words" }, name(words, { class: "answered-who" }), name(gist(message), { class: "answered-what" })),
        make("button", { type: "button", class: "round", "aria-label": t("cancel"), title: t("cancel"), onclick: () => (regard(null), field.focus()) }, icon("close", 18)),
      );
      if (what === "edit") field.value = message.text ?? "";
      field.focus();
    }
    grow();
  }

  function grow() {
    field.style.height = "auto";
    if (field.scrollHeight) field.style.height = `${Math.min(field.scrollHeight, 132)}px`; // zero until it is seen
    send.classList.toggle("ready", field.value.trim() !== "");
    drafts.set(key, editing ? "" : field.value);
  }

  async function submit() {
    const text = field.value.trim();
    if (!text) return;
    const done = editing
      ? await doings.act("edit", { message: editing.message_id, text })
      : await doings.sendText(text, answering?.message_id);
    if (!done) return;
    if (field.value.trim() === text) field.value = "";
    regard(null);
  }

  form.addEventListener("submit", (event) => (event.preventDefault(), submit()));
  field.addEventListener("input", () => {
    grow();
    const asked = doings.inlineAsked(field.value);
    if (asked !== null) {
      field.value = "";
      grow();
      doings.inlineQuery(asked, true);
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && !about.hidden) {
      event.stopPropagation();
      if (editing) field.value = "";
      regard(null);
    } else if (event.key === "ArrowUp" && !field.value) {
      const own = messagesFor(person, chat.id).findLast((message) => message.from?.id === person.id && message.text);
      if (own) (event.preventDefault(), regard("edit", own));
    }
  });
  field.addEventListener("paste", (event) => {
    const [file] = event.clipboardData?.files ?? [];
    if (file) (event.preventDefault(), attachments.give(file));
  });
  attach.addEventListener("click", () => attachments.open(attach));
  commands.addEventListener("click", () =>
    openMenu(layer, {
      label: t("commands"),
      from: commands,
      items: (chat.commands ?? []).map((each) => ({
        words: `/${each.command}`,
        hint: each.description,
        run: () => doings.sendText(`/${each.command}`),
      })),
    }),
  );
  keys.addEventListener("click", () => {
    folded = !folded;
    showBoard();
  });

  function showBoard() {
    const there = Boolean(markup?.keyboard?.length);
    keys.hidden = !there;
    board.hidden = !there || folded;
    const words = t(folded ? "keyboard-show" : "keyboard-hide");
    keys.title = words;
    keys.setAttribute("aria-label", words);
    keys.setAttribute("aria-expanded", String(!folded));
  }

  // What the stage says now: the keyboard, the commands, a question that wants an answer.
  function update(now, fresh = []) {
    chat = now;
    commands.hidden = !(chat.type === "private" && chat.commands?.length);
    const next = threadOf(chat.id).keyboard;
    if (JSON.stringify(next) !== JSON.stringify(markup)) {
      markup = next;
      folded = false;
      board.replaceChildren();
      if (markup?.keyboard) {
        const sent = (text) => doings.sendText(text).then((done) => done && markup?.one_time_keyboard && ((folded = true), showBoard()));
        board.append(replyKeyboard(markup, { ...doings, sendText: sent }));
      }
      field.placeholder = markup?.input_field_placeholder || t("write");
    }
    showBoard();
    const asking = fresh.findLast((message) => message.reply_markup?.force_reply);
    if (asking && chat.type === "private") regard("reply", asking);
  }

  return { element, update, grow, regard, focus: () => field.focus() };
}
