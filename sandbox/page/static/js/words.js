// The page's own texts in two languages; a plural is an object of Intl.PluralRules' categories.

let catalogue = {};
let language = "ru";

export async function loadWords(wanted) {
  catalogue = await (await fetch("page/static/words.json")).json();
  setLanguage(wanted);
}

export function setLanguage(wanted) {
  language = wanted in catalogue ? wanted : "ru";
  document.documentElement.lang = language;
}

export const currentLanguage = () => language;

export function t(key, values = {}) {
  let text = catalogue[language]?.[key] ?? key;
  if (typeof text === "object") text = text[new Intl.PluralRules(language).select(values.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

const format = (options) => {
  const made = new Map();
  return (seconds) => {
    if (!made.has(language)) made.set(language, new Intl.DateTimeFormat(language, options));
    return made.get(language).format(new Date(seconds * 1000));
  };
};

export const clock = format({ hour: "2-digit", minute: "2-digit" });
export const preciseClock = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const fullDate = format({ dateStyle: "long", timeStyle: "short" });
const dayMonth = format({ day: "numeric", month: "long" });

export function dayName(seconds) {
  const day = (date) => Math.floor((date.getTime() - date.getTimezoneOffset() * 60000) / 86400000);
  const ago = day(new Date()) - day(new Date(seconds * 1000));
  return ago === 0 ? t("today") : ago === 1 ? t("yesterday") : dayMonth(seconds);
}

export function size(bytes) {
  if (!bytes) return "";
  const units = [t("bytes"), t("kilobytes"), t("megabytes")];
  const step = Math.min(2, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: step ? 1 : 0 }).format(bytes / 1024 ** step)} ${units[step]}`;
}

export const duration = (seconds) =>
  `${Math.floor((seconds || 0) / 60)}:${String(Math.floor((seconds || 0) % 60)).padStart(2, "0")}`;
