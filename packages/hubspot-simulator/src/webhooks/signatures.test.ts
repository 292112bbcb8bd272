import assert from "node:assert/strict";
import { test } from "node:test";
import { signatureV1, signatureV2, signatureV3 } from "./signatures.ts";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const url = "https://www.example.com/webhook_uri";

test("the signatures agree with the examples that HubSpot publishes", () => {
  const events =
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';
  assert.equal(signatureV1(secret, events), "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de");

  const post = { method: "POST", url, body: '{"example_field":"example_value"}' };
  assert.equal(signatureV2(secret, post), "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900");
  const get = { method: "GET", url, body: "" };
  assert.equal(signatureV2(secret, get), "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e");

  const body = "{'example_field':'example_value'}";
  const at = (timestamp: number) => signatureV3(secret, { method: "POST", url, body, timestamp });
  assert.equal(at(1693657560000), "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=");
  assert.equal(at(1700000300000), "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=");
});

test("v3 decodes the twelve signs it names in the address, and no other", () => {
  const signed = (address: string) => signatureV3(secret, { method: "POST", url: address, body: "", timestamp: 1 });
  assert.equal(signed(`${url}?to=a%40b%3Fc`), signed(`${url}?to=a@b?c`));
  assert.notEqual(signed(`${url}?to=a%20b`), signed(`${url}?to=a b`));
});
