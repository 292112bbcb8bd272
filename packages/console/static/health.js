/** Is the engine well? What is wrong with it, which agents are stopped, and how each did lately. */
import { get, post } from "./api.js";
import { byId, h, say, showRows } from "./dom.js";
import { noteHealth } from "./numbers.js";
import { chip, clearNotice, frame, showEmpty, showError, showLoading } from "./parts.js";
import { timeOf } from "./time.js";
import { clockWords, humanly } from "./words.js";

const STATUS = {
  well: { word: "all well", tone: "good" },
  ill: { word: "not well", tone: "bad" },
  unknown: { word: "unknown", tone: "dim" },
};
const AGENT_TONES = { working: "good", stopped: "bad", "being tried": "in" };

/** Facts after which the picture may be another one. */
export const HEALTH_EVENTS =
  /^(component_health_check|metrics_calculated|performance_alert|error_rate_alert|resource_alert|agent_health_critical|queue_overload|dead_letter_alert|health_alert_cleared)$/;

let panel;

export function startHealth() {
  panel = frame(byId("engine"), "Health", "the engine and its agents");
}

export async function refreshHealth() {
  const done = panel.list.children.length === 0 ? showLoading(panel, 2) : () => {};
  try {
    const health = await get("/api/health");
    done();
    clearNotice(panel);
    const { word, tone } = STATUS[health.status];
    noteHealth(health.status);
    panel.count.replaceChildren(chip(word, tone));
    showRows(panel.list, itemsOf(health), ({ key }) => key, rowOf);
    if (panel.list.children.length === 0) showEmpty(panel, emptyWords(health));
  } catch (error) {
    done();
    showError(panel, error, refreshHealth);
  }
}

/** What is wrong first, then the agents that did something. */
function itemsOf({ alerts, components, agents, isSilent, measuredAt }) {
  return [
    ...(isSilent
      ? [
          {
            key: "silent",
            name: "Monitor",
            word: "silent",
            tone: "bad",
            about: "Nobody has measured for long.",
            since: measuredAt,
          },
        ]
      : []),
    ...alerts
      .filter(({ alert }) => alert !== "monitor_silent")
      .map(({ alert, subject, since, data }) => ({
        key: `alert:${alert}:${subject}`,
        name: humanly(alert),
        word: "active",
        tone: "bad",
        about: `${humanly(subject)} ${numbersOf(data)}`,
        since,
      })),
    ...components
      .filter(({ ok }) => !ok)
      .map(({ component, detail, since }) => ({
        key: `part:${component}`,
        name: humanly(component),
        word: "ill",
        tone: "bad",
        about: detail ?? "",
        since,
      })),
    ...agents.map(({ agent, state, completed, failed, reason, since, retryAt }) => ({
      key: `agent:${agent}`,
      agent,
      name: humanly(agent),
      word: state,
      tone: AGENT_TONES[state],
      about: [
        completed + failed === 0 ? undefined : `${completed} done, ${failed} failed lately.`,
        reason,
        state === "stopped"
          ? retryAt === null
            ? "Until somebody resumes it."
            : `One task is tried at ${clockWords(retryAt)}.`
          : undefined,
      ]
        .filter(Boolean)
        .join(" "),
      since,
      isStopped: state !== "working",
    })),
  ];
}

function numbersOf({ value, threshold, ready, failureRate, rate, runs }) {
  const share = failureRate ?? rate;
  if (share !== undefined) return `${Math.round(share * 1000) / 10} % failed${runs === undefined ? "" : ` of ${runs}`}`;
  const number = value ?? ready;
  return number === undefined ? "" : `${Math.round(number * 100) / 100}, limit ${threshold}`;
}

function emptyWords({ components, measuredAt, reasons }) {
  if (measuredAt === null) return `Not measured yet: ${reasons.join("; ")}. The first look comes within a minute.`;
  return `Everything is well: ${components.map(({ component }) => component).join(", ")}. No agent has done anything lately.`;
}

function rowOf(item) {
  return h(
    "li",
    { class: "row" },
    h(
      "div",
      { class: "line" },
      h("span", { class: "name" }, item.name),
      item.since === null ? undefined : timeOf(item.since),
    ),
    h(
      "div",
      { class: "line about" },
      chip(item.word, item.tone),
      h("span", { class: "cut", title: item.about }, item.about),
      item.isStopped
        ? h(
            "button",
            {
              type: "button",
              class: "quiet",
              "data-act": "resume",
              "aria-label": `Resume ${item.name}`,
              onclick: () => resume(item.agent),
            },
            "Resume",
          )
        : undefined,
    ),
  );
}

async function resume(agent) {
  try {
    await post(`/api/agents/${encodeURIComponent(agent)}/resume`);
    say(`${humanly(agent)} works again.`);
    await refreshHealth();
  } catch (error) {
    showError(panel, error, refreshHealth);
  }
}
