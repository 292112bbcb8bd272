import assert from "node:assert/strict";
import { test } from "node:test";
import { contactOfHex, hexOfContact, linkTokens } from "./link-tokens.ts";

const ID = "0123456789abcdef0123456789abcdef";
const tokens = linkTokens("ml_key");

test("a token says what was signed, as the kind it was signed as, and under its own key alone", () => {
  const token = tokens.sign("click", { id: ID, link: 7 });
  assert.deepEqual(tokens.read("click", token), { id: ID, link: 7 });
  assert.equal(tokens.read("unsubscribe", token), undefined);
  assert.equal(tokens.read("open", token), undefined);
  assert.equal(linkTokens("ml_other").read("click", token), undefined);
});

test("a token with one character changed, added or left out is nobody's", () => {
  const token = tokens.sign("unsubscribe", { id: ID, link: 0 });
  for (let i = 0; i < token.length; i++) {
    const other = token[i] === "A" ? "B" : "A";
    assert.equal(tokens.read("unsubscribe", token.slice(0, i) + other + token.slice(i + 1)), undefined);
  }
  for (const wrong of ["", token.slice(1), `${token}A`, `${token}=`, ` ${token}`, "é".repeat(48), "\0".repeat(48)]) {
    assert.equal(tokens.read("unsubscribe", wrong), undefined);
  }
});

test("a contact's id survives the way through a token", () => {
  const contact = "018f3c1e-7a2b-7c3d-8e4f-0123456789ab";
  assert.equal(contactOfHex(hexOfContact(contact)), contact);
});
