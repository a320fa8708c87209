// A native form of WhatsApp, a Flow: its questions and inputs as the Flow's JSON says, filled in and sent.

import { make } from "../../drawing/dom.js";
import { t } from "../../words/words.js";
import { openSheet } from "../sheet.js";

let forms = 0;

export function openForm(phone, letter, send) {
  forms += 1;
  const { opens, parts } = letter.form;
  const foot = parts.find((part) => part.type === "Footer");
  const go = make("button", { type: "submit", class: "plain strong wide", text: foot?.label ?? t("send") });
  const fields = make("div", { class: "flow-parts" }, drawn(parts, `flow-${forms}`));
  const form = make("form", { class: "list-form" }, make("h2", { text: opens }), fields, go);
  const close = openSheet(phone, form, { label: opens });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const inputs = [...form.querySelectorAll("[name]")];
    close();
    send(Object.fromEntries(inputs.map((input) => [input.name, input.value])));
  });
}

// The words above an input belong to it.
function drawn(parts, group) {
  let above = "";
  return parts.map((part, at) => {
    if (part.text !== undefined) {
      above = `${group}-${at}`;
      return make("p", { id: above, class: "flow-words", dir: "auto", text: part.text });
    }
    if (part.name === undefined) return null;
    const about = { name: part.name, required: part.required, "aria-describedby": above || null };
    return make("label", { class: "flow-field" }, make("span", { dir: "auto", text: part.label + (part.required ? "" : ` (${t("letter-form-free")})`) }), input(part, about));
  });
}

function input(part, about) {
  const value = part["init-value"] ?? "";
  if (part.type === "TextArea") return make("textarea", { ...about, rows: "3", maxlength: part["max-length"], value });
  if (part.type === "DatePicker") return make("input", { ...about, type: "date", value });
  if (part.type !== "Dropdown") return make("input", { ...about, type: "text", maxlength: part["max-chars"], autocomplete: "off", value });
  const options = part["data-source"].map((each) => make("option", { value: each.id, text: each.title }));
  return make("select", about, make("option", { value: "", text: "" }), options);
}
