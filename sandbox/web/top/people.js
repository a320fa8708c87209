// Whose phones are shown: several side by side on a wide screen, one at a time on a narrow one; remembered.

import { listen, world, chatsOf, fullName } from "../stage/store.js";
import { unreadOf } from "../stage/unread.js";
import { make, name, unseen, walk } from "../drawing/dom.js";
import { t, tOr } from "../words/words.js";

const KEPT_MANY = "ashar-sandbox-phones";
const KEPT_ONE = "ashar-sandbox-phone";
const MOST = 4;
const DEFAULT_NAMES = ["aigul", "cholpon"];

export const narrow = matchMedia("(max-width: 719px)");

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return [];
  }
}

function keep(key, ids) {
  try {
    localStorage.setItem(key, JSON.stringify(ids));
  } catch {
    // the choice lives until the page is closed
  }
}

const known = (ids) => ids.filter((id) => world.people.some((person) => person.id === id));

function firstChoice() {
  const named = world.people.filter((person) => DEFAULT_NAMES.includes(person.username?.toLowerCase()));
  return (named.length ? named : world.people.slice(0, 2)).map((person) => person.id);
}

export function shownPeople() {
  const many = known(kept(KEPT_MANY));
  const ids = many.length ? many : firstChoice();
  if (!narrow.matches) return world.people.filter((person) => ids.includes(person.id)).slice(0, MOST);
  const one = known(kept(KEPT_ONE))[0] ?? ids[0];
  return world.people.filter((person) => person.id === one);
}

function choose(person, changed) {
  if (narrow.matches) keep(KEPT_ONE, [person.id]);
  else {
    const ids = shownPeople().map((each) => each.id);
    const without = ids.filter((id) => id !== person.id);
    if (without.length === ids.length) keep(KEPT_MANY, [...ids.slice(-(MOST - 1)), person.id]);
    else if (without.length) keep(KEPT_MANY, without);
  }
  changed();
}

export const roleOf = (person) => tOr(`persona-${person.persona}`, person.persona ?? "");

export function avatar(person) {
  const at = Math.max(0, world.people.findIndex((each) => each.id === person.id));
  const letters = [person.first_name, person.last_name].map((word) => [...(word ?? "")][0] ?? "").join("");
  return make("span", { class: `avatar tone-${at % 6}`, "aria-hidden": "true", text: letters });
}

export function makePeople(element, changed) {
  element.setAttribute("aria-label", t("people"));
  const keys = (event) => walk(event, element);
  element.addEventListener("keydown", keys);
  const draw = () => {
    const shown = shownPeople().map((person) => person.id);
    const focused = element.contains(document.activeElement) ? document.activeElement.dataset.person : null;
    element.replaceChildren(...world.people.map((person) => chip(person, shown.includes(person.id), changed, draw)));
    if (narrow.matches) element.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focused) element.querySelector(`[data-person="${focused}"]`)?.focus();
  };
  draw();
  const stops = [listen("state", draw), listen("unread", draw)];
  return { draw, stop: () => (element.removeEventListener("keydown", keys), stops.forEach((end) => end())) };
}

function chip(person, on, changed, draw) {
  const unread = on ? 0 : unreadOf(person, chatsOf(person));
  return make(
    "button",
    {
      type: "button",
      class: "chip",
      "aria-pressed": String(on),
      "data-person": person.id,
      title: `${fullName(person)}, ${roleOf(person)}`,
      onclick: () => (choose(person, changed), draw()),
    },
    avatar(person),
    make(
      "span",
      { class: "chip-words" },
      name(person.first_name, { class: "chip-name" }),
      unseen(", "),
      make("span", { class: "chip-role", text: roleOf(person) }),
    ),
    unread > 0 && make("span", { class: "count", "aria-hidden": "true", text: unread }),
    unread > 0 && unseen(`, ${t("people-unread", { n: unread })}`),
  );
}
