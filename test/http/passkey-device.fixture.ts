/** A device with passkeys in software (WebAuthn, ES256, attestation "none"), which also answers as no real one does. */
import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

export interface Answering {
  readonly origin: string;
  readonly relyingParty?: string;
  readonly challenge: string;
  /** Whether it has asked its person for a PIN or a finger. */
  readonly isVerified?: boolean;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_KEY = 0x40;

export class PasskeyDevice {
  readonly id = randomBytes(32).toString("base64url");
  counter = 0;
  readonly #keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
  });

  /** What it answers when it is asked to make a passkey. */
  made(answering: Answering) {
    const id = Buffer.from(this.id, "base64url");
    const { x = "", y = "" } = this.#keys.publicKey.export({ format: "jwk" });
    // A COSE key: a map of five, in CBOR.
    const key = Buffer.concat([
      Buffer.from("a5010203262001215820", "hex"),
      Buffer.from(x, "base64url"),
      Buffer.from("225820", "hex"),
      Buffer.from(y, "base64url"),
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const data = Buffer.concat([this.#data(answering, WITH_KEY), Buffer.alloc(16), length, id, key]);
    const attestation = Buffer.concat([
      Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex"),
      Buffer.from([data.length]),
      data,
    ]);
    return this.#credential({
      clientDataJSON: clientData("webauthn.create", answering).toString("base64url"),
      attestationObject: attestation.toString("base64url"),
      transports: ["internal"],
    });
  }

  /** What it answers when it is asked to sign. */
  signed(answering: Answering) {
    const client = clientData("webauthn.get", answering);
    const data = this.#data(answering, 0);
    const signature = createSign("sha256")
      .update(Buffer.concat([data, createHash("sha256").update(client).digest()]))
      .sign(this.#keys.privateKey);
    return this.#credential({
      clientDataJSON: client.toString("base64url"),
      authenticatorData: data.toString("base64url"),
      signature: signature.toString("base64url"),
    });
  }

  #data({ relyingParty = "localhost", isVerified = true }: Answering, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const all = flags | PRESENT | (isVerified ? VERIFIED : 0);
    return Buffer.concat([createHash("sha256").update(relyingParty).digest(), Buffer.from([all]), counter]);
  }

  #credential<Response extends object>(response: Response) {
    return { id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {}, response };
  }
}

function clientData(type: string, { challenge, origin }: Answering): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}
