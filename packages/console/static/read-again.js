/** "Read again as …": a person says what a reply says. What followed is taken back; what they say follows at once, and is a label. */
import { post } from "./api.js";
import { h, say } from "./dom.js";
import { humanly } from "./words.js";

/** Every class, in the words of who reads. */
const CLASSES = [
  ["positive", "says yes"],
  ["question", "asks something"],
  ["not_now", "says not now"],
  ["negative", "says no"],
  ["wrong_person", "is the wrong person"],
  ["out_of_office", "is away"],
  ["opt_out", "asks to stop"],
  ["complaint", "complains"],
  ["bounce", "did not get it: the address is dead"],
  ["none", "says nothing that matters"],
];
const TOOK_BACK = {
  opt_out: "the opt-out",
  suppression: "the suppression",
  refusal: "the refusal",
  sequence_end: "the end of the sequence",
};

/** The last reading among the events of a reply. */
export function readingOf(events) {
  return events.findLast(({ type }) => type === "reply_classified");
}

/** @param event the reply, or a reading of it. @param reading the last one, where there is one. @param again asked to show all of it anew. */
export function readAgainPart(event, reading, again) {
  const trouble = h("div");
  const form = h(
    "form",
    {
      class: "again",
      onsubmit: (submitted) => {
        submitted.preventDefault();
        send();
      },
    },
    h("h3", {}, "Read again"),
    h(
      "label",
      {},
      "The contact",
      h(
        "select",
        { name: "class", required: true },
        CLASSES.map(([name, words]) => h("option", { value: name, selected: name === reading?.data.class }, words)),
      ),
    ),
    h(
      "label",
      {},
      "Why (on record; needed where an opt-out is lifted)",
      h("input", { name: "reason", type: "text", maxlength: 300, autocomplete: "off" }),
    ),
    h("p", { class: "about" }, "What followed from the earlier reading is taken back; what has left stays sent."),
    h("div", { class: "acts" }, h("button", { type: "submit", class: "main" }, "Read it so")),
    trouble,
  );

  async function send() {
    const fields = new FormData(form);
    const reason = fields.get("reason").trim();
    try {
      const answer = await post(`/api/replies/${event}/read-again`, {
        class: fields.get("class"),
        ...(reason === "" ? {} : { reason }),
      });
      const back = answer.tookBack.map((what) => TOOK_BACK[what] ?? humanly(what));
      say(`Read as ${humanly(answer.class)}.${back.length === 0 ? "" : ` Taken back: ${back.join(", ")}.`}`);
      again();
    } catch (error) {
      trouble.replaceChildren(
        h("div", { class: "trouble", role: "alert" }, h("strong", {}, error.message), ` Next: ${error.next}`),
      );
    }
  }
  return form;
}
