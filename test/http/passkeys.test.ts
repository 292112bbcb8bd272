/** Passkeys at the API: challenges that hold once, for one address and one session; copies that are found out; and who is removed. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { relyingPartyOf } from "../../packages/millrace/src/access/relying-party.ts";
import { type TestGateway, testGateway } from "./gateway.fixture.ts";
import { type Answering, PasskeyDevice } from "./passkey-device.fixture.ts";

const PASSWORD = "correct horse battery staple";

/** A browser at localhost, with its cookie. */
class Visitor {
  readonly tested: TestGateway;
  readonly origin: string;
  cookie = "";

  constructor(tested: TestGateway) {
    this.tested = tested;
    this.origin = `http://localhost:${new URL(tested.url).port}`;
  }

  static async signedIn(tested: TestGateway, name = "ada"): Promise<Visitor> {
    const visitor = new Visitor(tested);
    const response = await fetch(await tested.gateway.signInLink(name), { redirect: "manual" });
    visitor.take(response);
    return visitor;
  }

  take(response: Response): void {
    this.cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  }

  ask(method: string, path: string, body: unknown = {}, site = "same-origin"): Promise<Response> {
    return fetch(`${this.tested.url}${path}`, {
      method,
      headers: { cookie: this.cookie, "sec-fetch-site": site, "content-type": "application/json" },
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
    });
  }

  async challenge(path: string, body: unknown = {}): Promise<Answering> {
    const response = await this.ask("POST", path, body);
    assert.equal(response.status, 200, await response.clone().text());
    return { origin: this.origin, challenge: ((await response.json()) as { challenge: string }).challenge };
  }

  async add(device: PasskeyDevice, label = "laptop", changed: Partial<Answering> = {}): Promise<Response> {
    const asked = await this.challenge("/api/me/passkeys/options");
    return this.ask("POST", "/api/me/passkeys", { label, response: device.made({ ...asked, ...changed }) });
  }

  async signIn(device: PasskeyDevice, changed: Partial<Answering> = {}): Promise<Response> {
    const asked = await this.challenge("/api/sign-in/passkey/options");
    return this.ask("POST", "/api/sign-in/passkey", { response: device.signed({ ...asked, ...changed }) });
  }

  async labels(): Promise<string[]> {
    const { passkeys } = (await (await this.ask("GET", "/api/me/passkeys")).json()) as {
      passkeys: { label: string }[];
    };
    return passkeys.map(({ label }) => label);
  }
}

describe("a passkey", () => {
  it("is added, signs in, counts its uses, and leaves who did what on record", async () => {
    await using tested = await testGateway();
    const ada = await Visitor.signedIn(tested);
    const device = new PasskeyDevice();
    device.counter = 1;
    assert.equal((await ada.add(device)).status, 200);
    device.counter = 2;
    const visitor = new Visitor(tested);
    const signed = await visitor.signIn(device);
    assert.equal(signed.status, 200, await signed.clone().text());
    assert.deepEqual(await signed.json(), { person: "ada" });
    visitor.take(signed);
    assert.equal((await visitor.ask("GET", "/api/me")).status, 200);
    const { people } = await tested.read("/api/people");
    assert.equal(people[0].passkeys, 1);
    const events = (await tested.read("/api/events?actor=person:")).events as { type: string; data: unknown }[];
    assert.deepEqual(
      events.filter(({ type }) => type !== "contact_created").map(({ type, data }) => [type, data]),
      [
        ["signed_in", { person: "ada", via: "passkey" }],
        ["passkey_added", { person: "ada", label: "laptop" }],
        ["signed_in", { person: "ada", via: "link" }],
      ],
    );
  });

  it("that says a count it has said before signs nobody in: somebody has a copy of it", async () => {
    await using tested = await testGateway();
    const ada = await Visitor.signedIn(tested);
    const device = new PasskeyDevice();
    device.counter = 7;
    await ada.add(device);
    assert.equal((await ada.signIn(device)).status, 401);
    device.counter = 8;
    assert.equal((await ada.signIn(device)).status, 200);
    device.counter = 3;
    assert.equal((await ada.signIn(device)).status, 401);
    device.counter = 9;
    const atOnce = await Promise.all(Array.from({ length: 6 }, () => ada.signIn(device)));
    assert.equal(atOnce.filter(({ status }) => status === 200).length, 1, "the same count at the same moment");
  });

  it("answers a challenge once, within five minutes by the database's clock, and one of its own kind and session", async () => {
    await using tested = await testGateway();
    const ada = await Visitor.signedIn(tested);
    const device = new PasskeyDevice();
    await ada.add(device);

    const asked = await ada.challenge("/api/sign-in/passkey/options");
    const response = device.signed(asked);
    assert.equal((await ada.ask("POST", "/api/sign-in/passkey", { response })).status, 200);
    assert.equal((await ada.ask("POST", "/api/sign-in/passkey", { response })).status, 401, "once");

    const late = await ada.challenge("/api/sign-in/passkey/options");
    await tested.engine.db.query("update passkey_challenges set expires_at = clock_timestamp() - interval '1 second'");
    assert.equal(
      (await ada.ask("POST", "/api/sign-in/passkey", { response: device.signed(late) })).status,
      401,
      "late",
    );

    const toAdd = await ada.challenge("/api/me/passkeys/options");
    assert.equal((await ada.ask("POST", "/api/sign-in/passkey", { response: device.signed(toAdd) })).status, 401);

    const grace = await Visitor.signedIn(tested, "grace");
    const adas = await ada.challenge("/api/me/passkeys/options");
    const made = { label: "taken", response: new PasskeyDevice().made(adas) };
    assert.equal((await grace.ask("POST", "/api/me/passkeys", made)).status, 400, "another's session");
    assert.deepEqual(await grace.labels(), []);
  });

  it("of another page, of another name, or of a device that asked nobody is none", async () => {
    await using tested = await testGateway();
    const ada = await Visitor.signedIn(tested);
    const device = new PasskeyDevice();
    const wrongs = [{ origin: "http://localhost:1" }, { relyingParty: "evil.example" }, { isVerified: false }];
    for (const wrong of wrongs)
      assert.equal((await ada.add(device, "wrong", wrong)).status, 400, JSON.stringify(wrong));
    assert.equal((await ada.add(device)).status, 200);
    assert.equal((await ada.add(device, "twice")).status, 400);
    for (const wrong of wrongs) assert.equal((await ada.signIn(device, wrong)).status, 401, JSON.stringify(wrong));
    assert.equal((await new Visitor(tested).signIn(new PasskeyDevice())).status, 401, "nobody's");
    assert.deepEqual(await ada.labels(), ["laptop"]);
  });

  it("is not asked for by a page of another site", async () => {
    await using tested = await testGateway();
    const ada = await Visitor.signedIn(tested);
    const device = new PasskeyDevice();
    await ada.add(device);
    const response = device.signed(await ada.challenge("/api/sign-in/passkey/options"));
    for (const [path, body] of [
      ["/api/sign-in/passkey/options", {}],
      ["/api/sign-in/passkey", { response }],
      ["/api/me/passkeys/options", {}],
      ["/api/me/passkeys/remove", { id: device.id }],
    ] as const)
      assert.equal((await ada.ask("POST", path, body, "cross-site")).status, 403, path);
  });

  it("goes when it is taken away, by its person alone, with the sessions that began by it; and when its person is removed", async () => {
    await using tested = await testGateway();
    const ada = await Visitor.signedIn(tested);
    const [laptop, phone] = [new PasskeyDevice(), new PasskeyDevice()];
    await ada.add(laptop);
    await ada.add(phone, "phone");
    const lost = new Visitor(tested);
    lost.take(await lost.signIn(laptop));
    const grace = await Visitor.signedIn(tested, "grace");
    assert.equal((await grace.ask("POST", "/api/me/passkeys/remove", { id: laptop.id })).status, 404);
    assert.equal((await ada.ask("POST", "/api/me/passkeys/remove", { id: laptop.id })).status, 200);
    assert.deepEqual(await ada.labels(), ["phone"]);
    assert.equal((await lost.ask("GET", "/api/me")).status, 401);
    assert.equal((await lost.signIn(laptop)).status, 401);
    assert.equal((await ada.ask("GET", "/api/me")).status, 200);

    assert.equal((await tested.post("/api/people/ada/remove", {})).status, 200);
    assert.equal((await lost.signIn(phone)).status, 401);
    assert.equal((await tested.post("/api/people", { name: "ada", roles: ["sales"] })).status, 200);
    assert.equal((await lost.signIn(phone)).status, 401, "nor when they are let in anew");
  });

  it("is added with the password where there is one, unless one came by a link; a program has none", async () => {
    await using tested = await testGateway();
    const ada = await Visitor.signedIn(tested);
    await ada.ask("POST", "/api/me/password", { password: PASSWORD });
    const byPassword = new Visitor(tested);
    byPassword.take(await byPassword.ask("POST", "/api/sign-in", { person: "ada", password: PASSWORD }));
    assert.equal((await byPassword.ask("POST", "/api/me/passkeys/options")).status, 401);
    await byPassword.challenge("/api/me/passkeys/options", { current: PASSWORD });
    await ada.challenge("/api/me/passkeys/options");
    assert.equal((await tested.post("/api/me/passkeys/options", {})).status, 403);
  });

  it("that is no answer of a device is refused, and says which field", async () => {
    await using tested = await testGateway();
    const visitor = new Visitor(tested);
    const good = new PasskeyDevice().signed({ origin: visitor.origin, challenge: "AAAA" });
    const withClientData = (clientDataJSON: string) => ({ ...good, response: { ...good.response, clientDataJSON } });
    for (const [response, status] of [
      [good, 401],
      [withClientData(Buffer.from("null").toString("base64url")), 401],
      [withClientData("AAAA"), 401],
      [withClientData("<script>"), 400],
      [{ ...good, id: "x".repeat(20_000) }, 400],
    ] as const)
      assert.equal((await visitor.ask("POST", "/api/sign-in/passkey", { response })).status, status);
    assert.deepEqual(tested.troubles, []);
  });
});

describe("the address passkeys work at", () => {
  it("is a name with https, or localhost in place of loopback's digits, and else none", () => {
    const of = (url: string) => relyingPartyOf(url);
    assert.deepEqual(of("https://leads.example.com/"), {
      id: "leads.example.com",
      origin: "https://leads.example.com",
    });
    assert.deepEqual(of("http://127.0.0.1:4300"), { id: "localhost", origin: "http://localhost:4300" });
    assert.deepEqual(of("http://[::1]:4300"), { id: "localhost", origin: "http://localhost:4300" });
    assert.deepEqual(of("http://localhost:4300"), { id: "localhost", origin: "http://localhost:4300" });
    for (const none of ["http://leads.example.com", "https://10.0.0.7", "https://[fd00::1]"])
      assert.equal(of(none), undefined, none);
  });

  it("is said where there is none", async () => {
    await using tested = await testGateway({ publicUrl: "https://10.0.0.7" });
    const response = await fetch(`http://127.0.0.1:${tested.gateway.port}/api/sign-in/passkey/options`, {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: "{}",
    });
    assert.equal(response.status, 404);
    assert.match(((await response.json()) as { saw: string }).saw, /https:\/\/10\.0\.0\.7/);
  });
});
