// Inline mode: a question to the bot from any chat, its results, and the one that is chosen.

import { act } from "../stage/api.js";
import { chatsOf } from "../stage/store.js";
import { make, name, arrows } from "../drawing/dom.js";
import { t } from "../words/words.js";
import { openSheet } from "./sheet.js";

const PAUSE_MS = 300;

// Opens the box; `chosen(chat)` is called after a result was put into a chat.
export function openInline(phone, person, chat, query, fixed, { complain, chosen }) {
  let target = chat;
  let asked = 0;
  let later = 0;
  const field = make("input", {
    type: "search",
    value: query,
    "aria-label": t("inline-query"),
    placeholder: t("inline-query"),
    dir: "auto",
    "data-first": true,
  });
  const results = arrows(make("div", { class: "results", "aria-live": "polite" }));
  const done = make("button", { type: "button", class: "plain", text: t("close") });
  const places = fixed ? null : where(chatsOf(person), target, (to) => ((target = to), ask()));
  const close = openSheet(phone, [make("h2", { text: t("inline") }), places, field, results, done], {
    label: t("inline"),
    kind: "inline",
  });

  async function ask(offset = "") {
    const turn = ++asked;
    if (!offset) results.replaceChildren(make("p", { class: "note", text: t("inline-waiting") }));
    try {
      const answer = await act(person.id, target.id, "inline", { query: field.value, offset });
      if (turn !== asked) return;
      if (!offset) results.replaceChildren();
      else results.querySelector(".inline-more")?.remove();
      results.append(...answer.results.map(row));
      if (!results.children.length) results.append(make("p", { class: "note", text: t("inline-nothing") }));
      if (answer.next_offset) {
        const more = make("button", { type: "button", class: "plain wide inline-more", text: t("inline-more") });
        more.addEventListener("click", () => ask(answer.next_offset));
        results.append(more);
      }
    } catch (error) {
      if (turn === asked) results.replaceChildren(make("p", { class: "note", text: error.message || t("no-answer") }));
    }
  }

  function row(result) {
    const words = result.title ?? result.caption ?? result.type ?? "";
    const more = result.description ?? result.input_message_content?.message_text ?? "";
    return make(
      "button",
      { type: "button", class: "result", onclick: () => choose(result) },
      make("span", { class: "result-mark", "aria-hidden": "true", text: [...words][0] ?? "·" }),
      make("span", { class: "result-words" }, name(words, { class: "result-title" }), name(more, { class: "result-more" })),
    );
  }

  async function choose(result) {
    try {
      await act(person.id, target.id, "choose", { result: result.id });
      close();
      chosen(target.id);
    } catch (error) {
      complain(error.message);
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    results.querySelector("button")?.focus();
  });
  done.addEventListener("click", close);
  ask();
}

// Which of a person's chats something goes to.
export function where(chats, first, choose) {
  const group = `where-${Math.random().toString(36).slice(2)}`;
  return make(
    "fieldset",
    { class: "where" },
    make("legend", { text: t("inline-where") }),
    chats
      .filter((chat) => chat.type !== "channel")
      .map((chat) =>
        make(
          "label",
          {},
          make("input", { type: "radio", name: group, checked: chat.id === first.id, onchange: () => choose(chat) }),
          name(chat.title ?? ""),
        ),
      ),
  );
}
