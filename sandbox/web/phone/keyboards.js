// The two kinds of buttons a bot offers: under a message, and in place of letters.

import { make, arrows } from "../drawing/dom.js";
import { icon } from "../drawing/icons.js";
import { t } from "../words/words.js";

// doings: press, openLink, inlineQuery, copyText
export function inlineKeyboard(message, doings) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const box = make("div", { class: "inline-keyboard", role: "group", "aria-label": t("buttons") });
  for (const row of rows) box.append(make("div", { class: "row" }, row.map((button) => inlineButton(button, message, doings))));
  return arrows(box);
}

function inlineButton(button, message, doings) {
  const [act, sign] = meaningOf(button, message, doings);
  const element = make(
    "button",
    { type: "button", class: `key ${button.style ?? ""}`, title: button.text.length > 18 ? button.text : null, disabled: !act },
    make("span", { class: "key-words", dir: "auto", text: button.text }),
    sign && icon(sign, 14),
  );
  if (act) element.addEventListener("click", () => act(element));
  return element;
}

function meaningOf(button, message, doings) {
  if (button.callback_data !== undefined) return [(element) => doings.press(message, button.callback_data, element), null];
  const address = button.url ?? button.web_app?.url ?? button.login_url?.url;
  if (address) return [() => doings.openLink(address), "out"];
  if (button.switch_inline_query_current_chat !== undefined) {
    return [() => doings.inlineQuery(button.switch_inline_query_current_chat, true), "search"];
  }
  const elsewhere = button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query;
  if (elsewhere !== undefined || button.switch_inline_query_chosen_chat) {
    return [() => doings.inlineQuery(elsewhere ?? "", false), "share"];
  }
  if (button.copy_text) return [() => doings.copyText(button.copy_text.text), "copy"];
  return [null, null]; // a disabled button, or one the sandbox cannot play
}

// doings: sendText, ownContact, pickLocation
export function replyKeyboard(markup, doings) {
  const box = make("div", { class: "reply-keyboard", role: "group", "aria-label": t("keyboard") });
  for (const row of markup.keyboard) {
    box.append(
      make(
        "div",
        { class: "row" },
        row.map((each) => {
          const button = typeof each === "string" ? { text: each } : each;
          const [act, sign] = replyMeaning(button, doings);
          return make(
            "button",
            { type: "button", class: `key ${button.style ?? ""}`, disabled: !act, onclick: act },
            sign && icon(sign, 16),
            make("span", { class: "key-words", dir: "auto", text: button.text }),
          );
        }),
      ),
    );
  }
  return arrows(box);
}

function replyMeaning(button, doings) {
  if (button.request_contact) return [() => doings.ownContact(), "person"];
  if (button.request_location) return [() => doings.pickLocation(), "place"];
  if (button.request_poll || button.request_users || button.request_chat || button.web_app) return [null, null];
  return [() => doings.sendText(button.text), null];
}
