// A rich message: headings, paragraphs, lists, tables, details and quotes, block by block.

import { make } from "../drawing/dom.js";
import { linkTo } from "./text.js";

const STYLES = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  marked: "mark",
  subscript: "sub",
  superscript: "sup",
};

export function drawRich(rich, doings) {
  const box = make("div", { class: "rich", dir: rich.is_rtl ? "rtl" : "auto" });
  box.append(...rich.blocks.map((block) => drawBlock(block, doings)));
  return box;
}

// A text is a string, a list of texts, or a styled text around another one.
function words(text, doings) {
  if (text === undefined || text === null) return "";
  if (typeof text === "string") return text;
  const inner = document.createDocumentFragment();
  if (Array.isArray(text)) {
    inner.append(...text.map((each) => words(each, doings)));
    return inner;
  }
  inner.append(words(text.text ?? text.alternative_text ?? text.expression ?? text.button?.text, doings));
  if (STYLES[text.type]) return make(STYLES[text.type], {}, inner);
  if (text.type === "url") return linkTo(text.url, inner, doings);
  return make("span", {}, inner);
}

function drawBlock(block, doings) {
  const text = () => words(block.text, doings);
  const within = () => (block.blocks ?? []).map((each) => drawBlock(each, doings));
  const credit = () => block.credit && make("cite", {}, words(block.credit, doings));
  switch (block.type) {
    case "heading":
      return make("p", { class: "rich-heading", role: "heading", "aria-level": String(Math.min(6, 3 + (block.size ?? 1))) }, text());
    case "list":
      return make("ul", {}, block.items.map((item) => listItem(item, doings)));
    case "table":
      return table(block, doings);
    case "details":
      return make("details", { open: block.is_open }, make("summary", {}, words(block.summary, doings)), within());
    case "blockquote":
      return make("blockquote", {}, within(), credit());
    case "expandable_blockquote":
    case "pullquote":
      return make("blockquote", {}, text(), credit());
    case "pre":
      return make("pre", { "data-language": block.language }, text());
    case "divider":
      return make("hr");
    default: // paragraph, footer, thinking; what is not drawn still says its words
      return make("p", {}, text(), within());
  }
}

function listItem(item, doings) {
  const sign = item.has_checkbox ? (item.is_checked ? "☑" : "☐") : item.label;
  return make("li", {}, sign && `${sign} `, item.blocks.map((each) => drawBlock(each, doings)));
}

function table(block, doings) {
  const cell = (each) =>
    make(
      each.is_header ? "th" : "td",
      { colspan: each.colspan, rowspan: each.rowspan, scope: each.is_header ? "col" : null },
      words(each.text, doings),
    );
  return make(
    "table",
    {},
    block.caption && make("caption", {}, words(block.caption, doings)),
    make("tbody", {}, block.cells.map((row) => make("tr", {}, row.map(cell)))),
  );
}
