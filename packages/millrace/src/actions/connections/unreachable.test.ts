/** Codes of systems, name servers and TLS become a sentence and a next step. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { unreachable } from "./unreachable.ts";

const HUBSPOT = { name: "HubSpot", host: "api.hubapi.com", setting: "hubspot.baseUrl" };

const SAID: readonly (readonly [error: unknown, saw: RegExp, next: RegExp])[] = [
  [caused("ECONNREFUSED"), /nothing answers at api\.hubapi\.com\.$/, /hubspot\.baseUrl has its address/],
  [caused("ENOTFOUND"), /there is no host api\.hubapi\.com\.$/, /correct the address in hubspot\.baseUrl/],
  [caused("EAI_AGAIN"), /cannot be looked up from here\.$/, /name server/],
  [caused("ENETUNREACH"), /there is no way from here/, /firewall/],
  [caused("ECONNRESET"), /ended the connection/, /try again/],
  [new Error("socket hang up"), /ended the connection/, /try again/],
  [caused("DEPTH_ZERO_SELF_SIGNED_CERT"), /does not trust\.$/, /NODE_EXTRA_CA_CERTS/],
  [caused("ERR_TLS_CERT_ALTNAME_INVALID"), /does not trust\.$/, /NODE_EXTRA_CA_CERTS/],
  [new Error("40A1:error:0A00010B:SSL routines:wrong version number"), /does not speak TLS/, /right port/],
  // Both addresses of a host were tried.
  [new AggregateError([caused("ECONNREFUSED"), caused("ECONNREFUSED")]), /nothing answers/, /its address/],
];

describe("what could not be reached", () => {
  for (const [error, saw, next] of SAID) {
    it(`says ${saw.source}`, () => {
      const words = unreachable(error, HUBSPOT);
      assert.match(words?.saw ?? "", saw);
      assert.match(words?.next ?? "", next);
      assert.equal(words?.isWell, false);
    });
  }

  it("says nothing of errors that have another reason, nor of programs on this machine", () => {
    assert.equal(unreachable(new Error("portal 7 is being moved"), HUBSPOT), undefined);
    assert.equal(unreachable(caused("ECONNREFUSED"), { ...HUBSPOT, host: undefined }), undefined);
  });
});

/** As fetch says it: a general error, with the system's behind it. */
function caused(code: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(`connect ${code}`), { code }) });
}
