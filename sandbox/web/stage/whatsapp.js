// What the page knows of WhatsApp: the messages on each phone, fetched when its news arrive.

import * as api from "./api.js";
import { announce, listen, refreshState, world } from "./store.js";

const empty = () => ({ version: 0, messages: new Map(), loaded: false, seen: 0, fetching: null, again: false });
const threads = new Map(); // person id -> thread
let known = 0;
let soon = 0;

export function letters(person) {
  if (!threads.has(person)) threads.set(person, empty());
  return threads.get(person);
}

export const messagesOn = (person) => [...letters(person).messages.values()].sort((a, b) => a.n - b.n);
export const stateOf = (person) => world.whatsapp?.phones?.[person] ?? {};
export const listening = () => Boolean(world.whatsapp?.listening);

export function unreadOn(person) {
  const thread = letters(person);
  return messagesOn(person).filter((message) => !message.own && message.n > thread.seen).length;
}

export function markRead(person) {
  const thread = letters(person);
  const last = Math.max(0, ...messagesOn(person).map((message) => message.n));
  if (thread.seen === last) return;
  thread.seen = last;
  announce("whatsapp-unread", person);
}

// One fetch at a time; a call during a fetch asks for one more round.
export async function refreshLetters(person) {
  const thread = letters(person);
  if (thread.fetching) {
    thread.again = true;
    return;
  }
  do {
    thread.again = false;
    thread.fetching = api.getLetters(person, thread.version);
    try {
      const news = await thread.fetching;
      if (threads.get(person) !== thread) return; // the stage began anew meanwhile
      const fresh = news.messages.filter((message) => !thread.messages.has(message.id));
      for (const message of news.messages) {
        if (message.deleted) thread.messages.delete(message.id);
        else thread.messages.set(message.id, message);
      }
      const first = !thread.loaded;
      Object.assign(thread, { version: news.version, loaded: true });
      if (first) thread.seen = Math.max(0, ...messagesOn(person).map((message) => message.n));
      if (first || news.messages.length) announce("letters", { person, fresh, first });
    } catch {
      return; // the line says it is lost; the next news asks again
    } finally {
      thread.fetching = null;
    }
  } while (thread.again);
}

const refreshKnown = () => [...threads.keys()].forEach((person) => refreshLetters(person));

export function followLetters() {
  listen("whatsapp", (news) => {
    if (threads.has(news.person)) refreshLetters(news.person);
    clearTimeout(soon);
    soon = setTimeout(() => refreshState().catch(() => null), 150);
  });
  listen("anew", () => {
    const people = [...threads.keys()];
    threads.clear();
    for (const person of people) announce("letters", { person, fresh: [], first: true });
    people.forEach((person) => refreshLetters(person));
  });
  listen("state", () => {
    if (world.version === known) return;
    known = world.version;
    refreshKnown();
  });
}
