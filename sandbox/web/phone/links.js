// What a link means inside a phone: start the bot, share a text, open a chat of the sandbox or its WhatsApp, or leave.

import { world } from "../stage/store.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

export function understand(address) {
  const text = String(address ?? "").trim();
  const url = parse(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
  if (!url) return null;
  if (url.protocol === "tg:") return telegram(url.searchParams.get("domain") ?? "", url.searchParams, text);
  if (!SAFE.has(url.protocol)) return null;
  if (/^(www\.)?(t\.me|telegram\.me)$/i.test(url.hostname)) {
    const path = url.pathname.replace(/^\/+/, "");
    if (path === "share/url" || path === "share") return share(url.searchParams);
    return telegram(path, url.searchParams, url.href);
  }
  if (url.hostname === "wa.me" && url.pathname.slice(1) === world.whatsapp?.number) return { kind: "whatsapp" };
  return { kind: "web", href: url.href };
}

function parse(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const share = (asked) => ({
  kind: "share",
  text: [asked.get("text"), asked.get("url")].filter(Boolean).join("\n"),
});

function telegram(who, asked, href) {
  if (who.toLowerCase() === (world.bot.username ?? "").toLowerCase()) {
    if (asked.has("startgroup") || asked.has("startchannel")) return { kind: "group", channel: asked.has("startchannel") };
    return asked.has("start") ? { kind: "start", payload: asked.get("start") } : { kind: "private" };
  }
  const chat = world.chats.find((each) => each.username && each.username.toLowerCase() === who.toLowerCase());
  if (chat) return { kind: "chat", chat: chat.id };
  return href.startsWith("tg:") ? null : { kind: "web", href };
}
