import assert from "node:assert/strict";
import { test } from "node:test";
import { LEAD, testGateway } from "./gateway.fixture.ts";

const URLENCODED = "application/x-www-form-urlencoded";

test("a form sent as JSON is answered with its place in the log, and becomes a lead", async () => {
  await using tested = await testGateway();
  const response = await tested.post("/forms/demo", { ...LEAD, context_utm_source: "ads" }, { authorization: "" });
  assert.equal(response.status, 202);
  const { position, contact, isDuplicate } = (await response.json()) as {
    position: number;
    contact: string;
    isDuplicate: boolean;
  };
  assert.equal(isDuplicate, false);
  await tested.engine.idle();
  const event = await tested.read(`/api/events/${position}`);
  assert.deepEqual(event.data, { form: "demo", fields: LEAD, context: { utm_source: "ads" } });
  assert.equal((await tested.read(`/api/contacts/${contact}`)).properties.lead_band, "hot");
});

test("fields and context may stand under names of their own", async () => {
  await using tested = await testGateway();
  const body = { fields: { email: "Ada@Example.com" }, context: { page: "/pricing" }, submission_id: "s-1" };
  const { position } = (await (await tested.post("/forms/webinar-2026", body)).json()) as { position: number };
  const event = await tested.read(`/api/events/${position}`);
  assert.deepEqual(event.data, {
    form: "webinar-2026",
    fields: { email: "ada@example.com" },
    context: { page: "/pricing" },
  });
});

test("the same form sent twice with one key is one event", async () => {
  await using tested = await testGateway();
  const once = await (await tested.post("/forms/demo", LEAD, { "idempotency-key": "k-1" })).json();
  const twice = await (await tested.post("/forms/demo", { ...LEAD, submission_id: "k-1" })).json();
  assert.deepEqual(twice, { ...(once as object), isDuplicate: true });
  assert.equal((await tested.read("/api/events?type=form_submitted")).events.length, 1);
});

test("a form corrected and sent again under its key is a new submission, and that again is one", async () => {
  await using tested = await testGateway();
  const send = async (company: string) => {
    const response = await tested.post("/forms/demo", { ...LEAD, company }, { "idempotency-key": "k-1" });
    assert.equal(response.status, 202);
    return (await response.json()) as { position: number; isDuplicate: boolean };
  };
  const first = await send("Bigcrop");
  const corrected = await send("Bigcorp");
  assert.equal(corrected.isDuplicate, false);
  assert.deepEqual(await send("Bigcorp"), { ...corrected, isDuplicate: true });
  assert.deepEqual(await send("Bigcrop"), { ...first, isDuplicate: true });
});

test("the same form twice within a minute and without a key is one submission, later it is another", async () => {
  await using tested = await testGateway();
  const send = async () =>
    ((await (await tested.post("/forms/demo", LEAD)).json()) as { isDuplicate: boolean }).isDuplicate;
  assert.deepEqual(await Promise.all([send(), send()]), [false, true]);
  tested.clock.advance(59_000);
  assert.equal(await send(), true);
  tested.clock.advance(2_000);
  assert.equal(await send(), false);
});

test("a browser without JavaScript is thanked on a page", async () => {
  await using tested = await testGateway();
  const response = await tested.call(
    "/forms/demo",
    browserPost("email=ada%40example.com&firstname=Ada+B%C3%A9la&topics=a&topics=b&company="),
  );
  assert.equal(response.status, 303);
  assert.equal(response.headers.get("location"), "/forms/demo/thanks");
  assert.match(await (await tested.call("/forms/demo/thanks")).text(), /Thank you/);
  const [event] = (await tested.read("/api/events?type=form_submitted")).events;
  assert.deepEqual(event.data.fields, { email: "ada@example.com", firstname: "Ada Béla", topics: "a;b" });
});

test("a program that sends a form gets JSON, not a page", async () => {
  await using tested = await testGateway();
  const response = await tested.call("/forms/demo", {
    method: "POST",
    body: "email=ada%40example.com",
    headers: { "content-type": URLENCODED },
  });
  assert.equal(response.status, 202);
});

test("a visitor's mistake brings the form back with everything typed and the message at the field", async () => {
  await using tested = await testGateway();
  const response = await tested.call(
    "/forms/demo",
    browserPost('email=ada@a.com,b@b.com&firstname="><script>alert(1)</script>&context_utm_source=ads'),
  );
  assert.equal(response.status, 400);
  const html = await response.text();
  assert.match(html, /id="email"[^>]*aria-invalid="true"[^>]*value="ada@a.com,b@b.com"/);
  assert.match(html, /id="email-trouble">Enter exactly one/);
  assert.match(html, /value="&quot;&gt;&lt;script&gt;alert\(1\)/);
  assert.match(html, /name="context_utm_source" value="ads"/);
  assert.doesNotMatch(html, /<script/);
  assert.equal(await tested.countEvents(), 0);
});

test("a form page carries the campaign it was reached by, a trap for scripts and a key against double sending", async () => {
  await using tested = await testGateway();
  const html = await (await tested.call("/forms/demo?utm_campaign=spring&evil=1")).text();
  assert.match(html, /name="context_utm_campaign" value="spring"/);
  assert.match(html, /name="hp_website"/);
  assert.match(html, /name="submission_id" value="[0-9a-f-]{36}"/);
  assert.doesNotMatch(html, /evil/);
});

test("who fills in the trap is recorded and gets nothing", async () => {
  await using tested = await testGateway();
  await tested.post("/forms/demo", { email: "buy@example.com", hp_website: "https://spam.example" });
  await tested.engine.idle();
  assert.equal((await tested.read("/api/emails")).emails.length, 0);
  assert.equal((await tested.read("/api/alerts")).alerts.length, 0);
});

test("pages for unknown forms do not exist, but an unknown form is taken", async () => {
  await using tested = await testGateway();
  assert.equal((await tested.call("/forms/whatever")).status, 404);
  assert.equal((await tested.post("/forms/whatever", { email: "ada@example.com" })).status, 202);
});

test("too many forms from one address are asked to wait, and how long; other doors stay open", async () => {
  await using tested = await testGateway({ formsPerMinute: 3 });
  const statuses = [];
  for (let i = 0; i < 5; i++) statuses.push(await tested.post("/forms/demo", { email: `a${i}@example.com` }));
  assert.deepEqual(
    statuses.map(({ status }) => status),
    [202, 202, 202, 429, 429],
  );
  assert.match(statuses[4]?.headers.get("retry-after") ?? "", /^\d+$/);
  assert.equal((await tested.read("/api/events?type=form_submitted")).events.length, 3);
});

/** Bodies that real pages send. `extra` is what is kept beside the fields. */
const PAGES: readonly {
  readonly name: string;
  readonly body: () => string | FormData | Uint8Array<ArrayBuffer>;
  readonly type?: string;
  readonly fields: object;
  readonly context?: object;
  readonly extra?: object;
}[] = [
  {
    name: "FormData of a script, with boxes of one name and a file",
    body: () => {
      const form = new FormData();
      form.append("email", "ada@example.com");
      form.append("topics[]", "a");
      form.append("topics[]", "b");
      form.append("cv", new Blob(["hello"], { type: "text/plain" }), "cv.txt");
      return form;
    },
    fields: { email: "ada@example.com", topics: "a;b" },
    extra: { cv: { file: "cv.txt", type: "text/plain", bytes: 5 } },
  },
  {
    name: "a beacon's JSON",
    body: () => JSON.stringify({ email: "ada@example.com", interests: ["a", "b"] }),
    type: "text/plain;charset=UTF-8",
    fields: { email: "ada@example.com", interests: "a;b" },
  },
  {
    name: "a beacon's fields",
    body: () => "email=ada%40example.com",
    type: "text/plain",
    fields: { email: "ada@example.com" },
  },
  {
    name: "a program's JSON under a name of its own, in a charset of its own",
    body: () => new Uint8Array(Buffer.from('{"data":{"email":"ada@example.com","lastname":"M\u00fcller"}}', "latin1")),
    type: "application/vnd.api+json; charset=iso-8859-1",
    fields: { email: "ada@example.com", lastname: "Müller" },
    extra: { envelope: { data: { email: "ada@example.com", lastname: "Müller" } } },
  },
  {
    name: "JSON as a text",
    body: () => '{"email":"ada@example.com"}',
    type: "text/json",
    fields: { email: "ada@example.com" },
  },
  {
    name: "bytes of no declared type",
    body: () => new Uint8Array(Buffer.from('{"email":"ada@example.com"}')),
    fields: { email: "ada@example.com" },
  },
  {
    name: "a Windows-1252 page",
    body: () => "email=ada%40example.com&lastname=M%FCller",
    type: URLENCODED,
    fields: { email: "ada@example.com", lastname: "Müller" },
  },
  {
    name: "a declared charset",
    body: () => new Uint8Array(Buffer.from('{"email":"ada@example.com","lastname":"M\u00fcller"}', "latin1")),
    type: "application/json; charset=ISO-8859-1",
    fields: { email: "ada@example.com", lastname: "Müller" },
  },
  {
    name: "a browser that names its charset",
    body: () => "email=ada%40example.com&lastname=%8E%52%93c&_charset_=Shift_JIS",
    type: URLENCODED,
    fields: { email: "ada@example.com", lastname: "山田" },
  },
  {
    name: "usual spellings",
    body: () =>
      JSON.stringify({
        "your-email": "ada@example.com",
        "Full Name": "Ada Byron",
        "Company name": "Acme",
        "utm-source": "ads",
      }),
    type: "application/json",
    fields: { email: "ada@example.com", firstname: "Ada", lastname: "Byron", company: "Acme" },
    context: { utm_source: "ads" },
  },
  {
    name: "HubSpot's own way",
    body: () =>
      JSON.stringify({
        fields: [{ objectTypeId: "0-1", name: "email", value: "ada@example.com" }],
        context: { pageUri: "https://acme.example/demo" },
      }),
    type: "application/json",
    fields: { email: "ada@example.com" },
    context: { page_uri: "https://acme.example/demo" },
  },
  {
    name: "multipart with a short boundary that stands in a value, a charset and a file",
    body: () =>
      new Uint8Array(
        Buffer.from(
          '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\nada@example.com\r\n' +
            '--b\r\nContent-Disposition: form-data; name="lastname"\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nM\u00fcllerb\r\n' +
            '--b\r\nContent-Disposition: form-data; name="cv"; filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--b--\r\n',
          "latin1",
        ),
      ),
    type: "multipart/form-data; boundary=b",
    fields: { email: "ada@example.com", lastname: "Müllerb" },
    extra: { cv: { file: "cv.pdf", type: "application/pdf", bytes: 4 } },
  },
  {
    name: "fields in brackets",
    body: () => "form_fields%5Bname%5D=Ada+Byron&form_fields%5Bemail%5D=ada%40example.com&form_id=7",
    type: URLENCODED,
    fields: { email: "ada@example.com", firstname: "Ada", lastname: "Byron", form_id: "7" },
  },
  {
    name: "a builder's envelope, whose name is not the visitor's",
    body: () => JSON.stringify({ name: "Contact form", payload: { id: 7, data: { Email: "ada@example.com" } } }),
    type: "application/json",
    fields: { email: "ada@example.com" },
    extra: { envelope: { name: "Contact form", payload: { id: 7, data: { Email: "ada@example.com" } } } },
  },
  {
    name: "a list of one",
    body: () => JSON.stringify([{ email: "ada@example.com", firstname: "Ada" }]),
    type: "application/json",
    fields: { email: "ada@example.com", firstname: "Ada" },
  },
  {
    name: "two fields for the address",
    body: () => "email=ada%40example.com&email=bob%40example.com",
    type: URLENCODED,
    fields: { email: "ada@example.com" },
    extra: { email: ["ada@example.com", "bob@example.com"] },
  },
  {
    name: "a number with more digits than a number keeps",
    body: () => '{"email":"ada@example.com","firstname":"Ada","customer_number":12345678901234567891,"age":42}',
    type: "application/json",
    fields: { email: "ada@example.com", firstname: "Ada", customer_number: "12345678901234567891", age: 42 },
  },
  {
    name: "what no property can hold",
    body: () =>
      JSON.stringify({
        email: "ada@example.com",
        firstname: "A\u0000da",
        cart: { sku: 1 },
        "💰": "yes",
        tostring: "x",
      }),
    type: "application/json",
    fields: { email: "ada@example.com", firstname: "Ada" },
    extra: { cart: { sku: 1 }, "💰": "yes", tostring: "x" },
  },
];

for (const { name, body, type, ...expected } of PAGES) {
  test(`no lead is lost for the way it is sent: ${name}`, async () => {
    await using tested = await testGateway();
    const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
    const response = await tested.call("/forms/demo", { method: "POST", body: body(), headers });
    const answer = await response.text();
    assert.equal(response.status, 202, answer);
    const event = await tested.read(`/api/events/${JSON.parse(answer).position}`);
    assert.deepEqual(event.data, { form: "demo", ...expected });
  });
}

test("a stranger's form sets no judgement, owner, stage or consent, and changes nothing that a person or HubSpot set", async () => {
  await using tested = await testGateway();
  const [known] = await tested.engine.append([
    {
      type: "contact_updated",
      data: { email: "ada@example.com", changes: { company: { from: null, to: "Acme" } } },
      actor: "hubspot:7",
    },
  ]);
  const evil = {
    lead_score: 100,
    Lead_Band: "hot",
    hubspot_owner_id: "7",
    lifecyclestage: "customer",
    consent: true,
    hs_email_optout: "true",
    "Opt Out": "yes",
  };
  await tested.post("/forms/demo", { email: "ada@example.com", company: "Evil", phone: "+1555", ...evil });
  await tested.engine.idle();
  const { properties } = await tested.read(`/api/contacts/${known?.contact}`);
  assert.equal(properties.company, "Acme");
  assert.equal(properties.phone, "+1555");
  for (const name of ["lifecyclestage", "hubspot_owner_id", "consent", "hs_email_optout", "opt_out"]) {
    assert.equal(properties[name], undefined, name);
  }
  assert.notEqual(properties.lead_score, 100);
  const [event] = (await tested.read("/api/events?type=form_submitted")).events;
  assert.deepEqual(event.data.extra, evil, "it is kept beside the submission");
});

test("a consent is taken from the box that the form's settings name, and only a yes", async () => {
  await using tested = await testGateway({ forms: { demo: { consent: ["consent"], fields: ["nps_score"] } } });
  const send = async (form: string, email: string, consent: string) => {
    const answer = await (await tested.post(`/forms/${form}`, { email, consent, nps_score: 9 })).json();
    await tested.engine.idle();
    const { contact } = answer as { contact: string };
    return (await tested.read(`/api/contacts/${contact}`)).properties;
  };
  const agreed = await send("demo", "ada@example.com", "on");
  assert.deepEqual([agreed.consent, agreed.nps_score], [true, 9]);
  assert.equal((await send("demo", "ada@example.com", "no")).consent, true, "no takes nothing back");
  const elsewhere = await send("contact", "bob@example.com", "on");
  assert.deepEqual([elsewhere.consent, elsewhere.nps_score], [undefined, undefined]);
});

function browserPost(body: string): RequestInit {
  return { method: "POST", body, headers: { "content-type": URLENCODED, accept: "text/html,application/xhtml+xml" } };
}
