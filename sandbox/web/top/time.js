// What time it is in the sandbox, and how times and days are written in its zone.

import { t } from "../words/words.js";

let base = Date.now();
let measured = performance.now();
let offsetMinutes = 0;
let offsetText = "Z";

export function setClock(iso) {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return;
  base = at;
  measured = performance.now();
  offsetText = /([+-]\d\d:\d\d|Z)$/.exec(iso)?.[1] ?? "Z";
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(offsetText) ?? [null, "+", "0", "0"];
  offsetMinutes = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

// News of the clock tell the moment in any zone; the zone stays the one the stage named.
export function moveClock(iso) {
  base = Date.parse(iso);
  measured = performance.now();
}

export const now = () => base + (performance.now() - measured);

const two = (number) => String(number).padStart(2, "0");

// The sandbox's wall clock as a date whose UTC parts are the local ones.
const wall = (at) => new Date(at + offsetMinutes * 60_000);

export function hoursOf(at) {
  const day = wall(at);
  return `${two(day.getUTCHours())}:${two(day.getUTCMinutes())}`;
}

export function dateOf(at) {
  const day = wall(at);
  return `${two(day.getUTCDate())}.${two(day.getUTCMonth() + 1)}.${day.getUTCFullYear()}`;
}

export const weekdayOf = (at) => t("weekdays")[wall(at).getUTCDay()];

// A day as the line between messages says it: today, yesterday, 4 May, 4 May 2025.
export function dayOf(at) {
  const ago = Math.floor(wall(now()).getTime() / 86_400_000) - Math.floor(wall(at).getTime() / 86_400_000);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  const day = wall(at);
  const words = t("day", { day: day.getUTCDate(), month: t("months")[day.getUTCMonth()] });
  return day.getUTCFullYear() === wall(now()).getUTCFullYear() ? words : `${words}, ${day.getUTCFullYear()}`;
}

// The value of a <input type="datetime-local"> and back.
export const forInput = (at) => wall(at).toISOString().slice(0, 16);
export const fromInput = (value) => `${value.length === 16 ? `${value}:00` : value}${offsetText}`;

// The same day and hour a month later; the 31st becomes the last day there is.
export function monthLater(at) {
  const day = wall(at);
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 2, 0)).getUTCDate();
  day.setUTCDate(Math.min(day.getUTCDate(), last));
  day.setUTCMonth(day.getUTCMonth() + 1);
  return `${day.toISOString().slice(0, 19)}${offsetText}`;
}

// A date_time entity: w weekday, d/D date, t/T time, as the Bot API spells its formats.
export function spell(unix, format) {
  const at = unix * 1000;
  const parts = { w: weekdayOf(at), d: dateOf(at), D: dateOf(at), t: hoursOf(at), T: hoursOf(at), r: dayOf(at) };
  return [...format].map((letter) => parts[letter]).filter(Boolean).join(", ");
}
