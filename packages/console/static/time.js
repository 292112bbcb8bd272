/** Times on the page: relative, exact on hover, and kept current. The engine's clock counts, not this machine's. */
import { h } from "./dom.js";
import { agoWords, dueWords } from "./words.js";

let behindMs = 0;

/** @param serverNow the engine's clock at this moment. */
export function setServerClock(serverNow) {
  behindMs = serverNow - Date.now();
}

export function now() {
  return Date.now() + behindMs;
}

/** @param kind "ago" or "due". */
export function timeOf(at, kind = "ago") {
  const date = new Date(at);
  const element = h("time", {
    datetime: date.toISOString(),
    title: `${date.toLocaleString()} (${date.toISOString()})`,
    class: "time",
  });
  element.dataset.at = String(at);
  element.dataset.kind = kind;
  refresh(element);
  return element;
}

function refresh(element) {
  const at = Number(element.dataset.at);
  element.textContent = element.dataset.kind === "due" ? dueWords(at, now()) : agoWords(at, now());
  if (element.dataset.kind === "due") element.classList.toggle("late", at < now());
}

setInterval(() => {
  for (const element of document.querySelectorAll("time[data-at]")) refresh(element);
}, 5_000);
