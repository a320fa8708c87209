// What the page knows of the stage: people, chats and their messages, and who wants to hear of changes.

import * as api from "./api.js";
import { setClock } from "../top/time.js";

export const world = { bot: { name: "", username: "" }, people: [], chats: [], faults: [], version: 0 };

const threads = new Map(); // chat id -> {version, messages: Map, keyboard, pinned, loaded}
const listeners = new Map(); // kind -> Set of functions
const running = new Map(); // chat id -> the fetch under way

export function listen(kind, hear) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind).add(hear);
  return () => listeners.get(kind).delete(hear);
}

export function announce(kind, detail) {
  for (const hear of [...(listeners.get(kind) ?? [])]) hear(detail);
}

export const personById = (id) => world.people.find((person) => person.id === id);
export const chatById = (id) => world.chats.find((chat) => chat.id === id);

const RANK = { private: 0, group: 1, supergroup: 1, channel: 2 };
export const chatsOf = (person) =>
  world.chats
    .filter((chat) => (chat.people ?? []).includes(person.id))
    .sort((a, b) => (RANK[a.type] ?? 3) - (RANK[b.type] ?? 3));

export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

export function threadOf(chat) {
  if (!threads.has(chat)) threads.set(chat, emptyThread());
  return threads.get(chat);
}

const emptyThread = () => ({ version: 0, messages: new Map(), keyboard: null, pinned: null, loaded: false });

// The messages one person sees in a chat, oldest first; a message meant for one reader is hidden from the others.
export function messagesFor(person, chat) {
  return [...threadOf(chat).messages.values()]
    .filter((message) => !message.receiver_user || message.receiver_user.id === person.id)
    .sort((a, b) => a.message_id - b.message_id);
}

export async function refreshState() {
  const state = await api.getState();
  Object.assign(world, state);
  setClock(state.now);
  announce("state");
  return state;
}

// One fetch at a time per chat; a call during a fetch asks for one more round.
export function refreshThread(chat) {
  const under = running.get(chat);
  if (under) {
    under.again = true;
    return under.done;
  }
  const fetching = { again: false };
  fetching.done = (async () => {
    do {
      fetching.again = false;
      await loadThread(chat);
    } while (fetching.again);
  })().finally(() => running.delete(chat));
  running.set(chat, fetching);
  return fetching.done;
}

async function loadThread(chat) {
  let thread = threadOf(chat);
  const asked = thread.version;
  const news = await api.getMessages(chat, asked);
  if (news.version < asked) {
    threads.set(chat, emptyThread()); // the stage began anew
    return loadThread(chat);
  }
  thread = threadOf(chat);
  const first = !thread.loaded;
  const fresh = [];
  for (const message of news.messages) {
    if (message.deleted) {
      thread.messages.delete(message.message_id);
      continue;
    }
    if (!thread.messages.has(message.message_id)) fresh.push(message);
    thread.messages.set(message.message_id, message);
  }
  Object.assign(thread, {
    version: news.version,
    keyboard: news.keyboard ?? null,
    pinned: news.pinned ?? null,
    loaded: true,
  });
  announce("thread", { chat, fresh, first });
}

export const refreshEverything = async () => {
  await refreshState();
  await Promise.all(world.chats.map((chat) => refreshThread(chat.id)));
};

// After «begin anew» nothing that was fetched is true any more.
export async function forgetEverything() {
  for (const chat of threads.keys()) threads.set(chat, emptyThread());
  announce("anew");
  await refreshEverything();
}
