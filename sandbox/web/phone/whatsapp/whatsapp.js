// One person's WhatsApp: the business's head, the messages, the field, and everything a hand can do there.

import * as api from "../../stage/api.js";
import { listen, world } from "../../stage/store.js";
import { stateOf } from "../../stage/whatsapp.js";
import { hoursOf, now } from "../../top/time.js";
import { icon } from "../../drawing/icons.js";
import { make, name } from "../../drawing/dom.js";
import { t } from "../../words/words.js";
import { makeAttachments } from "../attach.js";
import { openMenu } from "../menu.js";
import { showPicture } from "../sheet.js";
import { gistOf } from "./bubble.js";
import { openForm } from "./form.js";
import { openList } from "./list.js";
import { makeLog } from "./log.js";

const TYPING_MS = 5000;

// outside: complain(text), copyText(text), openLink(address)
export function makeWhatsApp(person, phone, layer, outside) {
  let answering = null;
  const business = world.whatsapp.name;

  async function act(verb, more = {}) {
    try {
      return await api.act(person.id, person.id, verb, { ...more, messenger: "whatsapp" });
    } catch (error) {
      outside.complain(error instanceof TypeError ? t("no-answer") : error.message);
      return null;
    }
  }

  const doings = {
    async press(letter, data, button) {
      button.classList.add("waiting");
      await act("press", { message: letter.id, data });
      button.classList.remove("waiting");
    },
    openList: (letter) => openList(phone, letter, (data) => act("choose", { message: letter.id, data })),
    openForm: (letter) => openForm(phone, letter, (answers) => act("form", { message: letter.id, answers })),
    sendPlace(letter) {
      const there = makeAttachments(person, layer, (verb, more) => act(verb, { ...more, reply_to: letter.id }));
      there.places(field);
    },
    sendNumber: (letter) => act("contact", { whose: person.id, reply_to: letter.id }),
    openLink: outside.openLink,
    showPhoto: (address, words) => showPicture(phone, address, words),
    jumpTo: (id) => view.jumpTo(id),
    letterMenu(letter, from) {
      const mine = letter.reactions.person;
      openMenu(layer, {
        label: t("message-menu"),
        from,
        items: [
          { words: t("reply"), sign: "reply", run: () => regard(letter) },
          { words: t("like"), sign: "like", run: () => act("react", { message: letter.id, emoji: mine ? null : "👍" }) },
          letter.text && { words: t("copy"), sign: "copy", run: () => outside.copyText(letter.text) },
        ].filter(Boolean),
      });
    },
  };

  const attachments = makeAttachments(person, layer, act);
  const view = makeLog(person, business, doings, () => act("read"));
  const state = make("span", { class: "chat-state" });
  const more = make(
    "button",
    { type: "button", class: "round", "aria-haspopup": "menu", "aria-expanded": "false", title: t("chat-menu"), "aria-label": t("chat-menu") },
    icon("more"),
  );
  const head = make(
    "div",
    { class: "head letter-head" },
    make(
      "div",
      { class: "chat-line" },
      make("span", { class: "chat-mark", "aria-hidden": "true" }, make("img", { src: "art/mark.svg", alt: "", width: 40, height: 40 })),
      make("span", { class: "chat-words" }, make("b", { class: "chat-title" }, name(business)), state),
      more,
    ),
  );
  more.addEventListener("click", () => {
    const { blocked, hides_number: hidden } = stateOf(person.id);
    openMenu(layer, {
      label: t("chat-menu"),
      from: more,
      top: true,
      items: [
        blocked
          ? { words: t("unblock"), sign: "check", run: () => act("unblock") }
          : { words: t("letters-block"), sign: "block", run: () => act("block") },
        hidden
          ? { words: t("letters-show-number"), sign: "person", run: () => act("hide_number", { yes: false }) }
          : { words: t("letters-hide-number"), sign: "person", run: () => act("hide_number", { yes: true }) },
      ],
    });
  });

  const field = make("textarea", {
    rows: "1",
    maxlength: "4096",
    placeholder: t("write"),
    "aria-label": t("write-to", { title: `WhatsApp, ${business}` }),
    enterkeyhint: "send",
    dir: "auto",
  });
  const attach = make(
    "button",
    { type: "button", class: "round", "aria-haspopup": "menu", "aria-expanded": "false", title: t("attach"), "aria-label": t("attach") },
    icon("attach"),
  );
  const send = make("button", { type: "submit", class: "round send", title: t("send"), "aria-label": t("send") }, icon("send"));
  const about = make("div", { class: "about", hidden: true });
  const form = make("form", { class: "write" }, make("div", { class: "field" }, field, attach), send);
  const composer = make("div", { class: "composer" }, about, form);
  const unblock = make("button", { type: "button", class: "start", hidden: true, onclick: () => act("unblock"), text: t("unblock") });
  const stage = make("div", { class: "stage" }, view.element);
  const element = make("div", { class: "whatsapp", hidden: true }, head, stage, make("div", { class: "foot" }, composer, unblock));

  function regard(letter) {
    answering = letter;
    about.hidden = !letter;
    about.replaceChildren();
    if (!letter) return;
    about.append(
      icon("reply", 20),
      make(
        "span",
        { class: "about-words" },
        name(t("reply-to", { name: letter.own ? t("you") : business }), { class: "answered-who" }),
        name(gistOf(letter), { class: "answered-what" }),
      ),
      make("button", { type: "button", class: "round", "aria-label": t("cancel"), title: t("cancel"), onclick: () => (regard(null), field.focus()) }, icon("close", 18)),
    );
    field.focus();
  }

  function grow() {
    field.style.height = "auto";
    if (field.scrollHeight) field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
    send.classList.toggle("ready", field.value.trim() !== "");
  }

  async function submit() {
    const text = field.value.trim();
    if (!text || !(await act("write", { text, reply_to: answering?.id ?? null }))) return;
    if (field.value.trim() === text) field.value = "";
    regard(null);
    grow();
  }

  form.addEventListener("submit", (event) => (event.preventDefault(), submit()));
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && answering) {
      event.stopPropagation();
      regard(null);
    }
  });
  attach.addEventListener("click", () => attachments.open(attach));

  let quietAt = 0;
  // Under the name stands until when the business may write freely: 24 hours from the person's last message.
  function update() {
    const { blocked, open_until: until } = stateOf(person.id);
    composer.hidden = Boolean(blocked);
    unblock.hidden = !blocked;
    if (Date.now() < quietAt) return;
    const open = until && Date.parse(until) > now();
    state.textContent = open ? t("letters-open", { time: hoursOf(Date.parse(until)) }) : t("letters-closed");
  }

  function typing() {
    quietAt = Date.now() + TYPING_MS;
    state.textContent = t("typing");
    setTimeout(update, TYPING_MS + 50);
  }

  const stops = [
    listen("state", update),
    listen("clock", update),
    listen("letters", (news) => {
      if (news.person !== person.id) return;
      if (news.fresh.some((letter) => !letter.own)) quietAt = 0;
      update();
    }),
  ];
  update();

  return {
    element,
    act,
    typing,
    give: attachments.give,
    show(yes) {
      element.hidden = !yes;
      if (yes) view.shown();
      if (yes) grow();
    },
    stop() {
      stops.forEach((end) => end());
      view.stop();
    },
  };
}
