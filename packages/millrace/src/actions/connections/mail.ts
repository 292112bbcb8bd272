/** Does the mail server take our name and password? The dialogue ends before any e-mail. */
import { nodemailer } from "../../email/transport/nodemailer.ts";
import { type Probe, well } from "./probe.ts";

const TIMEOUT_MS = 5_000;

export function mailProbe(smtpUrl: string): Probe {
  return async (signal) => {
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
      return well(`${new URL(smtpUrl).hostname} answers, and takes our name and password.`);
    } finally {
      transport.close();
    }
  };
}
