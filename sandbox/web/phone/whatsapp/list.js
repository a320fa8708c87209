// The sheet of a list of WhatsApp, to choose one row from.

import { make, name, walk } from "../../drawing/dom.js";
import { t } from "../../words/words.js";
import { openSheet } from "../sheet.js";

let lists = 0;

export function openList(phone, letter, choose) {
  const group = `list-${(lists += 1)}`;
  const send = make("button", { type: "submit", class: "plain strong wide", disabled: true, text: t("send") });
  const rows = letter.sections.map((section) =>
    make(
      "fieldset",
      { class: "list-section" },
      make("legend", { text: section.title || letter.opens }),
      section.rows.map((row) => rowOf(row, group, () => (send.disabled = false))),
    ),
  );
  const form = make("form", { class: "list-form" }, make("h2", { text: letter.opens }), make("div", { class: "list-rows" }, rows), send);
  const close = openSheet(phone, form, { label: letter.opens, kind: "list-sheet" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = form.querySelector("input:checked")?.value;
    if (chosen === undefined) return;
    close();
    choose(chosen);
  });
  form.addEventListener("keydown", (event) => event.target.type !== "radio" && walk(event, form));
}

function rowOf(row, group, chosen) {
  const input = make("input", { type: "radio", name: group, value: row.id });
  input.addEventListener("change", chosen);
  return make(
    "label",
    { class: "list-row" },
    make("span", { class: "list-words" }, name(row.title, { class: "list-title" }), row.description && name(row.description, { class: "list-more" })),
    input,
  );
}
