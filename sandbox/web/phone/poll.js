// A native poll inside a message: choose, vote, see how it stands.

import { make, name, unseen } from "../drawing/dom.js";
import { icon } from "../drawing/icons.js";
import { t } from "../words/words.js";

const chosen = new Map(); // "person poll" -> options this person voted for, as far as this page knows

export function drawPoll(message, person, doings) {
  const poll = message.poll;
  const key = `${person.id} ${poll.id}`;
  const mine = chosen.get(key);
  const kind = poll.is_closed ? "poll-closed" : poll.type === "quiz" ? "poll-quiz" : poll.is_anonymous ? "poll-anonymous" : "poll";
  const vote = async (options) => {
    if (!(await doings.vote(message, options))) return;
    if (options.length) chosen.set(key, options);
    else chosen.delete(key);
    doings.redraw(message.message_id);
  };
  const open = !poll.is_closed && !mine;
  return make(
    "div",
    { class: "poll", role: "group", "aria-label": t(kind) },
    make("p", { class: "poll-question", dir: "auto", text: poll.question }),
    make("p", { class: "poll-kind", text: t(kind) }),
    open ? ballot(poll, message, vote) : results(poll, mine),
    make("p", { class: "poll-total", text: t("poll-votes", { n: poll.total_voter_count ?? 0 }) }),
    mine &&
      !poll.is_closed &&
      poll.type !== "quiz" &&
      make("button", { type: "button", class: "as-link", text: t("poll-retract"), onclick: () => vote([]) }),
  );
}

function ballot(poll, message, vote) {
  const many = poll.allows_multiple_answers;
  const group = `poll-${poll.id}-${Math.random().toString(36).slice(2)}`;
  const form = make(
    "form",
    { class: "ballot" },
    poll.options.map((option, at) =>
      make(
        "label",
        { class: "poll-option" },
        make("input", { type: many ? "checkbox" : "radio", name: group, value: String(at) }),
        name(option.text),
      ),
    ),
    make("button", { class: "plain wide", text: t("poll-vote") }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const options = [...form.querySelectorAll("input:checked")].map((input) => Number(input.value));
    if (options.length) vote(options);
  });
  return form;
}

function results(poll, mine) {
  const all = Math.max(1, poll.total_voter_count ?? 0);
  return make(
    "ul",
    { class: "poll-results" },
    poll.options.map((option, at) => {
      const share = Math.round((100 * (option.voter_count ?? 0)) / all);
      const own = mine?.includes(at);
      const bar = make("span", { class: "poll-bar", "aria-hidden": "true" });
      bar.style.setProperty("--share", `${share}%`);
      return make(
        "li",
        {},
        make("b", { text: `${share}%` }),
        name(option.text),
        make("span", { class: "poll-count" }, own && icon("check", 16), own && unseen(t("poll-yours")), ` ${option.voter_count ?? 0}`),
        bar,
      );
    }),
  );
}
