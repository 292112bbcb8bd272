/** Each door for inbound mail and what it asks for as proof: the right one, a wrong one, one that was used before, and none. */
import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { describe, it } from "node:test";
import { Webhook } from "standardwebhooks";
import { LEAD, type TestGateway, testGateway } from "./gateway.fixture.ts";

const SECRET = "whsec_bWlsbHJhY2UtdGVzdC1zZWNyZXQtMzItYnl0ZXM=";
const OTHER_SECRET = "whsec_YW5vdGhlci1zZWNyZXQtb2YtdGhpcnR5LXR3by1ieXRl";
const BASIC = { username: "millrace", password: "correct: horse" };
const pair = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
const OURS = pair();
const OTHERS = pair();
const publicKey = OURS.publicKey.export({ format: "der", type: "spki" }).toString("base64");
const inboundMail = { mailgun: { signingKey: "the key" }, sendgrid: { publicKey }, postmark: { basicAuth: BASIC } };

const mail = (id: string, words = "Yes, gladly.") =>
  `From: Ada <${LEAD.email}>\r\nMessage-ID: <${id}@x.example>\r\nSubject: Hi\r\n\r\n${words}\r\n`;
const seconds = (ago = 0) => Math.floor(Date.now() / 1_000) - ago;
const basic = ({ username, password }: typeof BASIC) => `Basic ${btoa(`${username}:${password}`)}`;

interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a door's sender makes a request. "other": with a secret that is not ours. "none": without any proof. */
type Proof = "ours" | "other" | "none";
type Make = (message: string, proof: Proof, secondsAgo?: number) => Sent;

const mailgun: Make = (message, proof, ago) => {
  const timestamp = String(seconds(ago));
  const token = Buffer.from(message).toString("hex").slice(0, 50);
  const signature = createHmac("sha256", proof === "ours" ? "the key" : "x")
    .update(`${timestamp}${token}`)
    .digest("hex");
  const fields = { "body-mime": message, ...(proof === "none" ? {} : { timestamp, token, signature }) };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { path: "/mail/inbound/mailgun/mime", headers, body: new URLSearchParams(fields).toString() };
};

const sendgrid: Make = (message, proof, ago) => {
  const body = `--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n${message}\r\n--b--\r\n`;
  const at = String(seconds(ago));
  const { privateKey } = proof === "ours" ? OURS : OTHERS;
  const signature = sign("sha256", Buffer.from(at + body), privateKey).toString("base64");
  const signed = {
    "x-twilio-email-event-webhook-signature": signature,
    "x-twilio-email-event-webhook-timestamp": at,
  };
  const headers = { "content-type": "multipart/form-data; boundary=b", ...(proof === "none" ? {} : signed) };
  return { path: "/mail/inbound/sendgrid", headers, body };
};

const postmark: Make = (message, proof) => {
  const authorization = basic(proof === "ours" ? BASIC : { ...BASIC, password: "x" });
  const headers = { "content-type": "application/json", ...(proof === "none" ? {} : { authorization }) };
  return { path: "/mail/inbound/postmark", headers, body: JSON.stringify({ RawEmail: message }) };
};

const signedMime: Make = (message, proof, ago) => {
  const at = new Date(seconds(ago) * 1_000);
  const signed = {
    "webhook-id": "m1",
    "webhook-timestamp": String(seconds(ago)),
    "webhook-signature": new Webhook(proof === "ours" ? SECRET : OTHER_SECRET).sign("m1", at, message),
  };
  const headers = { "content-type": "message/rfc822", ...(proof === "none" ? {} : signed) };
  return { path: "/mail/inbound", headers, body: message };
};

const keyedMime =
  (key: string): Make =>
  (message, proof) => {
    const authorization = `Bearer ${proof === "ours" ? key : "mr_wrong"}`;
    const headers = { "content-type": "message/rfc822", ...(proof === "none" ? {} : { authorization }) };
    return { path: "/mail/inbound", headers, body: message };
  };

/** How long a captured request stays good: 15 minutes, 5 for signed MIME; a password or a key has no time. */
const DOORS: readonly { name: string; make: (key: string) => Make; goodForSeconds: number | undefined }[] = [
  { name: "Mailgun", make: () => mailgun, goodForSeconds: 900 },
  { name: "SendGrid", make: () => sendgrid, goodForSeconds: 900 },
  { name: "Postmark", make: () => postmark, goodForSeconds: undefined },
  { name: "signed MIME", make: () => signedMime, goodForSeconds: 300 },
  { name: "MIME with a key", make: keyedMime, goodForSeconds: undefined },
];

async function send(tested: TestGateway, { path, headers, body }: Sent) {
  const answer = await fetch(`${tested.url}${path}`, { method: "POST", headers, body });
  return { status: answer.status, body: await answer.text() };
}

const rowsOf = async (tested: TestGateway) => (await tested.engine.db.query("select 1 from inbound_mail")).length;

describe("inbound mail by a service's webhook", () => {
  for (const { name, make, goodForSeconds } of DOORS) {
    it(`${name}: the right proof is taken once, a wrong, a changed, an old and a missing one never`, async () => {
      await using tested = await testGateway({ inboundMail, webhookSecrets: { mail: SECRET } });
      const make_ = make(tested.gateway.apiKey ?? "");
      const taken = make_(mail("1"), "ours");
      const first = await send(tested, taken);
      assert.ok(first.status === 200 || first.status === 202, `${first.status} ${first.body}`);
      const again = await send(tested, taken);
      assert.deepEqual(again, first, "sent again it is the same message");
      assert.equal(await rowsOf(tested), 1);
      const refused: readonly (readonly [string, Sent])[] = [
        ["another secret", make_(mail("2"), "other")],
        ["no proof", make_(mail("3"), "none")],
        ...(goodForSeconds === undefined
          ? []
          : ([
              ["other words under the proof", { ...taken, body: taken.body.replace("gladly", "never!") }],
              ["a proof that is too old", make_(mail("4"), "ours", goodForSeconds + 60)],
              ["a proof from the future", make_(mail("5"), "ours", -goodForSeconds - 60)],
            ] as const)),
      ];
      for (const [what, request] of refused) {
        const answer = await send(tested, request);
        assert.equal(answer.status, 401, `${what}: ${answer.status} ${answer.body}`);
      }
      assert.equal(await rowsOf(tested), 1);
      assert.deepEqual(tested.troubles, []);
    });
  }
});
