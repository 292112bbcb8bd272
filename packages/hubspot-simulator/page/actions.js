/** Workflow actions: those an app has defined, run with a contact as a workflow would, and what the app answered. */
import { ask, el, showList, timeOf } from "./dom.js";

const editor = document.querySelector("#editor");
let definitions = [];

function fieldOf({ typeDefinition: { name, label, options = [] }, isRequired }) {
  const text = `${label ?? name}${isRequired ? "" : " (optional)"}`;
  const box =
    options.length === 0
      ? el("input", { name, autocomplete: "off" })
      : el("select", { name }, ...options.map((option) => el("option", { value: option.value }, option.label)));
  return el("label", { class: "field" }, el("span", {}, text), box);
}

function openRun(definition, contacts) {
  const said = el("p", { class: "said", role: "alert" });
  const choice = el(
    "select",
    { name: "objectId" },
    ...contacts.map(({ id, properties }) => el("option", { value: id }, `${properties.email ?? "no address"} (${id})`)),
  );
  const which = el(
    "select",
    { onchange: (event) => openRun(definitions[event.target.selectedIndex], contacts) },
    ...definitions.map((one) => el("option", { selected: one === definition }, one.labels.en?.actionName ?? one.id)),
  );
  const form = el(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const { objectId, ...inputFields } = Object.fromEntries(new FormData(form));
        try {
          await ask("POST", `/actions/${definition.id}/run`, { objectId, inputFields });
          editor.close();
        } catch (error) {
          said.textContent = error.message;
        }
      },
    },
    el("label", { class: "field" }, el("span", {}, "Action"), which),
    el("label", { class: "field" }, el("span", {}, "Contact"), choice),
    ...definition.inputFields.map(fieldOf),
    said,
    el(
      "div",
      { class: "ends" },
      el("button", { type: "button", onclick: () => editor.close() }, "Cancel"),
      el("button", { class: "strong" }, "Run as a workflow"),
    ),
  );
  const about = definition.labels.en?.actionDescription ?? "";
  editor.replaceChildren(
    el("div", { class: "head" }, el("h2", { id: "editor-title" }, "Run an action"), el("p", { class: "aside" }, about)),
    form,
  );
  if (!editor.open) editor.showModal();
}

function toneOf(state) {
  if (state === "SUCCESS") return "good";
  return state === "BLOCK" || state === "CALLED" ? "warn" : "bad";
}

function executionRow({ action, objectId, state, outputFields, at }) {
  const outputs = Object.entries(outputFields)
    .filter(([name]) => !name.startsWith("hs_"))
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
  return el(
    "div",
    { class: "entry" },
    el("span", { class: toneOf(state) }, { SUCCESS: "done", BLOCK: "waits", CALLED: "called" }[state] ?? "failed"),
    el("span", { class: "what" }, `${action} (${objectId})${outputs === "" ? "" : `: ${outputs}`}`),
    el("span", { class: "when" }, timeOf(at)),
  );
}

export async function showActions() {
  const found = await ask("GET", "/actions");
  definitions = found.definitions;
  document.querySelector("#run").hidden = definitions.length === 0;
  const nothing = definitions.length === 0 ? "No app has defined an action." : "No workflow has used one yet.";
  showList(document.querySelector("#executions"), found.executions, executionRow, nothing);
}

document.querySelector("#run").addEventListener("click", async () => {
  const { results } = await ask("GET", "/records/contacts");
  openRun(definitions[0], results);
});
