// A list of choices that rises inside a phone: attachments, commands, what to do with a message.

import { make, name, arrows } from "../drawing/dom.js";
import { icon } from "../drawing/icons.js";

// items: {words, hint, sign, run, bad}; opened from a button that gets the focus back.
export function openMenu(layer, { label, items, from, top = false }) {
  closeMenu(layer);
  const menu = make("div", { class: top ? "menu menu-top" : "menu", role: "menu", "aria-label": label });
  for (const item of items) {
    menu.append(
      make(
        "button",
        { type: "button", role: "menuitem", tabindex: "-1", class: item.bad ? "bad" : null, onclick: () => (close(), item.run()) },
        item.sign && icon(item.sign, 20),
        name(item.words, { class: "menu-words" }),
        item.hint && name(item.hint, { class: "menu-hint" }),
      ),
    );
  }
  arrows(menu, "[role=menuitem]");
  const close = (back = true) => {
    document.removeEventListener("pointerdown", outside, true);
    menu.remove();
    delete layer.closeMenu;
    from?.setAttribute("aria-expanded", "false");
    if (back && from?.isConnected) from.focus({ preventScroll: true });
  };
  const outside = (event) => {
    if (!menu.contains(event.target) && !from?.contains(event.target)) close(false);
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  document.addEventListener("pointerdown", outside, true);
  from?.setAttribute("aria-expanded", "true");
  layer.closeMenu = close;
  layer.append(menu);
  menu.querySelector("[role=menuitem]")?.focus({ preventScroll: true });
  return close;
}

export function closeMenu(layer) {
  const open = Boolean(layer.closeMenu);
  layer.closeMenu?.();
  return open;
}
