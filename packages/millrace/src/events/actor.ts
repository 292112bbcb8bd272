/** Who did something, as every event names them: a person, a program with the API key, a user of the command line, an agent. */

export interface Actor {
  /** As the log keeps it: "person:ada", "key:api", "cli:root", "agent:mailer". At most 200 characters. */
  readonly id: string;
  /** The name in it, "ada". A task is held under it. */
  readonly name: string;
}

const LONGEST = 200;

/**
 * The actor of a text. A bare name is a person's. What a row cannot hold is taken out of it.
 * @example actorOf("ada") // { id: "person:ada", name: "ada" }
 * @example actorOf("cli:root") // { id: "cli:root", name: "root" }
 */
export function actorOf(text: string): Actor {
  const clean = text.replaceAll("\u0000", "").toWellFormed();
  const id = (clean.includes(":") ? clean : `person:${clean}`).slice(0, LONGEST);
  return { id, name: id.slice(id.indexOf(":") + 1) };
}
