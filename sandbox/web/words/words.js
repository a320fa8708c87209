// The page's own words in three languages; Kyrgyz first, and the one that is asked when another lacks a word.

const LANGUAGES = ["ky", "ru", "en"];
const KEPT = "ashar-sandbox-language";

let own = {};
let kyrgyz = {};
export let language = "ky";

async function load(code) {
  const answer = await fetch(new URL(`./${code}.json`, import.meta.url));
  return answer.json();
}

export function wantedLanguage() {
  try {
    const kept = localStorage.getItem(KEPT);
    return LANGUAGES.includes(kept) ? kept : "ky";
  } catch {
    return "ky";
  }
}

export async function speak(code) {
  if (!Object.keys(kyrgyz).length) kyrgyz = await load("ky");
  own = code === "ky" ? kyrgyz : await load(code);
  language = code;
  document.documentElement.lang = code;
  document.title = `${t("brand")} · ${t("brand-sandbox")}`;
  try {
    localStorage.setItem(KEPT, code);
  } catch {
    // a browser that keeps nothing still speaks
  }
}

export function t(key, values = {}) {
  const text = own[key] ?? kyrgyz[key] ?? key;
  if (typeof text !== "string") return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// A word that may be missing, such as the name of a role this page has never heard of.
export const tOr = (key, otherwise) => own[key] ?? kyrgyz[key] ?? otherwise;
