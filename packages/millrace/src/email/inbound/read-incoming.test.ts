import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { MailKind } from "./kind-of-mail.ts";
import { parseMail } from "./parse-mail.ts";
import { readIncoming } from "./read-incoming.ts";
import { addressesOf } from "./report.ts";

const HOUSE = { address: "sales@lead.example" };
const OURS = `Hello,

thank you for asking. Shall we talk on Tuesday?
You do not want letters? Reply with unsubscribe.

-- 
Sales Team`;
const SAMPLES = new URL("../../../../../test/mail-samples/", import.meta.url);

async function read(raw: string | Uint8Array, recipient?: string) {
  const bytes = typeof raw === "string" ? Buffer.from(raw.replace(/\r?\n/g, "\r\n")) : raw;
  const mail = await parseMail(bytes);
  return readIncoming(mail, HOUSE, {
    sent: [OURS],
    subjects: ["A first word about your request"],
    ...(recipient === undefined ? {} : { recipient }),
  });
}

const sample = (name: string, recipient?: string) => read(readFileSync(new URL(`${name}.eml`, SAMPLES)), recipient);

type Expected = Partial<MailKind & { isHard: boolean; isAutomatic: boolean; what: string }>;

/** Written by the servers and clients named, run on loopback; those of exim and postfix with scripts/record-mail-samples.ts. */
const ARTEFACTS: readonly (readonly [
  sample: string,
  expected: Expected,
  text?: string | RegExp,
  recipient?: string,
])[] = [
  ["postfix-550", { kind: "bounce", isHard: true }],
  ["exim-nouser", { kind: "bounce", isHard: true }],
  ["exim-forward", { kind: "bounce", isHard: true }],
  ["sendmail-nouser", { kind: "bounce", isHard: true }],
  ["dma-nouser", { kind: "bounce", isHard: true }],
  ["opensmtpd-nouser", { kind: "bounce", isHard: true }],
  ["postfix-552-full", { kind: "bounce", isHard: false }],
  ["exim-full", { kind: "bounce", isHard: false }],
  ["opensmtpd-full", { kind: "bounce", isHard: false }],
  ["postfix-delayed", { kind: "notice" }],
  ["postfix-three", { kind: "bounce", isHard: false }, undefined, "full@customer.example"],
  ["postfix-three", { kind: "bounce", isHard: true }, undefined, "nouser@customer.example"],
  ["postfix-three", { kind: "bounce", isHard: true }, undefined, "disabled@customer.example"],
  ["exim-headers-only", { kind: "bounce", isHard: true }],
  ["exim-too-large", { kind: "bounce", isHard: false }],
  ["exim-policy", { kind: "bounce", isHard: false }],
  ["exim-alias", { kind: "bounce", isHard: true }, undefined, "hello@alias.example"],
  ["exim-late", { kind: "notice" }],
  ["postfix-headers-only", { kind: "bounce", isHard: true }],
  ["postfix-moved", { kind: "bounce", isHard: true }],
  ["postfix-full-at-end", { kind: "bounce", isHard: false }],
  ["postfix-too-large", { kind: "bounce", isHard: false }],
  ["postfix-policy", { kind: "bounce", isHard: false }],
  ["postfix-alias", { kind: "bounce", isHard: true }, undefined, "hello@alias.example"],
  ["postfix-late", { kind: "notice" }],
  ["sieve-reject", { kind: "reply", isAutomatic: true }, /Please take me off your list/],
  ["sieve-vacation", { kind: "reply", isAutomatic: true }, /out of the office until 14 December/],
  ["bsd-vacation", { kind: "reply", isAutomatic: false }, "I am on holiday and back on 14 December 2026."],
  ["cal-accept", { kind: "reply", what: "accepted" }, ""],
  ["cal-counter", { kind: "reply", what: "counter" }, "Thursday does not work, could we do Friday at ten?"],
  ["smime-opaque", { kind: "reply", what: "signed" }, ""],
  ["smime-enc", { kind: "reply", what: "encrypted" }, ""],
  ["mdn-read", { kind: "notice" }],
  ["arf-abuse", { kind: "complaint" }],
  ["arf-notspam", { kind: "notice" }],
  ["flowed-attribution", { kind: "reply", isAutomatic: false }, "Yes please, call me on Tuesday morning."],
  ["flowed-own-then-quote", { kind: "reply" }, "Yes, gladly, Tuesday at ten suits me and my"],
  ["out-mlist", { kind: "reply", isAutomatic: false }, /[Yy]es/],
  ["lang-da", { kind: "reply" }, "Ja tak, ring til mig tirsdag."],
  ["lang-ja", { kind: "reply" }, "はい、火曜日にお電話ください。"],
  ["lang-pl-outlook", { kind: "reply" }, /^(?!.*(letters|Wysłano)).+$/s],
];

/** The message a report is about, and every address it names. */
const NAMED: readonly (readonly [sample: string, id: string, addresses: readonly string[]])[] = [
  ["exim-headers-only", "<78696d2d686561646572732d6f6e6c79@lead.example>", ["gone@far.example"]],
  ["exim-alias", "<0000000000006578696d2d616c696173@lead.example>", ["hello@alias.example"]],
  ["postfix-headers-only", "<6669782d686561646572732d6f6e6c79@lead.example>", ["gone@far.example"]],
  ["postfix-alias", "<000000706f73746669782d616c696173@lead.example>", ["hello@alias.example", "gone@far.example"]],
];

describe("what a report is about", () => {
  for (const [name, id, addresses] of NAMED) {
    it(`${name}: our message, whatever part of it came back, and ${addresses.join(", ")}`, async () => {
      const { report } = await parseMail(readFileSync(new URL(`${name}.eml`, SAMPLES)));
      assert.ok(report);
      assert.ok(
        report.about.some((one) => one.startsWith(id)),
        report.about.join(" "),
      );
      assert.deepEqual(addressesOf(report), addresses);
    });
  }
});

describe("what mail software writes", () => {
  for (const [name, expected, text, recipient] of ARTEFACTS) {
    it(`${name}${recipient === undefined ? "" : ` for ${recipient}`}: ${JSON.stringify(expected)}`, async () => {
      const reading = await sample(name, recipient);
      const seen = { ...reading.kind, what: reading.what };
      assert.deepEqual({ ...seen, ...expected }, seen);
      if (typeof text === "string") assert.equal(reading.words.text, text);
      else if (text !== undefined) assert.match(reading.words.text, text);
    });
  }
});

function mail(headers: Record<string, string>, body = "Hello."): string {
  const all = {
    From: "ada@acme.example",
    "Message-ID": "<1@acme.example>",
    Subject: "Re: A first word about your request",
    ...headers,
  };
  return `${Object.entries(all)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n")}\n\n${body}\n`;
}

const QUOTED =
  "Hello,\n\nthank you for asking. Shall we talk on Tuesday?\nYou do not want letters? Reply with unsubscribe.\n\n-- \nSales Team";
const MARKED = QUOTED.replace(/^/gm, "> ");
const YES = "Yes, Tuesday works for me.";

/** The answer above what is quoted, in styles of many programs; the quoted part is ours or is marked. */
const STYLES: readonly (readonly [style: string, body: string])[] = [
  [
    "attribution right below the answer",
    `${YES}\nOn Mon, Nov 30, 2026 at 10:00 AM Sales <sales@lead.example> wrote:\n${MARKED}`,
  ],
  [
    "an answer that begins like an attribution",
    `On Tuesday at 10:00 it suits me.\nOn Mon, Nov 30, 2026 at 10:00 AM Sales <sales@lead.example> wrote:\n${MARKED}`,
  ],
  ["Danish, unmarked", `${YES}\n\nDen man. 30. nov. 2026 kl. 10.00 skrev Sales <sales@lead.example>:\n\n${QUOTED}`],
  [
    "Polish header block",
    `${YES}\n\nOd: Sales <sales@lead.example>\nWysłano: poniedziałek, 30 listopada 2026 10:00\nDo: Ada\nTemat: A first word\n\n${QUOTED}`,
  ],
  [
    "Czech header block",
    `${YES}\n\nOd: Sales <sales@lead.example>\nOdesláno: pondělí 30. listopadu 2026 10:00\nKomu: Ada\nPředmět: A first word\n\n${QUOTED}`,
  ],
  ["Finnish, unmarked", `${YES}\n\nSales <sales@lead.example> kirjoitti ma 30.11.2026 klo 10.00:\n\n${QUOTED}`],
  ["Russian, marked", `${YES}\n\nпн, 30 нояб. 2026 г. в 10:00, Sales <sales@lead.example>:\n\n${MARKED}`],
  [
    "Turkish, unmarked",
    `${YES}\n\nSales <sales@lead.example>, 30 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:\n\n${QUOTED}`,
  ],
  [
    "Chinese header block",
    `${YES}\n\n发件人: Sales <sales@lead.example>\n发送时间: 2026年11月30日 10:00\n收件人: Ada\n主题: A first word\n\n${QUOTED}`,
  ],
  ["no announcement at all", `${YES}\n\n${QUOTED}`],
  [
    "other line width",
    `${YES}\n\nSales hat geschrieben\n\nHello, thank you for asking. Shall we\ntalk on Tuesday? You do not want letters? Reply with unsubscribe.`,
  ],
  ["Notes table", `${YES}\n\n|------------>\n| From:      |\n|------------>\n|Sales <sales@lead.example>|\n${QUOTED}`],
];

describe("the contact's own words", () => {
  for (const [style, body] of STYLES) {
    it(`are read without ours: ${style}`, async () => {
      const { words } = await read(mail({}, body));
      assert.ok(!/unsubscribe|letters|Shall we/.test(words.text), words.text);
      assert.match(words.text, /^(Yes, Tuesday works for me\.|On Tuesday at 10:00 it suits me\.)/);
    });
  }

  it("are read below dashes when nothing stands above, and a signature alone is none", async () => {
    assert.equal((await read(mail({}, `--\n${YES}`))).words.text, YES);
    const alone = await read(mail({}, "-- \nAda Byron\nCTO"));
    assert.deepEqual([alone.words.text, alone.what], ["", "empty"]);
  });

  it("may look like headers", async () => {
    const body =
      "From: our Berlin office\nTo: be shipped in May\nSubject: to approval, we would buy 20 seats. Please send an offer.";
    assert.equal((await read(mail({}, body))).words.text, body);
  });

  it("are not what somebody forwards", async () => {
    const body =
      "---------- Forwarded message ---------\nFrom: Ada <ada@acme.example>\nDate: Mon\n\nStop writing to me.";
    const { words, what } = await read(mail({}, body));
    assert.deepEqual([words.text, what], ["", "forward"]);
  });

  it("of an HTML message are those one can see, and its quote is a quote", async () => {
    const html = `<div style="display:none">Stop emailing me</div><p hidden>remove me</p><p>Yes, Tuesday<br>works.</p><div class="yahoo_quoted"><div>On Monday, Sales &lt;sales@lead.example&gt; wrote:</div><div>Unsubscribe?</div></div>`;
    assert.equal((await read(mail({ "Content-Type": "text/html" }, html))).words.text, "Yes, Tuesday\nworks.");
  });

  it("are taken from the HTML part when the text part says nothing", async () => {
    const body =
      "--b\nContent-Type: text/plain\n\nThis message is in HTML format. Please use an HTML capable e-mail program to read it.\n--b\nContent-Type: text/html\n\n<p>Please unsubscribe me from this list.</p>\n--b--";
    const { words } = await read(
      mail({ "MIME-Version": "1.0", "Content-Type": "multipart/alternative; boundary=b" }, body),
    );
    assert.equal(words.text, "Please unsubscribe me from this list.");
  });
});

describe("who wrote", () => {
  const rows: readonly (readonly [what: string, headers: Record<string, string>, address: string, side: string])[] = [
    ["From as it is", {}, "ada@acme.example", "other"],
    [
      "a group's address in From",
      {
        From: `"'Ada Byron' via Sales" <sales@lead.example>`,
        "X-Original-From": "Ada Byron <ada@acme.example>",
        "List-ID": "<sales.lead.example>",
      },
      "ada@acme.example",
      "other",
    ],
    [
      "only Reply-To names them",
      { From: `"Ada via Sales" <sales@lead.example>`, "Reply-To": "ada@acme.example" },
      "ada@acme.example",
      "other",
    ],
    [
      "a list elsewhere",
      { From: "Ada via Team <team@acme.example>", "List-Id": "<team.acme.example>", "Reply-To": "ada@acme.example" },
      "ada@acme.example",
      "other",
    ],
    ["the sender itself", { From: "sales@lead.example" }, "sales@lead.example", "ourselves"],
    ["a colleague", { From: "Tom <tom@lead.example>" }, "tom@lead.example", "colleague"],
    ["Reply-To of a person is no rewrite", { "Reply-To": "assistant@acme.example" }, "ada@acme.example", "other"],
  ];
  for (const [what, headers, address, side] of rows) {
    it(`${what}: ${address}, ${side}`, async () => {
      const { author } = await read(mail(headers));
      assert.deepEqual([author.address, author.side], [address, side]);
    });
  }
});

describe("a program's mail", () => {
  const rows: readonly (readonly [what: string, headers: Record<string, string>, isAutomatic: boolean])[] = [
    ["auto-replied", { "Auto-Submitted": "auto-replied" }, true],
    ["a list's precedence", { Precedence: "list", "In-Reply-To": "<x@lead.example>" }, false],
    ["bulk, answering our message", { Precedence: "bulk", "In-Reply-To": "<x@lead.example>" }, false],
    [
      "forwarded by a rule of Exchange",
      { "Auto-Submitted": "auto-generated", "In-Reply-To": "<x@lead.example>" },
      false,
    ],
    ["auto_reply", { Precedence: "auto_reply" }, true],
    ["a null return path", { "Return-Path": "<>" }, true],
    ["X-Autoreply: no", { "X-Autoreply": "no" }, false],
  ];
  for (const [what, headers, isAutomatic] of rows) {
    it(`${what}: ${isAutomatic ? "automatic" : "a person's"}`, async () => {
      const { kind } = await read(mail(headers));
      assert.deepEqual([kind.kind, "isAutomatic" in kind && kind.isAutomatic], ["reply", isAutomatic]);
    });
  }

  it("a person at postmaster@ is a person; a warning of a delay is no bounce", async () => {
    const person = await read(mail({ From: "postmaster@acme.example" }, "Yes, we host 400 domains. Call us."));
    assert.equal(person.kind.kind, "reply");
    const warning = await read(
      mail(
        { From: "MAILER-DAEMON@mx.example", Subject: "Warning" },
        "THIS IS A WARNING MESSAGE ONLY\n500 messages are ahead of it",
      ),
    );
    assert.equal(warning.kind.kind, "notice");
  });

  it("a reaction and a check of the sender are no words", async () => {
    const reaction = await read(mail({}, "👍\n\nAda Byron reacted via Gmail"));
    assert.deepEqual([reaction.what, reaction.words.text], ["reaction", "👍"]);
    const check = await read(
      mail({}, "Your message is waiting. Please click https://check.example/x to confirm that you are a human."),
    );
    assert.equal(check.what, "challenge");
  });

  it("the subject counts as theirs only when it is not ours come back", async () => {
    assert.equal((await read(mail({}))).isOwnSubject, false);
    assert.equal((await read(mail({ Subject: "unsubscribe" }))).isOwnSubject, true);
  });
});
