// Where the page begins: the top bar, the phones, the side panel, and the news that keep them true.

import { follow } from "./stage/live.js";
import { announce, listen, refreshEverything, world } from "./stage/store.js";
import { startCounting } from "./stage/unread.js";
import { followLetters } from "./stage/whatsapp.js";
import { make } from "./drawing/dom.js";
import { makeTop } from "./top/top.js";
import { makePeople, narrow, shownPeople } from "./top/people.js";
import { makePhone } from "./phone/phone.js";
import { makeSide } from "./panels/side.js";
import { speak, t, wantedLanguage } from "./words/words.js";

const top = document.getElementById("top");
const room = document.getElementById("phones");
const line = document.getElementById("line");

const phones = new Map(); // person id -> phone; a hidden phone keeps its draft and its place
let bar = null;
let people = null;
let side = null;

function showPhones() {
  const shown = shownPeople();
  const wanted = new Set(shown.map((person) => person.id));
  for (const person of shown) if (!phones.has(person.id)) phones.set(person.id, makePhone(person));
  room.querySelector(".waking")?.remove();
  let before = null; // phones stand in the order of the people; one that is in its place is never moved
  for (const person of world.people) {
    const phone = phones.get(person.id);
    if (!phone) continue;
    phone.show(wanted.has(person.id));
    const next = before ? before.nextSibling : room.firstChild;
    if (next !== phone.element) room.insertBefore(phone.element, next);
    before = phone.element;
  }
  room.style.setProperty("--phones", shown.length);
}

function build() {
  bar?.stop();
  people?.stop();
  side?.stop();
  for (const phone of phones.values()) phone.stop();
  phones.clear();
  room.replaceChildren();
  document.getElementById("skip").textContent = t("skip");
  side = makeSide(document.getElementById("side"), document.getElementById("hall"));
  people = makePeople(document.getElementById("people"), showPhones);
  bar = makeTop({ side, rebuilt: build });
  top.replaceChildren(...bar.parts);
  showPhones();
}

function say(text, bad = true) {
  line.replaceChildren(text ? make("p", { class: bad ? "line-bad" : "line-good", text }) : "");
}

let complaint = 0;
listen("complaint", (text) => {
  say(text || t("no-answer"));
  clearTimeout(complaint);
  complaint = setTimeout(() => say(""), 5000);
});
let lost = false;
listen("line", (whole) => {
  if (whole === !lost) return;
  lost = !whole;
  say(lost ? t("line-lost") : "");
});
listen("alert", (news) => phones.get(news.person)?.hearAlert(news));
listen("typing", (news) => phones.forEach((phone) => phone.hearTyping(news)));
narrow.addEventListener("change", () => {
  people?.draw();
  showPhones();
});

await speak(wantedLanguage());
room.querySelector(".waking").textContent = t("waking");
startCounting();
followLetters();
for (;;) {
  try {
    await refreshEverything();
    break;
  } catch {
    announce("line", false);
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}
announce("line", true);
build();
follow();
