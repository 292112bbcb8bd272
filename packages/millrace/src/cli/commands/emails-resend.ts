/** `millrace emails resend <id>`: a person decides about an e-mail of which nobody knows whether it left. */

import type { Call } from "../command.ts";
import { decideEmail, type EmailPersonOptions } from "../decide-email.ts";

export function run(call: Call<EmailPersonOptions>): Promise<void> {
  return decideEmail(call, "send_again", "Sent again");
}
