/** The fault switches. Each is sent as soon as it is turned. */
import { ask, el } from "./dom.js";

const PERCENT = {
  tooManyRequests: "429 Too many requests",
  serverError: "Server error",
  cutBefore: "Cut before anything is done",
  cutAfter: "Cut after it is done",
  partialBatch: "Single inputs of a batch fail",
  wrongJson: "Broken JSON",
  webhookDuplicate: "Webhook sent twice",
  webhookReorder: "Webhook events mixed up",
  webhookAnswerLost: "Webhook answer lost",
  webhookDrop: "Webhook never sent",
};
const NUMBERS = {
  serverErrorStatus: "Status of server errors",
  latencyMs: "Every answer waits, ms",
  indexDelayMs: "Search lags behind, ms",
  retryAfterSeconds: "Retry-After of 429, s",
  strikesLeft: "Strikes left",
};
const CHOICES = [0, 0.01, 0.05, 0.2, 0.5, 1];
const form = document.querySelector("#faults");
const trouble = document.querySelector("#trouble");

async function set(name, value) {
  try {
    showFaults(await ask("PUT", "/faults", { [name]: value }));
    trouble.hidden = true;
  } catch (error) {
    trouble.textContent = error.message;
    trouble.hidden = false;
  }
}

function percentField(name, value) {
  const choices = CHOICES.includes(value) ? CHOICES : [...CHOICES, value];
  const box = el("select", { name, onchange: (event) => set(name, Number(event.target.value)) });
  for (const choice of choices) {
    box.append(
      el("option", { value: choice, selected: choice === value }, choice === 0 ? "never" : `${choice * 100} %`),
    );
  }
  return el("label", {}, el("span", value > 0 ? { class: "on" } : {}, PERCENT[name]), box);
}

function numberField(name, value) {
  const change = (event) => set(name, event.target.value === "" ? null : Number(event.target.value));
  const box = el("input", { name, type: "number", min: 0, value: value ?? "", placeholder: "none", onchange: change });
  return el("label", {}, el("span", {}, NUMBERS[name]), box);
}

let shown = "";
export function showFaults(settings) {
  const text = JSON.stringify(settings);
  if (text === shown || (shown !== "" && form.contains(document.activeElement) && document.hasFocus())) return;
  shown = text;
  const path = el("input", {
    name: "onlyPath",
    value: settings.onlyPath,
    placeholder: "any",
    onchange: (event) => set("onlyPath", event.target.value),
  });
  form.replaceChildren(
    ...Object.keys(PERCENT).map((name) => percentField(name, settings[name])),
    ...Object.keys(NUMBERS).map((name) => numberField(name, settings[name])),
    el("label", {}, el("span", {}, "Only paths that contain"), path),
  );
}

form.addEventListener("submit", (event) => event.preventDefault());
document.querySelector("#calm").addEventListener("click", async () => {
  shown = "";
  showFaults(await ask("DELETE", "/faults"));
});
