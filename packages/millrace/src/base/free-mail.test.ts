import assert from "node:assert/strict";
import { it } from "node:test";
import { emailKind } from "../agents/data-enricher/email-kind.ts";
import { isFreeMailDomain } from "./free-mail.ts";

const FREE =
  "gmail.com,googlemail.com,outlook.de,hotmail.fr,live.nl,rediffmail.com,privaterelay.appleid.com,posteo.de,tutanota.com,fastmail.com,ziggo.nl,duck.com,mozmail.com,simplelogin.com,tuta.io,proton.me,web.de";

it("the mailer and the enricher know the same free-mail providers, and no company is one", () => {
  for (const domain of FREE.split(",")) {
    assert.equal(isFreeMailDomain(domain), true, domain);
    assert.equal(emailKind(`ada@${domain}`), "free", domain);
  }
  for (const domain of ["acme.example", "example.com", "acme.com.ar", "siemens.com", "ionos.de"])
    assert.equal(isFreeMailDomain(domain), false, domain);
});
