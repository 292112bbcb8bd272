/** nodemailer, loaded when the first mail leaves: most installations start without an SMTP server, and it takes 60 ms. */
import { createRequire } from "node:module";
import type * as Nodemailer from "nodemailer";

let loaded: typeof Nodemailer | undefined;

/** The package, the same at each call. */
export function nodemailer(): typeof Nodemailer {
  loaded ??= createRequire(import.meta.url)("nodemailer") as typeof Nodemailer;
  return loaded;
}
