import assert from "node:assert/strict";
import { test } from "node:test";
import { addressGuard, isPublic } from "./address-guard.ts";

/** A resolver that would say yes to everything: literal addresses must be recognised without it. */
const anywhere = async () => [{ address: "93.184.215.14", family: 4 }];
const guard = addressGuard({ resolve: anywhere });

async function verdict(text: string): Promise<string> {
  const url = URL.parse(text);
  if (url === null) return "no address";
  const checked = await guard.check(url);
  return checked.ok ? "visited" : "refused";
}

/** Ways to write an address of one's own machine or network (M16), as hosts. */
const PRIVATE_HOSTS = [
  ..."127.0.0.1 127.1 127.0.1 127.0.0.2 127.255.255.254 0x7f.1 0x7f.0.0.1 0x7f000001 0x7F000001 2130706433".split(" "),
  ..."017700000001 0177.1 0177.0.0.1 0177.0.0.01 00000177.0.0.1 127.0.0.1. 0x7f.0x0.0x0.0x1 127.0x0.1".split(" "),
  ..."①②⑦.⓪.⓪.① １２７.０.０.１ 127。0。0。1 127｡0｡0｡1 １２７。１ %31%32%37.0.0.1 127%2e0%2e0%2e1".split(" "),
  ..."0 0.0.0.0 0x0 00 0.0.0.1 0.1.2.3".split(" "),
  ..."10.0.0.1 10.255.255.255 0xa.1 167772161 012.0.0.1".split(" "),
  ..."172.16.0.1 172.31.255.255 0xac.0x10.0.1 2886729729".split(" "),
  ..."192.168.0.1 192.168.1.1 192.168.257 3232235777 0300.0250.1.1 0xc0a80101".split(" "),
  ..."169.254.169.254 169.254.0.1 0xa9.0xfe.0xa9.0xfe 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518".split(
    " ",
  ),
  ..."168.63.129.16 0xa83f8110 2822734096 [::ffff:168.63.129.16] [::ffff:a83f:8110]".split(" "),
  ..."100.64.0.1 100.127.255.254 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1".split(" "),
  ..."192.88.99.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 4294967295 0xffffffff".split(" "),
  ..."[::1] [::] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::0001] [::ffff:127.0.0.1]".split(" "),
  ..."[::ffff:7f00:1] [::ffff:0:127.0.0.1] [::ffff:10.0.0.1] [::ffff:169.254.169.254] [::ffff:a9fe:a9fe]".split(" "),
  ..."[::127.0.0.1] [::7f00:1] [::10.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::1]".split(" "),
  ..."[2002:7f00:1::] [2002:a9fe:a9fe::1] [2001:0:7f00:1::] [2001::1] [2001:db8::1] [3fff::1] [100::1] [100:0:0:1::1]".split(
    " ",
  ),
  ..."[fc00::1] [fd00::1] [fd00:ec2::254] [fdff::1] [fe80::1] [febf::1] [fec0::1] [ff02::1] [ff0e::1] [5f00::1] [4000::1]".split(
    " ",
  ),
];
for (const host of PRIVATE_HOSTS) {
  test(`http://${host}/ is not visited`, async () => assert.notEqual(await verdict(`http://${host}/`), "visited"));
  test(`https://${host}/ is not visited`, async () => assert.notEqual(await verdict(`https://${host}/`), "visited"));
}

const OTHER = [
  ..."file:///etc/passwd ftp://acme.example/ gopher://acme.example/ data:text/html,hi javascript:alert(1)".split(" "),
  ..."ws://acme.example/ wss://acme.example/ blob:http://acme.example/1 about:blank chrome://version".split(" "),
  ..."view-source:http://acme.example/ jar:http://acme.example/ dict://acme.example:11211/ ldap://acme.example/".split(
    " ",
  ),
  ..."http://acme.example:22/ http://acme.example:25/ http://acme.example:8080/ http://acme.example:5432/".split(" "),
  ..."https://acme.example:8443/ http://acme.example:6379/ http://acme.example:0/ http://acme.example:65535/".split(
    " ",
  ),
  ..."http://ada@acme.example/ http://ada:pw@acme.example/ http://:pw@acme.example/ http://acme.example@127.0.0.1/".split(
    " ",
  ),
  ..."http://127.0.0.1#@acme.example/ http://127.0.0.1?@acme.example/ http:127.0.0.1 http:/127.0.0.1".split(" "),
  ..."http:\\\\127.0.0.1 http://127.0.0.1\\@acme.example/ http:////127.0.0.1/ http://acme.example:80@[::1]/".split(" "),
  ..."http://[::1%25eth0]/ http://[fe80::1%25lo]/ http:// http://% //acme.example acme.example".split(" "),
];
for (const address of OTHER) {
  test(`${address} is not visited`, async () => assert.notEqual(await verdict(address), "visited"));
}

const VISITED = [
  ..."http://acme.example/ https://acme.example/about?x=1#y http://acme.example:80/ https://acme.example:443/".split(
    " ",
  ),
  ..."http://acme.example:443/ HTTP://ACME.EXAMPLE/ https://bücher.example/ http://93.184.215.14/".split(" "),
  ..."http://8.8.8.8/ https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/ http://[::ffff:8.8.8.8]/ http://0x08080808/".split(
    " ",
  ),
  ..."http://172.15.255.255/ http://172.32.0.1/ http://192.167.255.255/ http://11.0.0.1/ http://168.63.129.17/".split(
    " ",
  ),
];
for (const address of VISITED) {
  test(`${address} is visited`, async () => assert.equal(await verdict(address), "visited"));
}

const PRIVATE_ANSWERS = [
  "127.0.0.1",
  "10.1.2.3",
  "169.254.169.254",
  "168.63.129.16",
  "::1",
  "fd00::1",
  "::ffff:7f00:1",
];
for (const address of PRIVATE_ANSWERS) {
  test(`a name that resolves to ${address} is not visited, not even beside a public address`, async () => {
    const answer = { address, family: address.includes(":") ? 6 : 4 };
    for (const addresses of [[answer], [{ address: "8.8.8.8", family: 4 }, answer]]) {
      const checked = await addressGuard({ resolve: async () => addresses }).check(new URL("http://acme.example/"));
      assert.ok(!checked.ok && !checked.isTransient);
    }
  });
}

test("what a resolver says that is no address at all is not visited", async () => {
  for (const address of ["", "localhost", "999.1.1.1", "1.2.3.4/8"]) {
    assert.equal(isPublic(address), false);
    const checked = await addressGuard({ resolve: async () => [{ address, family: 4 }] }).check(
      new URL("http://a.example"),
    );
    assert.equal(checked.ok, false);
  }
});

test("a name without an address may have one in a moment", async () => {
  const none = await addressGuard({ resolve: async () => [] }).check(new URL("http://acme.example/"));
  const broken = addressGuard({ resolve: () => Promise.reject(new Error("queryA ENOTFOUND")) });
  for (const checked of [none, await broken.check(new URL("http://acme.example/"))]) {
    assert.ok(!checked.ok && checked.isTransient);
  }
});

test("a resolver that never answers ends with the signal", async () => {
  const silent = addressGuard({ resolve: () => new Promise(() => undefined) });
  await assert.rejects(silent.check(new URL("http://acme.example/"), AbortSignal.timeout(20)), {
    name: "TimeoutError",
  });
});

test("the connection goes to the address that was checked, and the name is asked only once", async () => {
  let asked = 0;
  const flips = addressGuard({
    resolve: async () => [{ address: asked++ === 0 ? "8.8.8.8" : "127.0.0.1", family: 4 }],
  });
  const checked = await flips.check(new URL("http://acme.example/"));
  assert.deepEqual(checked.ok && checked.addresses, [{ address: "8.8.8.8", family: 4 }]);
  assert.equal(asked, 1);
});

test("an exception holds for that host and port alone", async () => {
  const some = addressGuard({
    allowedHosts: ["127.0.0.1:8080", "Intranet.example:80"],
    resolve: async () => [{ address: "10.0.0.1", family: 4 }],
  });
  const isVisited = async (address: string) => (await some.check(new URL(address))).ok;
  assert.equal(await isVisited("http://127.0.0.1:8080/"), true);
  assert.equal(await isVisited("http://intranet.example/"), true);
  assert.equal(await isVisited("http://127.0.0.1:8081/"), false);
  assert.equal(await isVisited("http://127.0.0.1/"), false);
  assert.equal(await isVisited("http://127.0.0.2:8080/"), false);
  assert.equal(await isVisited("https://intranet.example/"), false);
  assert.equal(await isVisited("ftp://127.0.0.1:8080/"), false);
});
