// The page's own line drawings, 24 by 24.

const LINES = {
  menu: "M5 8h14M5 12h14M5 16h9",
  attach: "M18.5 11.2l-6.9 6.9a4.2 4.2 0 0 1-6-6l7.4-7.3a2.8 2.8 0 0 1 4 4l-7.2 7.1a1.4 1.4 0 0 1-2-2l6.4-6.3",
  send: "M5 12h12M12 6l6.2 6L12 18",
  keyboard: "M3.5 7h17v10h-17zM7 10.3h.01M10.3 10.3h.01M13.7 10.3h.01M17 10.3h.01M8 13.8h8",
  more: "M12 6h.01M12 12h.01M12 18h.01",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  check: "M5.5 12.5l4.2 4.2L18.5 8",
  ticks: "M2.5 12.8l3.8 3.7L14 8M11.5 15.8l1 .7L20.5 8",
  pin: "M9 4h6l-.8 6 3 3.2H6.8l3-3.2zM12 13.2V20",
  file: "M7 3.5h6.5L18 8v12.5H7zM13.2 3.8V8.3H18",
  download: "M12 4.5v10M7.8 10.6 12 14.8l4.2-4.2M5 19.5h14",
  person: "M12 11.5a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2zM4.8 20c.6-4 3.5-6 7.2-6s6.6 2 7.2 6",
  people: "M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3 19c.5-3.5 2.8-5.2 6-5.2s5.5 1.7 6 5.2M15.5 4.9a3.2 3.2 0 0 1 0 5.9M17.4 14.3c2 .7 3.2 2.3 3.6 4.7",
  place: "M12 21c4.4-4.7 6.6-8.2 6.6-11.2a6.6 6.6 0 0 0-13.2 0C5.4 12.8 7.6 16.3 12 21zM12 12.2a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  photo: "M4 5.5h16v13H4zM4.5 16l4.7-4.7 4 4 2.6-2.5 3.9 3.7M15.2 9.3h.01",
  voice: "M12 14.5a3 3 0 0 0 3-3V7a3 3 0 0 0-6 0v4.5a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5V21",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3.2 2",
  outbox: "M4 13.5V19h16v-5.5M12 15V4.5M7.8 8.6 12 4.4l4.2 4.2",
  faults: "M13 3.5 5.5 13.5H12l-1 7 7.5-10H12z",
  guide: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.6 9.4a2.5 2.5 0 1 1 3.6 2.5c-.8.4-1.2.9-1.2 1.9M12 16.7h.01",
  down: "M6.5 9.5 12 15l5.5-5.5",
  reply: "M10 6.5 4.5 12l5.5 5.5M5 12h8c3.6 0 6 1.7 6.5 5.5",
  edit: "M5 19l.8-3.7L16.3 4.8l2.9 2.9L8.7 18.2zM14.3 6.8l2.9 2.9",
  copy: "M8.5 8.5h11v11h-11zM15.5 8V4.5h-11v11H8",
  plus: "M12 5.5v13M5.5 12h13",
  minus: "M5.5 12h13",
  block: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM6.2 6.2l11.6 11.6",
  again: "M19 12a7 7 0 1 1-2.3-5.2M19.5 4v4h-4",
  out: "M13.5 5H19v5.5M19 5l-8 8M17 14v5H5V7h5",
  like: "M8 20V10.5l3.6-6.8c1.6 0 2.4 1 2.2 2.6l-.5 3.2h4.5c1.5 0 2.4 1.2 2 2.6l-1.5 6c-.3 1.2-1.2 1.9-2.4 1.9zM8 20H4.5v-9.5H8",
  search: "M10.5 16.5a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15 15l5 5",
  channel: "M4 10v4.5h3l9 4V5.5l-9 4.5zM19 9.5a4 4 0 0 1 0 5",
  share: "M14 6.5 20 12l-6 5.5v-3.5c-4.5 0-7.5 1-10 4.5.5-5 3.5-8.5 10-8.5z",
};

export function icon(name, size = 22) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 24 24",
    width: size,
    height: size,
    class: "icon",
    "aria-hidden": "true",
    focusable: "false",
  })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", LINES[name]);
  svg.append(path);
  return svg;
}
