// How many messages a person has not seen yet, chat by chat; what was there when the page opened counts as seen.

import { announce, listen, messagesFor, threadOf, world } from "./store.js";

const seen = new Map(); // "person chat" -> the last message id that was on the screen
const key = (person, chat) => `${person.id} ${chat}`;

const lastId = (chat) => Math.max(0, ...threadOf(chat).messages.keys());

export function startCounting() {
  listen("thread", ({ chat, first }) => {
    if (!first) return announce("unread");
    for (const person of world.people) {
      const before = seen.get(key(person, chat)) ?? Infinity;
      seen.set(key(person, chat), Math.min(before, lastId(chat)));
    }
    announce("unread");
  });
}

export function markSeen(person, chat) {
  const last = lastId(chat);
  if (seen.get(key(person, chat)) === last) return;
  seen.set(key(person, chat), last);
  announce("unread");
}

export function unreadIn(person, chat) {
  const last = seen.get(key(person, chat)) ?? 0;
  return messagesFor(person, chat).filter((message) => message.message_id > last && message.from?.id !== person.id)
    .length;
}

export const unreadOf = (person, chats) => chats.reduce((sum, chat) => sum + unreadIn(person, chat.id), 0);
