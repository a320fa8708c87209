// What a message may carry besides text: pictures, files, voices, places, contacts.

import { fileAddress } from "../stage/api.js";
import { icon } from "../drawing/icons.js";
import { make, name, unseen } from "../drawing/dom.js";
import { t } from "../words/words.js";

export function drawMedia(message, doings) {
  const parts = [];
  if (message.photo?.length) parts.push(photo(message, doings));
  else if (message.video || message.animation || message.video_note) parts.push(video(message));
  else if (message.document) parts.push(file(message.document));
  if (message.sticker) parts.push(make("span", { class: "sticker", text: message.sticker.emoji ?? "□" }));
  if (message.dice) parts.push(make("span", { class: "sticker", text: `${message.dice.emoji} ${message.dice.value}` }));
  if (message.voice || message.audio) parts.push(sound(message.voice ?? message.audio));
  if (message.venue) parts.push(place(message.venue.location, message.venue));
  else if (message.location) parts.push(place(message.location));
  if (message.contact) parts.push(contact(message.contact));
  return parts;
}

function photo(message, doings) {
  const largest = message.photo.reduce((best, size) => (size.width > best.width ? size : best));
  const address = fileAddress(largest.file_id);
  const words = message.caption || t("photo");
  const picture = make("img", {
    src: address,
    alt: words,
    width: largest.width || null,
    height: largest.height || null,
    loading: "lazy",
    decoding: "async",
  });
  const button = make("button", { type: "button", class: "photo", onclick: () => doings.showPhoto(address, words) }, picture);
  picture.addEventListener("error", () => button.classList.add("broken"));
  if (message.has_media_spoiler) button.classList.add("veiled");
  return button;
}

function video(message) {
  const film = message.video ?? message.animation ?? message.video_note;
  return make("video", {
    class: "video",
    src: fileAddress(film.file_id),
    controls: true,
    preload: "metadata",
    "aria-label": t("video"),
  });
}

export function sizeOf(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function file(document) {
  const title = document.file_name || t("file");
  const ending = /\.([a-z0-9]{1,4})$/i.exec(title)?.[1] ?? "";
  return make(
    "a",
    {
      class: "file",
      href: fileAddress(document.file_id),
      download: title,
      "aria-label": t("download", { name: title }),
    },
    make("span", { class: "file-mark" }, ending ? make("b", { text: ending.toLowerCase() }) : icon("file")),
    make(
      "span",
      { class: "file-words" },
      name(title, { class: "file-name" }),
      make("small", {}, icon("download", 14), ` ${sizeOf(document.file_size)}`),
    ),
  );
}

const sound = (voice) =>
  make(
    "span",
    { class: "sound" },
    make("audio", { src: fileAddress(voice.file_id), controls: true, preload: "none", "aria-label": t("voice") }),
  );

// A place is drawn as a quiet piece of map that is no map: roads, a river and a pin.
const GROUND = [
  ["M-40 112C20 70 70 118 130 92S220 60 320 90", "river"],
  ["M-40 42L320 20", "road"],
  ["M60-10L92 150", "road"],
  ["M190-10C180 50 210 90 196 150", "road"],
  ["M-40 129L320 117", "lane"],
  ["M130-10L138 150", "lane"],
  ["M240-10L252 150", "lane"],
];

function place(location, venue) {
  const at = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
  const address = `https://www.openstreetmap.org/?mlat=${location.latitude}&mlon=${location.longitude}#map=16/${location.latitude}/${location.longitude}`;
  return make(
    "a",
    { class: "place", href: address, target: "_blank", rel: "noopener noreferrer" },
    ground(location),
    make(
      "span",
      { class: "place-words" },
      name(venue?.title ?? t("location"), { class: "place-name" }),
      venue?.address && name(venue.address),
      make("small", { text: at }),
    ),
    unseen(`. ${t("location-map")} ${t("new-tab")}`),
  );
}

function ground(location) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 280 140");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "ground");
  const shift = (Math.abs(location.latitude + location.longitude) * 1000) % 36;
  for (const [line, kind] of GROUND) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", line);
    path.setAttribute("class", kind);
    path.setAttribute("transform", `translate(${(shift - 18).toFixed(1)} 0)`);
    svg.append(path);
  }
  const pin = document.createElementNS(space, "path");
  pin.setAttribute("d", "M140 84c13-14 20-24 20-33a20 20 0 1 0-40 0c0 9 7 19 20 33zM140 58a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z");
  pin.setAttribute("class", "needle");
  svg.append(pin);
  return svg;
}

const contact = (card) =>
  make(
    "div",
    { class: "contact" },
    make("span", { class: "contact-mark" }, icon("person")),
    make(
      "span",
      { class: "contact-words" },
      unseen(`${t("contact")}: `),
      name([card.first_name, card.last_name].filter(Boolean).join(" "), { class: "contact-name" }),
      make("small", { dir: "ltr", text: card.phone_number }),
    ),
  );
