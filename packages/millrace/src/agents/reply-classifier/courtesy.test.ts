import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { classifyReply } from "./classify.ts";
import { courtesyOf } from "./courtesy.ts";
import { replyRules } from "./reply-settings.ts";

const COURTESY: readonly (readonly [kind: ReturnType<typeof courtesyOf>, text: string])[] = [
  ["courtesy", "Many thanks for your message!"],
  ["courtesy", "Okay, thank you very much."],
  ["courtesy", "Hallo,\nvielen Dank für die Nachricht."],
  ["courtesy", "Merci beaucoup pour votre message."],
  ["courtesy", "Muchas gracias por la información."],
  ["courtesy", "Ricevuto, tante grazie."],
  ["courtesy", "Dziękuję bardzo."],
  ["courtesy", "ご連絡ありがとうございます。"],
  ["courtesy", "好的，收到了，谢谢。"],
  ["signature", "Kind regards\nAda Byron\nCTO"],
  ["signature", "Saludos, Marta"],
  ["device line", "Sent from my iPhone"],
  [undefined, "Thanks for the information, please send the contract."],
  [undefined, "Thanks, but no"],
  [undefined, "Thank you for the demo invitation, Tuesday works"],
  [undefined, "Great"],
  [undefined, "D'accord"],
  [undefined, "Noted, stop writing to me"],
  [undefined, "Viele Grüße aus dem Urlaub, ich bin am 3. Mai zurück"],
  [undefined, ""],
];

describe("replies that are courtesy from end to end", () => {
  for (const [kind, text] of COURTESY) {
    it(`${JSON.stringify(text)} is ${kind ?? "more than courtesy"}`, () => {
      assert.equal(courtesyOf(text), kind);
    });
  }

  it("are no class, whatever a model makes of their words, and a person reads them", () => {
    const reply = { text: "Danke für die Rückmeldung", subject: "", automatic: false, receivedAt: 0 };
    const read = classifyReply(reply, replyRules());
    assert.deepEqual([read?.class, read?.confidence, read?.reasons], ["none", 0, ["courtesy alone"]]);
  });
});
