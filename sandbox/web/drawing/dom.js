// How an element is made: the only place that writes attributes and text, so nobody's words ever become HTML.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const unseen = (text) => make("span", { class: "unseen", text });

// A name that may contain anything, right-to-left overrides included, without disturbing its neighbours.
export const name = (text, attributes = {}) => make("bdi", { ...attributes, text });

// Arrow keys walk through the buttons of a group, row by row; Home and End go to its ends.
export function arrows(group, selector = "button:not([disabled])") {
  group.addEventListener("keydown", (event) => walk(event, group, selector));
  return group;
}

export function walk(event, group, selector = "button:not([disabled])") {
  const buttons = [...group.querySelectorAll(selector)].filter((button) => button.offsetParent !== null);
  const at = buttons.indexOf(document.activeElement);
  if (at < 0) return;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  let to = step ? (at + step + buttons.length) % buttons.length : at;
  if (event.key === "Home") to = 0;
  if (event.key === "End") to = buttons.length - 1;
  if (to === at) return;
  event.preventDefault();
  buttons[to].focus();
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
