// What covers one phone until it is answered: an alert, a question, a picture; and the toast that covers nothing.

import { make } from "../drawing/dom.js";
import { t } from "../words/words.js";

const TOAST_MS = 4500;

// Opens a sheet over the phone; everything under it is inert, Escape closes it, the focus comes back.
export function openSheet(phone, content, { role = "dialog", label, kind = "" } = {}) {
  const before = document.activeElement;
  const ours = before === document.body || phone.contains(before); // never take the focus from another phone
  const sheet = make("div", { class: `sheet ${kind}`, role, "aria-modal": "true", "aria-label": label }, content);
  const cover = make("div", { class: "cover" }, sheet);
  const under = [...phone.children].filter((each) => !each.classList.contains("cover") && !each.classList.contains("toasts"));
  const close = () => {
    cover.remove();
    if (!phone.querySelector(".cover")) for (const each of under) each.inert = false;
    if (!ours) return;
    if (before.isConnected && phone.contains(before)) before.focus({ preventScroll: true });
    else phone.querySelector("textarea, .start")?.focus({ preventScroll: true });
  };
  cover.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  cover.addEventListener("pointerdown", (event) => event.target === cover && close());
  for (const each of under) each.inert = true;
  phone.append(cover);
  if (ours) (sheet.querySelector("[data-first]") ?? sheet.querySelector("input, button"))?.focus({ preventScroll: true });
  return close;
}

export function showAlert(phone, text) {
  const done = make("button", { type: "button", class: "plain strong wide", "data-first": true, text: t("ok") });
  const close = openSheet(phone, [make("p", { class: "alert-words", dir: "auto", text }), done], {
    role: "alertdialog",
    label: text,
    kind: "alert",
  });
  done.addEventListener("click", close);
}

export function askSure(phone, text, yes) {
  const no = make("button", { type: "button", class: "plain", "data-first": true, text: t("cancel") });
  const go = make("button", { type: "button", class: "plain bad", text: t("continue") });
  const close = openSheet(phone, [make("p", { class: "alert-words", text }), make("div", { class: "together" }, no, go)], {
    role: "alertdialog",
    label: text,
    kind: "alert",
  });
  no.addEventListener("click", close);
  go.addEventListener("click", () => (close(), yes()));
}

export function showPicture(phone, address, words) {
  const done = make("button", { type: "button", class: "plain", "data-first": true, text: t("close") });
  const close = openSheet(phone, [make("img", { src: address, alt: words }), done], { label: words, kind: "picture" });
  done.addEventListener("click", close);
}

export function toast(place, text) {
  const slip = make("p", { class: "toast", dir: "auto", text });
  place.append(slip);
  while (place.children.length > 3) place.firstElementChild.remove();
  setTimeout(() => slip.remove(), TOAST_MS);
}
