// What WhatsApp makes of marks in a text: *bold*, _italics_, ~struck~, `code`, ```a block```, > a quote.

const MARKS = { "*": "bold", _: "italic", "~": "strikethrough", "`": "code" };
const WORD = /[\p{L}\p{N}]/u;

// The text without its marks, and the entities drawText understands.
export function readMarks(source) {
  const entities = [];
  const text = source
    .split(/(```[\s\S]+?```)/)
    .reduce((before, part) => {
      const block = /^```([\s\S]+?)```$/.exec(part);
      if (!block) return before + lines(part, before.length, entities);
      entities.push({ type: "pre", offset: before.length, length: block[1].length });
      return before + block[1];
    }, "");
  return { text, entities };
}

function lines(source, start, entities) {
  let out = "";
  let block = false; // a quote breaks the line by itself
  source.split("\n").forEach((line, at) => {
    if (at && !block) out += "\n";
    const quoted = line.startsWith("> ");
    const offset = start + out.length;
    out += marks(quoted ? line.slice(2) : line, offset, entities);
    const length = start + out.length - offset;
    if (quoted && length) entities.push({ type: "blockquote", offset, length });
    block = quoted;
  });
  return out;
}

// A mark opens after a space or at the beginning, closes before a space or at the end, and holds no space at its edge.
function marks(line, start, entities) {
  let out = "";
  for (let at = 0; at < line.length; at += 1) {
    const type = MARKS[line[at]];
    const end = type && opens(line, at) ? closing(line, at) : -1;
    if (end < 0) {
      out += line[at];
      continue;
    }
    const offset = start + out.length;
    const inner = line.slice(at + 1, end);
    out += type === "code" ? inner : marks(inner, offset, entities);
    entities.push({ type, offset, length: start + out.length - offset });
    at = end;
  }
  return out;
}

const opens = (line, at) => !WORD.test(line[at - 1] ?? " ") && /\S/.test(line[at + 1] ?? " ") && line[at + 1] !== line[at];

function closing(line, from) {
  for (let at = from + 2; at < line.length; at += 1) {
    if (line[at] === line[from] && /\S/.test(line[at - 1]) && !WORD.test(line[at + 1] ?? " ")) return at;
  }
  return -1;
}
