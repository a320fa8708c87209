// The outbox: how fast the bot sends and how its post stands, then every call it made to the Bot API or the Graph API,
// the newest first, each with a sign and words for how it went.

import { getOutbox, getPost } from "../stage/api.js";
import { chatById, listen, personById } from "../stage/store.js";
import { hoursOf } from "../top/time.js";
import { make, name, unseen } from "../drawing/dom.js";
import { t } from "../words/words.js";

const MOST = 300;
const POST_MS = 1000; // the figures are asked for once a second at most

export function makeOutbox() {
  const list = make("ol", { class: "calls", reversed: true });
  const empty = make("p", { class: "note", text: t("outbox-empty") });
  const find = make("input", { type: "search", "aria-label": t("outbox-find"), placeholder: t("outbox-find") });
  const onlyBad = make("input", { type: "checkbox" });
  const figures = make("dl", { class: "post" });
  const element = make(
    "div",
    { class: "side-body outbox" },
    make("p", { class: "lead", text: t("outbox-lead") }),
    figures,
    make("div", { class: "filter" }, find, make("label", { class: "check" }, onlyBad, t("outbox-only-bad"))),
    empty,
    list,
  );
  let last = 0;
  let fetching = null;
  let again = false;

  async function load() {
    if (fetching) {
      again = true;
      return;
    }
    fetching = getOutbox(last);
    try {
      const { calls } = await fetching;
      for (const call of [...calls].sort((a, b) => a.n - b.n)) {
        if (call.n <= last) continue;
        last = call.n;
        list.prepend(row(call));
      }
      while (list.children.length > MOST) list.lastElementChild.remove();
      filter();
    } catch {
      // the line says it is lost; the next news asks again
    }
    fetching = null;
    if (again) {
      again = false;
      load();
    }
  }

  let asked = 0;

  async function stand() {
    asked = 0;
    try {
      figures.replaceChildren(...standing(await getPost()));
    } catch {
      // the line says it is lost; the next news asks again
    }
  }

  function soonStand() {
    asked ||= setTimeout(stand, POST_MS);
  }

  function filter() {
    const words = find.value.trim().toLowerCase();
    for (const each of list.children) {
      const fits = each.textContent.toLowerCase().includes(words);
      each.hidden = !fits || (onlyBad.checked && each.classList.contains("good"));
    }
    empty.hidden = list.children.length > 0;
  }

  find.addEventListener("input", filter);
  onlyBad.addEventListener("change", filter);
  const stops = [
    listen("outbox", load),
    listen("outbox", soonStand),
    listen("clock", soonStand),
    listen("anew", () => {
      last = 0;
      list.replaceChildren();
      load();
    }),
    () => clearTimeout(asked),
  ];
  load();
  stand();
  return { element, stop: () => stops.forEach((end) => end()) };
}

// The pace first, then the letters by where they are; what there is none of is left out.
function standing({ a_second, calls, letters }) {
  const shown = [["pace", `${a_second}`], ...["again", "bad"].map((kind) => [`calls-${kind}`, calls[kind]])];
  shown.push(...Object.entries(letters ?? {}).map(([kind, count]) => [`letters-${kind}`, count]));
  return shown
    .filter(([, count]) => count)
    .map(([kind, count]) => make("div", { class: `figure ${kind}` }, make("dt", { text: t(`post-${kind}`) }), make("dd", { text: count })));
}

function outcome(call) {
  if (call.status >= 200 && call.status < 300) return ["good", "✓", t("outbox-good")];
  if (call.status === 429 || call.retry_after) return ["again", "↻", t("outbox-again")];
  return ["bad", "✕", t("outbox-bad")];
}

function row(call) {
  const [kind, sign, words] = outcome(call);
  const chat = chatById(call.chat);
  const at = Date.parse(call.at);
  return make(
    "li",
    { class: `call ${kind}` },
    make("span", { class: "call-sign", "aria-hidden": "true", text: sign }),
    make(
      "span",
      { class: "call-words" },
      make(
        "span",
        { class: "call-line" },
        make("b", { class: "call-method", text: call.method.replace(/^whatsapp\.(send\.)?/, "WhatsApp ") }),
        call.chat && name(chat ? whose(chat) : String(call.chat), { class: "call-chat" }),
        make("time", { text: hoursOf(at) }),
      ),
      call.summary && name(call.summary, { class: "call-summary" }),
      make(
        "small",
        { class: "call-status" },
        `${call.status} `,
        unseen(`${words}. `),
        call.description && name(call.description),
        call.retry_after && ` · ${t("outbox-retry", { n: call.retry_after })}`,
        call.ms !== undefined && call.ms !== null && ` · ${call.ms} ms`,
      ),
    ),
  );
}

const whose = (chat) => (chat.type === "private" ? (personById(chat.id)?.first_name ?? chat.title) : chat.title);
