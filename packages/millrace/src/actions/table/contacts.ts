/** What a person corrects about a contact, and drafts to them; erasing one. */
import { ADMIN, OPERATORS, SELLERS } from "../../access/roles.ts";
import { words } from "../../operations/operation.ts";
import { TASK_ERRORS } from "./shared.ts";

const draftVerb = {
  tag: "drafts",
  effect: "destructive",
  roles: SELLERS,
  answers: "What was decided, and the task that sends the e-mail.",
  errors: TASK_ERRORS,
} as const;

export const contactActions = {
  liftOptOut: words({
    roles: OPERATORS,
    summary: "Lift an opt-out that was wrong, with a reason; the contact may be written to again, in HubSpot too.",
    tag: "contacts",
    effect: "change",
    example: { contact: "ada@example.com", reason: "they wrote that it was a mistake" },
    answers: "It is lifted.",
    errors: ["not_found"],
    http: { method: "POST", path: "/api/contacts/:contact/lift-opt-out" },
    cli: [
      {
        command: "contacts lift-opt-out",
        args: ["contact"],
        options: { reason: { flags: "--reason <text>", about: "why it was wrong; kept on record" } },
        examples: ['contacts lift-opt-out ada@example.com --reason "they wrote that it was a mistake"'],
      },
    ],
    load: async () => (await import("../lift-opt-out.ts")).liftOptOut,
  }),
  liftSuppression: words({
    roles: OPERATORS,
    summary: "Lift the suppression of an address that works after all, with a reason.",
    tag: "contacts",
    effect: "change",
    example: { contact: "ada@example.com", reason: "their server was broken" },
    answers: "It is lifted.",
    errors: ["not_found"],
    http: { method: "POST", path: "/api/contacts/:contact/lift-suppression" },
    cli: [
      {
        command: "contacts lift-suppression",
        args: ["contact"],
        options: { reason: { flags: "--reason <text>", about: "why it was wrong; kept on record" } },
        examples: ['contacts lift-suppression ada@example.com --reason "their server was broken"'],
      },
    ],
    load: async () => (await import("../lift-suppression.ts")).liftSuppression,
  }),
  correctContact: words({
    roles: SELLERS,
    summary:
      "Correct one value of a contact. It stays: no form and no agent puts another in its place, until it is given up by an empty one.",
    tag: "contacts",
    effect: "change",
    example: { contact: "ada@example.com", property: "jobtitle", value: "CTO" },
    answers: "What it was and is.",
    errors: ["not_found"],
    http: { method: "POST", path: "/api/contacts/:contact/correct" },
    cli: [
      {
        command: "contacts correct",
        args: ["contact", "property", "value"],
        options: {
          seen: { flags: "--seen <value>", about: "only if it is still this" },
          takesBack: { flags: "--takes-back", about: "the value is again whose it was before the last correction" },
        },
        examples: ["contacts correct ada@example.com jobtitle CTO", 'contacts correct ada@example.com industry ""'],
      },
    ],
    load: async () => (await import("../correct-contact.ts")).correctContact,
  }),
  readReplyAgain: words({
    roles: SELLERS,
    summary:
      "Say what a reply says that was read wrongly or not at all. What followed from the first reading is taken back; what follows is as if it had been read so at once.",
    tag: "contacts",
    effect: "change",
    example: { position: 42, class: "positive" },
    answers: "It is read.",
    errors: ["not_found"],
    tool: {},
    http: { method: "POST", path: "/api/replies/:position/read-again" },
    cli: [
      {
        command: "replies read-again",
        args: ["position", "class"],
        options: { reason: { flags: "--reason <text>", about: "why; kept on record" } },
        examples: ["replies read-again 42 positive", "replies read-again 42 none"],
      },
    ],
    load: async () => (await import("../read-reply-again.ts")).readReplyAgain,
  }),
  approveDraft: words({
    ...draftVerb,
    summary: "Send an e-mail that a model wrote, as it is. Every gate is asked again when it leaves.",
    example: { id: 1001 },
    tool: { about: "Read it with `drafts` first: its words, and the facts they rest on." },
    http: { method: "POST", path: "/api/drafts/:id/approve" },
    cli: [
      { command: "drafts approve", args: ["id"], examples: ["drafts approve 1001", "drafts approve 1001 --as grace"] },
    ],
    load: async () => (await import("../approve-draft.ts")).approveDraft,
  }),
  editDraft: words({
    ...draftVerb,
    summary: "Send an e-mail in your own words, in place of what a model wrote. The difference is kept for evaluation.",
    example: { id: 1001, subject: "Inbound leads at Acme", text: "Hi Ada,\n\n20 minutes this week?\n\nGrace" },
    tool: {},
    http: { method: "POST", path: "/api/drafts/:id/edit" },
    cli: [
      {
        command: "drafts edit",
        args: ["id"],
        options: {
          subject: { flags: "--subject <text>", about: "the subject line", preset: "" },
          text: { flags: "--text <text>", about: "the whole e-mail, without the foot" },
          reason: { flags: "--reason <text>", about: "why; kept on record" },
        },
        examples: ['drafts edit 1001 --subject "Inbound leads" --text "$(cat e-mail.txt)"'],
      },
    ],
    load: async () => (await import("../edit-draft.ts")).editDraft,
  }),
  refuseDraft: words({
    ...draftVerb,
    effect: "change",
    summary: "Refuse an e-mail that a model wrote, with the reason. Nothing is sent, or the template if you say so.",
    example: { id: 1001, reason: "they are a partner of ours" },
    tool: {},
    http: { method: "POST", path: "/api/drafts/:id/refuse" },
    cli: [
      {
        command: "drafts refuse",
        args: ["id"],
        options: {
          reason: { flags: "--reason <text>", about: "what is wrong with it; kept on record" },
          takeTemplate: { flags: "--take-template", about: "send the template instead" },
        },
        examples: ['drafts refuse 1001 --reason "they are a partner of ours"'],
      },
    ],
    load: async () => (await import("../refuse-draft.ts")).refuseDraft,
  }),
  eraseContact: words({
    roles: OPERATORS,
    summary: "Erase everything known of a contact, for good. Doing it twice is harmless.",
    tag: "contacts",
    effect: "destructive",
    needs: "engine",
    example: { contact: "ada@example.com" },
    answers: "How many rows were erased, by table.",
    errors: ["not_found"],
    http: { method: "POST", path: "/api/contacts/:contact/erase" },
    load: async () => (await import("../erase-contact.ts")).eraseContact,
  }),
  applyErasures: words({
    roles: ADMIN,
    summary: "Erase again who a restored backup brought back, by the list kept beside the backups.",
    tag: "contacts",
    effect: "destructive",
    needs: "engine",
    example: { entries: [{ contact: "0190a2b4-1c2d-7e3f-8a4b-5c6d7e8f9a0b", erasedAt: "2026-03-02T09:00:00.000Z" }] },
    answers: "Who was erased again.",
    errors: ["invalid_config"],
    http: { method: "POST", path: "/api/erasures" },
    load: async () => (await import("../apply-erasures.ts")).applyErasures,
  }),
} as const;
