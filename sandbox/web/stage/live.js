// How news arrives: server-sent events that reconnect, and polling while they are down.

import * as store from "./store.js";
import { moveClock } from "../top/time.js";

const POLL_MS = 2000;
const REOPEN_MS = 3000;

let source = null;
let polling = 0;
let known = 0;
let opened = false;

export function follow() {
  open();
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && open());
}

function open() {
  source?.close();
  source = new EventSource("/stage/events");
  source.onopen = () => {
    clearInterval(polling);
    polling = 0;
    catchUp();
  };
  source.onmessage = (event) => hear(JSON.parse(event.data));
  source.onerror = () => {
    if (!polling) polling = setInterval(poll, POLL_MS);
    if (source.readyState === EventSource.CLOSED) setTimeout(open, REOPEN_MS);
  };
}

// The first time everything is fetched already; later the stage may have begun anew while nobody listened.
async function catchUp() {
  try {
    await (opened ? store.forgetEverything() : store.refreshEverything());
    opened = true;
    known = store.world.version;
    store.announce("outbox");
    store.announce("line", true);
  } catch {
    store.announce("line", false);
  }
}

async function poll() {
  try {
    const state = await store.refreshState();
    if (state.version !== known) await Promise.all(store.world.chats.map((chat) => store.refreshThread(chat.id)));
    known = state.version;
    store.announce("outbox");
    store.announce("line", true);
  } catch {
    store.announce("line", false);
  }
}

function hear(news) {
  if (news.kind === "changed") changed(news);
  else if (news.kind === "clock") {
    moveClock(news.now);
    store.announce("clock");
  } else if (news.kind === "reset") again();
  else store.announce(news.kind, news);
}

async function again() {
  try {
    await store.forgetEverything();
  } catch {
    store.announce("line", false);
  }
}

async function changed(news) {
  known = news.version;
  try {
    const chats = news.chats?.length ? news.chats : store.world.chats.map((chat) => chat.id);
    await Promise.all([soonState(), ...chats.map((chat) => store.refreshThread(chat))]);
  } catch {
    store.announce("line", false);
  }
}

// People, chats and faults change seldom: many changes in a row ask for them once.
let asking = null;
function soonState() {
  asking ??= new Promise((resolve) => setTimeout(resolve, 150)).then(() => {
    asking = null;
    return store.refreshState();
  });
  return asking;
}
