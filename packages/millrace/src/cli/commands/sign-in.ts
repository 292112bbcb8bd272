/** `millrace sign-in [person]`: a link into the console of the running engine, for one use within 15 minutes. */
import { listPeople } from "../../access/people.ts";
import { didYouMean } from "../../base/errors.ts";
import type { Queryable } from "../../db/database.ts";
import { Access } from "../../http/access.ts";
import { findGateway } from "../address.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { CliError } from "../exit-codes.ts";
import { openProject } from "../project.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const loaded = await openProject(call, false);
  const { config } = loaded;
  const address = await findGateway(config.dataFolder);
  if (address === undefined)
    throw new CliError(
      "not_running",
      `No engine runs on ${config.dataFolder}.`,
      "start one with `millrace start`; it prints a link.",
    );
  const person = call.words[0] ?? "admin";
  const link = await withDatabase(loaded, async (db) => {
    await mustBeKnown(db, person);
    return new Access({ db, apiKey: "", publicUrl: () => config.gateway?.publicUrl ?? address.url }).signInLink(person);
  });
  if (terminal.isJson) return terminal.document({ person, link });
  terminal.data(link);
  terminal.say(`Signs ${person} in, once, within 15 minutes.`);
}

/** The first one may do everything; everyone else is added with what they are. */
async function mustBeKnown(db: Queryable, name: string): Promise<void> {
  const people = await listPeople(db);
  const known = people.filter(({ removedAt }) => removedAt === null).map((person) => person.name);
  if (people.length === 0 || known.includes(name)) return;
  throw new CliError(
    "usage",
    `No person is called "${name}" here.${didYouMean(name, known)}`,
    `add them with what they are: \`millrace people add ${name} sales\` (admin, operations, sales or analyst).`,
  );
}
