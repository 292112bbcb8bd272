/** The pages behind the unsubscribe link of an e-mail. Opening the link changes nothing: programs open links too. */
import { escapeHtml, page } from "./html.ts";

export function confirmPage(token: string): string {
  return page({
    title: "No more e-mails?",
    body: `<main class="card"><h1>No more e-mails?</h1>
<p class="lead">One click, and we write to you no more.</p>
<form method="post" action="/u/${escapeHtml(token)}">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button type="submit">Unsubscribe</button>
</form></main>`,
  });
}

export function donePage(): string {
  return page({
    title: "Unsubscribed",
    body: `<main class="card done"><div class="tick" aria-hidden="true"></div>
<h1>Unsubscribed</h1>
<p class="lead">You will get no more e-mails from us.</p></main>`,
  });
}
