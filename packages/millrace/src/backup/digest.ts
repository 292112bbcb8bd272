/**
 * The fingerprint of a table: the sum of the SHA-256 of its rows, so that it does not depend on their order on the disk.
 * A sum and not XOR: two equal rows would cancel out.
 */
import { hash } from "node:crypto";

const BITS = 256n;
const WORDS = 8;
const WORD = 0x1_0000_0000;

export class Digest {
  /** Sums of 32 bits each, the most significant first; carried over when they are read. */
  readonly #sums = new Float64Array(WORDS);
  #rows = 0;
  #pending = 0;

  get rows(): number {
    return this.#rows;
  }

  /** @param row a line of COPY's text format, without its end. */
  add(row: Buffer): void {
    const digest = hash("sha256", row, "buffer");
    for (let i = 0; i < WORDS; i++) this.#sums[i] = (this.#sums[i] ?? 0) + digest.readUInt32BE(i * 4);
    this.#rows++;
    // 2^20 words of 32 bits stay below 2^53.
    if (++this.#pending === 1_048_576) this.#carry();
  }

  /** 64 hexadecimal digits. */
  get value(): string {
    this.#carry();
    let sum = 0n;
    for (const word of this.#sums) sum = (sum << 32n) + BigInt(word);
    return BigInt.asUintN(Number(BITS), sum).toString(16).padStart(64, "0");
  }

  #carry(): void {
    this.#pending = 0;
    let carry = 0;
    for (let i = WORDS - 1; i >= 0; i--) {
      const sum = (this.#sums[i] ?? 0) + carry;
      carry = Math.floor(sum / WORD);
      this.#sums[i] = sum % WORD;
    }
  }
}
