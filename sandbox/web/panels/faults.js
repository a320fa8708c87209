// Faults on purpose: what breaks, in which call and chat, how many times; and what is in force now.

import { addFault, clearFaults } from "../stage/api.js";
import { announce, chatById, listen, personById, refreshState, world } from "../stage/store.js";
import { icon } from "../drawing/icons.js";
import { make, name } from "../drawing/dom.js";
import { t, tOr } from "../words/words.js";

const KINDS = [
  "bad_gateway",
  "server_error",
  "too_many_requests",
  "timeout_after_accepting",
  "reset",
  "forbidden",
  "deactivated",
  "migrate",
  "slow",
  "token_expired",
  "account_locked",
  "policy_block",
  "throughput",
  "pair_rate",
  "window_closed",
  "spared",
  "undeliverable",
];
const METHODS = [
  "sendMessage",
  "editMessageText",
  "answerCallbackQuery",
  "sendPhoto",
  "sendDocument",
  "sendLocation",
  "editMessageReplyMarkup",
  "deleteMessage",
  "getUpdates",
  "getFile",
  "download",
  "whatsapp",
  "whatsapp.send",
  "whatsapp.upload",
  "whatsapp.media",
  "whatsapp.download",
];

const titleOf = (chat) => (chat.type === "private" ? (personById(chat.id)?.first_name ?? chat.title) : chat.title);

function field(id, label, input) {
  input.id = `fault-${id}`;
  return make("div", { class: "pair" }, make("label", { for: input.id, text: label }), input);
}

const option = (value, text) => make("option", { value, text });

export function makeFaults() {
  const kind = make("select", {}, KINDS.map((each) => option(each, t(`fault-${each}`))));
  const method = make("select", {}, option("", t("faults-any")), METHODS.map((each) => option(each, each)));
  const chat = make("select", {}, option("", t("faults-any")), world.chats.map((each) => option(String(each.id), titleOf(each))));
  const times = make("input", { type: "number", min: "1", max: "1000", value: "1", required: true });
  const retry = make("input", { type: "number", min: "1", max: "3600", value: "3", required: true });
  const seconds = make("input", { type: "number", min: "1", max: "60", value: "2", required: true });
  const retryPair = field("retry", t("faults-retry-after"), retry);
  const secondsPair = field("seconds", t("faults-seconds"), seconds);
  const inForce = make("ul", { class: "faults-list" });
  const clear = make("button", { type: "button", class: "plain wide" }, icon("close", 18), t("faults-clear"));
  const form = make(
    "form",
    { class: "faults-form" },
    field("kind", t("faults-kind"), kind),
    field("method", t("faults-method"), method),
    field("chat", t("faults-chat"), chat),
    field("times", t("faults-times"), times),
    retryPair,
    secondsPair,
    make("button", { class: "plain strong wide", text: t("faults-add") }),
  );
  const element = make(
    "div",
    { class: "side-body faults" },
    make("p", { class: "lead", text: t("faults-lead") }),
    form,
    make("h3", { text: t("faults-now") }),
    inForce,
    clear,
  );

  const fit = () => {
    retryPair.hidden = kind.value !== "too_many_requests";
    secondsPair.hidden = !["slow", "timeout_after_accepting"].includes(kind.value);
  };

  function draw() {
    const faults = world.faults ?? [];
    clear.hidden = !faults.length;
    inForce.replaceChildren(
      ...(faults.length ? faults.map(row) : [make("li", { class: "note", text: t("faults-none") })]),
    );
  }

  async function tell(doing) {
    try {
      await doing();
      await refreshState();
    } catch (error) {
      announce("complaint", error.message);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fault = {
      kind: kind.value,
      method: method.value || null,
      chat: chat.value ? Number(chat.value) : null,
      times: Number(times.value),
    };
    if (!retryPair.hidden) fault.retry_after = Number(retry.value);
    if (!secondsPair.hidden) fault.seconds = Number(seconds.value);
    tell(() => addFault(fault));
  });
  kind.addEventListener("change", fit);
  clear.addEventListener("click", () => tell(clearFaults));
  let soon = 0; // a call may have used a fault up
  const ask = () => {
    clearTimeout(soon);
    if (world.faults?.length) soon = setTimeout(() => tell(() => null), 250);
  };
  const stops = [listen("state", draw), listen("outbox", ask)];
  fit();
  draw();
  return { element, stop: () => stops.forEach((end) => end()) };
}

function row(fault) {
  const chat = fault.chat ? chatById(fault.chat) : null;
  const where = [fault.method ?? t("faults-any"), chat ? titleOf(chat) : fault.chat].filter(Boolean).join(" · ");
  return make(
    "li",
    { class: "fault" },
    icon("faults", 18),
    make("span", { class: "fault-words" }, make("b", { text: tOr(`fault-${fault.kind}`, fault.kind) }), name(where)),
    make("small", { text: t("faults-left", { n: fault.left ?? fault.times ?? 1 }) }),
  );
}
