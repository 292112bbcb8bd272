/** What HubSpot answers when asked for the submissions of a form, read. Pure. Called by forms.ts. */
import { createHash } from "node:crypto";
import { z } from "zod";

export interface Submission {
  /** Milliseconds, HubSpot's clock. */
  readonly submittedAt: number;
  /** By HubSpot's names; a list where a name came several times. */
  readonly fields: Readonly<Record<string, string | string[]>>;
  readonly pageUrl?: string;
}

const answer = z.object({
  results: z.array(
    z.object({
      submittedAt: z.number(),
      values: z.array(z.object({ name: z.string(), value: z.coerce.string(), objectTypeId: z.string().optional() })),
      pageUrl: z.string().optional(),
    }),
  ),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

const CONTACT_TYPE = "0-1";

/** @returns a page, newest first; `after` where there is another. */
export function submissionPage(body: unknown): {
  readonly submissions: readonly Submission[];
  readonly after?: string;
} {
  const { results, paging } = answer.parse(body);
  const after = paging?.next?.after;
  const submissions = results.map(({ submittedAt, values, pageUrl }): Submission => {
    // A field of the company has the name of one of the contact: it is kept under its type.
    const named = values.map(({ name, value, objectTypeId = CONTACT_TYPE }) => ({
      name: objectTypeId === CONTACT_TYPE ? name : `${objectTypeId}/${name}`,
      value,
    }));
    const grouped = Map.groupBy(named, ({ name }) => name);
    const fields = [...grouped].map(([name, same]): [string, string | string[]] => {
      const [first = "", ...more] = same.map(({ value }) => value);
      return [name, more.length === 0 ? first : [first, ...more]];
    });
    return { submittedAt, fields: Object.fromEntries(fields), ...(pageUrl === undefined ? {} : { pageUrl }) };
  });
  return { submissions, ...(after === undefined ? {} : { after }) };
}

/** HubSpot gives a submission no id: the form, its time and its content are one. */
export function submissionKey(form: string, { submittedAt, fields }: Submission): string {
  const hash = createHash("sha256").update(JSON.stringify(fields)).digest("base64url").slice(0, 22);
  return `${form}:${submittedAt}:${hash}`;
}
