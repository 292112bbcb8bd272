/** The records: a list for each kind, and a form in which a person edits one. */
import { ask, el, showList } from "./dom.js";

const KINDS = {
  contacts: {
    title: (p) => [p.firstname, p.lastname].filter(Boolean).join(" ") || p.email || "Nameless",
    middle: (p) => p.email,
    end: (p) => [p.lead_score && `score ${p.lead_score}`, p.lifecyclestage].filter(Boolean).join(" · "),
    fields: ["email", "firstname", "lastname", "company", "jobtitle", "phone", "lead_score", "lifecyclestage"],
  },
  companies: {
    title: (p) => p.name ?? p.domain,
    middle: (p) => p.domain,
    end: (p) => [p.city, p.industry].filter(Boolean).join(" · "),
    fields: ["name", "domain", "city", "industry", "phone", "website"],
  },
  tasks: {
    title: (p) => p.hs_task_subject ?? "Without a title",
    middle: (p) => `due ${new Date(p.hs_timestamp).toLocaleString()}`,
    end: (p) => [p.hs_task_status, p.hs_task_priority].filter(Boolean).join(" · "),
    fields: ["hs_task_subject", "hs_timestamp", "hs_task_status", "hs_task_priority", "hs_task_type", "hs_task_body"],
  },
  notes: {
    title: (p) => p.hs_note_body ?? "Empty",
    middle: (p) => new Date(p.hs_timestamp).toLocaleString(),
    end: () => "",
    fields: ["hs_note_body", "hs_timestamp"],
  },
  emails: {
    title: (p) => p.hs_email_subject ?? "Without a subject",
    middle: (p) => p.hs_email_to_email ?? "",
    end: (p) => [p.hs_email_direction, p.hs_email_status].filter(Boolean).join(" · "),
    fields: ["hs_email_subject", "hs_email_direction", "hs_timestamp", "hs_email_text"],
  },
};

const editor = document.querySelector("#editor");
const say = document.querySelector("#say");
let kind = new URLSearchParams(location.search).get("show") ?? "contacts";
if (!Object.hasOwn(KINDS, kind)) kind = "contacts";

function fieldOf(definition, value) {
  const attributes = { name: definition.name, value: value ?? "" };
  const box =
    definition.options.length === 0
      ? el("input", { ...attributes, autocomplete: "off" })
      : el("select", { name: definition.name }, el("option", { value: "" }, "—"));
  for (const option of definition.options) {
    box.append(el("option", { value: option.value, selected: option.value === value }, option.label));
  }
  return el("label", { class: "field" }, el("span", {}, definition.label), box);
}

/** Which values of the form differ from the record's. */
function changesIn(form, record) {
  const given = Object.fromEntries(new FormData(form));
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => (record?.properties[name] ?? "") !== value),
  );
}

async function openEditor(record) {
  const { results } = await ask("GET", `/properties/${kind}`);
  const wanted = KINDS[kind].fields;
  const known = wanted.flatMap((name) => results.find((definition) => definition.name === name) ?? []);
  const own = results.filter((definition) => !definition.hubspotDefined && !wanted.includes(definition.name));
  const said = el("p", { class: "said", role: "alert" });
  const start = { hs_timestamp: new Date().toISOString(), hs_task_status: "NOT_STARTED", hs_email_direction: "EMAIL" };
  const form = el(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const properties = changesIn(form, record);
        try {
          if (record === undefined) await ask("POST", `/records/${kind}`, { properties });
          else if (Object.keys(properties).length > 0)
            await ask("PATCH", `/records/${kind}/${record.id}`, { properties });
          say.textContent = "Saved.";
          editor.close();
          await showRecords();
        } catch (error) {
          said.textContent = error.message;
        }
      },
    },
    ...[...known, ...own].map((definition) =>
      fieldOf(definition, record ? record.properties[definition.name] : start[definition.name]),
    ),
    said,
    historyOf(record),
    el(
      "div",
      { class: "ends" },
      el("button", { type: "button", onclick: () => editor.close() }, "Cancel"),
      el("button", { class: "strong" }, "Save as a person"),
    ),
  );
  const title = record === undefined ? `New in ${kind}` : `${KINDS[kind].title(record.properties)} (${record.id})`;
  editor.replaceChildren(el("div", { class: "head" }, el("h2", { id: "editor-title" }, title)), form);
  editor.showModal();
}

function historyOf(record) {
  const lines = Object.entries(record?.history ?? {})
    .flatMap(([name, entries]) => entries.map((entry) => ({ name, ...entry })))
    .sort((a, b) => b.at - a.at)
    .slice(0, 6)
    .map(({ name, value, at, changeSource }) =>
      el("div", {}, `${new Date(at).toLocaleString()}: ${name} = ${value || "(cleared)"}, ${changeSource}`),
    );
  return el("div", { class: "history" }, ...lines);
}

async function act(method, path, properties) {
  await ask(method, path, properties === undefined ? undefined : { properties });
  await showRecords();
}

function rowOf(record) {
  const { title, middle, end } = KINDS[kind];
  const { properties, id } = record;
  const isOpenTask = kind === "tasks" && properties.hs_task_status !== "COMPLETED";
  const complete = () => act("PATCH", `/records/tasks/${id}`, { hs_task_status: "COMPLETED" });
  return el(
    "div",
    { class: "row" },
    el("span", { class: "title" }, title(properties)),
    el("span", {}, middle(properties) ?? ""),
    el("span", { class: "soft" }, end(properties)),
    el(
      "span",
      { class: "acts" },
      isOpenTask ? el("button", { type: "button", onclick: complete }, "Complete") : undefined,
      el("button", { type: "button", onclick: () => openEditor(record) }, "Edit"),
      el(
        "button",
        {
          type: "button",
          "aria-label": `Delete ${title(properties)}`,
          onclick: () => act("DELETE", `/records/${kind}/${id}`),
        },
        "✕",
      ),
    ),
  );
}

export async function showRecords() {
  const query = document.querySelector("#query").value;
  const { results } = await ask("GET", `/records/${kind}?query=${encodeURIComponent(query)}`);
  const items = results.map((record) => ({ ...record, kind }));
  showList(document.querySelector("#records"), items, rowOf, query ? "Nothing found." : `No ${kind} yet.`);
}

export function showKinds(counts) {
  document.querySelector("#types").replaceChildren(
    ...Object.keys(KINDS).map((name) =>
      el(
        "button",
        {
          type: "button",
          "aria-pressed": String(name === kind),
          onclick: async () => {
            kind = name;
            history.replaceState(null, "", `?show=${kind}`);
            showKinds(counts);
            await showRecords();
          },
        },
        `${name} ${counts[name] ?? 0}`,
      ),
    ),
  );
}

document.querySelector("#new").addEventListener("click", () => openEditor());
document.querySelector("#query").addEventListener("input", showRecords);
