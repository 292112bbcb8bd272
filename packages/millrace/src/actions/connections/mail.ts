/** Does the mail server take our name and password? The dialogue ends before any e-mail. */
import { nodemailer } from "../../email/transport/nodemailer.ts";
import { notWell, type Probe, well } from "./probe.ts";
import { tooLate } from "./unreachable.ts";

const TIMEOUT_MS = 5_000;

export function mailProbe(smtpUrl: string): Probe {
  const { host, hostname } = new URL(smtpUrl);
  const asked = { name: "The mail server", host, setting: "mail.smtpUrl" };
  return {
    asked,
    ask: async (signal) => {
      const transport = nodemailer().createTransport({
        url: smtpUrl,
        connectionTimeout: TIMEOUT_MS,
        greetingTimeout: TIMEOUT_MS,
        socketTimeout: TIMEOUT_MS,
        dnsTimeout: TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      signal.addEventListener("abort", () => transport.close());
      try {
        await transport.verify();
        return well(`${hostname} answers, and takes our name and password.`);
      } catch (error) {
        const { code, responseCode } = error as { code?: string; responseCode?: number };
        if (code === "EAUTH") {
          const status = responseCode === undefined ? "" : ` (${responseCode})`;
          return notWell(
            `${hostname} refuses our name or our password${status}.`,
            "correct the name and the password in mail.smtpUrl.",
          );
        }
        if (code === "ETIMEDOUT") return tooLate(asked, TIMEOUT_MS);
        throw error;
      } finally {
        transport.close();
      }
    },
  };
}
