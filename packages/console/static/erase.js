/** Erasing a person from the drawer: what there is to erase is told first, and nothing happens until their address is typed. */
import { get, post } from "./api.js";
import { h, say } from "./dom.js";
import { rawData } from "./parts.js";

/** A long log is looked through from its beginning. */
const PATIENCE_MS = 300_000;

/** @param onErased asked to show the contact anew. */
export function erasePart(contact, onErased) {
  const place = `/api/contacts/${encodeURIComponent(contact.id)}`;
  const body = h("div", { class: "body" });
  const part = h("details", { class: "erase" }, h("summary", {}, "Erase this person…"), body);
  part.addEventListener("toggle", async () => {
    if (!part.open) return;
    body.replaceChildren(h("p", { class: "empty" }, "Looking up what there is…"));
    try {
      body.replaceChildren(...asked(contact, await get(`${place}/erasure`, PATIENCE_MS), erase));
      body.querySelector("input")?.focus();
    } catch (error) {
      body.replaceChildren(trouble(error));
    }
  });

  async function erase(button) {
    button.disabled = true;
    button.textContent = "Erasing…";
    try {
      const { rows, inHubspot } = await post(`${place}/erase`, {}, PATIENCE_MS);
      const there = inHubspot.length === 0 ? "" : " A task was made for HubSpot's record.";
      say(`Erased: ${extentOf(rows)}.${there}`);
      onErased();
    } catch (error) {
      body.replaceChildren(trouble(error));
    }
  }
  return part;
}

function asked(contact, { rows, wasErased, inHubspot }, erase) {
  if (Object.values(rows).every((count) => count === 0))
    return [h("p", { class: "empty" }, "Nothing is left that could be erased.")];
  const word = contact.properties.email ?? "erase";
  const button = h("button", { type: "submit", class: "danger", disabled: true }, "Erase for good");
  const input = h("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  input.addEventListener("input", () => {
    button.disabled = input.value.trim().toLowerCase() !== word.toLowerCase();
  });
  const submit = (event) => {
    event.preventDefault();
    if (!button.disabled) erase(button);
  };
  return [
    h(
      "p",
      {},
      wasErased ? "They were erased before. What has come in since" : "Everything known of them",
      " is erased for good: ",
      h("strong", {}, extentOf(rows)),
      ". There is no way back, and nothing is sent to their address any more.",
    ),
    rawData(rows, "Which rows"),
    inHubspot.length > 0 && h("p", {}, `HubSpot has record ${inHubspot.join(", ")} of them; a task is made for that.`),
    h("form", { onsubmit: submit }, h("label", {}, "Type ", h("b", {}, word), " to confirm", input), button),
  ].filter(Boolean);
}

function extentOf(rows) {
  const count = Object.values(rows).reduce((sum, of) => sum + of, 0);
  return count === 1 ? "1 row of the database" : `${count} rows of the database`;
}

function trouble(error) {
  return h("div", { class: "trouble", role: "alert" }, h("strong", {}, error.message), ` Next: ${error.next}`);
}
