/** Work only a person can finish: claimed, completed with a note, given back. By hand and by keyboard alike. */
import { open } from "./address.js";
import { get, post } from "./api.js";
import { byId, h, say, showRows } from "./dom.js";
import { clearNotice, frame, opener, scoreChip, showEmpty, showError, showLoading } from "./parts.js";
import { timeOf } from "./time.js";
import { humanly, personWords } from "./words.js";

const SHOWN = 50;

let panel;
let me = "";
let hasLoaded = false;

export function startTasks() {
  panel = frame(byId("tasks"), "Waiting for people", "↑↓ move · c claim · d done · r give back");
  panel.list.addEventListener("keydown", byKey);
}

export function setPerson(person) {
  me = person;
}

export async function refreshTasks() {
  const done = hasLoaded ? () => {} : showLoading(panel, 2);
  try {
    const { tasks } = await get(`/api/tasks?human=true&limit=${SHOWN}`);
    done();
    hasLoaded = true;
    clearNotice(panel);
    panel.count.textContent = tasks.length === 0 ? "" : String(tasks.length);
    showRows(panel.list, tasks, ({ id }) => id, row);
    if (tasks.length === 0)
      showEmpty(
        panel,
        "Nobody is waiting. A hot lead brings the next task:",
        h("a", { href: "/forms/demo" }, "send one as a CTO"),
        ".",
      );
  } catch (error) {
    done();
    showError(panel, error, refreshTasks);
  }
}

function row(task) {
  const isMine = task.worker === me;
  const isHeld = task.worker !== null && !isMine;
  const who = task.who;
  return h(
    "li",
    { class: `row task${isMine ? " mine" : ""}`, "data-task": task.id },
    h(
      "div",
      { class: "line" },
      opener("task", task.id, { class: "name", "data-act": "open" }, task.about || humanly(task.kind)),
      timeOf(task.dueAt, "due"),
    ),
    h(
      "p",
      { class: "line about" },
      who === null ? "about no contact" : [personWords(who), who.jobtitle, who.company].filter(Boolean).join(", "),
      who?.score === null || who === null ? undefined : scoreChip(who.score),
      task.payload?.reason === undefined ? undefined : h("span", {}, String(task.payload.reason)),
    ),
    h(
      "div",
      { class: "line acts" },
      isMine ? h("span", { class: "held" }, "Yours") : undefined,
      isHeld ? h("span", { class: "held" }, `Held by ${task.worker}`) : undefined,
      task.worker === null ? button("claim", "Claim", "c", () => act(task, "claim", "claimed")) : undefined,
      isHeld ? undefined : button("complete", "Done…", "d", (event) => askForNote(task, event.target)),
      isMine ? button("release", "Give back", "r", () => act(task, "release", "given back")) : undefined,
    ),
    h("div", { class: "place" }),
  );
}

function button(name, label, key, onclick) {
  return h(
    "button",
    { type: "button", "data-act": name, class: name === "claim" ? "main" : "", "aria-keyshortcuts": key, onclick },
    label,
  );
}

function askForNote(task, from) {
  const place = from.closest("li").querySelector(".place");
  const id = `note-${task.id}`;
  const back = () => {
    place.replaceChildren();
    from.focus();
  };
  const form = h(
    "form",
    {
      class: "note",
      "data-draft": true,
      onsubmit: (event) => {
        event.preventDefault();
        const note = new FormData(form).get("note").trim();
        place.replaceChildren();
        act(task, "complete", "done", { result: note === "" ? null : { note } });
      },
      onkeydown: (event) => {
        if (event.key === "Escape") back();
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) form.requestSubmit();
      },
    },
    h("label", { for: id }, "What came of it?"),
    h("textarea", { id, name: "note", rows: 2, maxlength: 2000, placeholder: "Called; demo on Tuesday at ten." }),
    h(
      "div",
      { class: "acts" },
      h("button", { type: "submit", class: "main" }, "Mark as done"),
      h("button", { type: "button", onclick: back }, "Not yet"),
    ),
  );
  place.replaceChildren(form);
  form.querySelector("textarea").focus();
}

async function act(task, verb, said, body = {}) {
  try {
    await post(`/api/tasks/${task.id}/${verb}`, body);
    say(`${task.about || humanly(task.kind)} ${said}.`);
    await refreshTasks();
  } catch (error) {
    say(`${error.message} ${error.next}`);
    showError(panel, error, refreshTasks);
  }
}

/** Keys work while a task has the focus, and never while somebody types. */
function byKey(event) {
  if (event.target.closest("form") || event.metaKey || event.ctrlKey || event.altKey) return;
  const current = event.target.closest("li[data-task]");
  if (current === null) return;
  const names = { c: "claim", d: "complete", r: "release" };
  if (names[event.key] !== undefined) {
    const wanted = current.querySelector(`[data-act="${names[event.key]}"]`);
    if (wanted === null) return;
    event.preventDefault();
    wanted.focus();
    wanted.click();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = event.key === "ArrowDown" ? current.nextElementSibling : current.previousElementSibling;
    next?.querySelector('[data-act="open"]')?.focus();
  } else if (event.key === "w") {
    open("task", current.dataset.task);
  }
}
