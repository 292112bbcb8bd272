/** What is known of a contact, in plain words, and where each value comes from; a person puts right what is wrong. */
import { type ReactNode, useState } from "react";
import { useMay } from "../api/me.ts";
import type { ContactStory } from "../api/types.ts";
import { Facts, IconButton } from "../parts/basics.tsx";
import { actorWords, capital, isPersons, propertyWords, valueWords } from "../words/names.ts";
import { CorrectValue, isCorrectable } from "./correct-value.tsx";

/** Shown elsewhere on the page. */
const ELSEWHERE = new Set(["lead_score", "lead_band", "message"]);
/** What people commonly know of a lead that no one has said yet. */
const COMMON = ["firstname", "lastname", "company", "jobtitle", "phone", "country", "industry", "numberofemployees"];

interface Source {
  readonly by: string;
  readonly confidence: number;
}

export function Properties({ story: { id, properties, facts } }: { readonly story: ContactStory }) {
  const [edited, setEdited] = useState<string>();
  const may = useMay();
  const mayCorrect = may("correctContact") && !facts.erasedAt;
  const sources = (facts.sources ?? {}) as Readonly<Record<string, Source | undefined>>;
  const owners = (facts.owners ?? {}) as Readonly<Record<string, string | undefined>>;
  const shown = Object.entries(properties).filter(([name]) => !ELSEWHERE.has(name));
  const missing = COMMON.filter((name) => valueWords(properties[name]) === "");
  return (
    <section aria-label="What is known">
      <h3>What is known</h3>
      <Facts
        of={shown.map(([name, value]) => {
          const words = shownValue(name, value);
          if (words === undefined && edited !== name) return [capital(propertyWords(name)), undefined] as const;
          const known = (
            <span key={name} className="known">
              {edited === name ? (
                <CorrectValue
                  contact={id}
                  property={name}
                  shown={String(value ?? "")}
                  onClose={() => setEdited(undefined)}
                />
              ) : (
                <>
                  <span>
                    {words} <Provenance source={sources[name]} owner={owners[name]} />
                  </span>
                  {mayCorrect && isCorrectable(name) && (
                    <IconButton
                      icon="drafts"
                      label={`Correct ${propertyWords(name)}`}
                      className="correct-it"
                      onClick={() => setEdited(name)}
                    />
                  )}
                </>
              )}
            </span>
          );
          return [capital(propertyWords(name)), known] as const;
        })}
      />
      {mayCorrect && missing.length > 0 && <Missing contact={id} names={missing} />}
    </section>
  );
}

/** Values no one has said yet: one is chosen and written. */
function Missing({ contact, names }: { readonly contact: string; readonly names: readonly string[] }) {
  const [name, setName] = useState("");
  const isThere = names.includes(name);
  return (
    <div className="missing">
      <label className="field-inline">
        <span>Add what you know</span>
        <select value={isThere ? name : ""} onChange={(event) => setName(event.target.value)}>
          <option value="">Choose…</option>
          {names.map((one) => (
            <option key={one} value={one}>
              {capital(propertyWords(one))}
            </option>
          ))}
        </select>
      </label>
      {isThere && <CorrectValue key={name} contact={contact} property={name} shown="" onClose={() => setName("")} />}
    </div>
  );
}

/** Who said it: nothing for what came by a form. */
function Provenance({ source, owner }: { readonly source: Source | undefined; readonly owner: string | undefined }) {
  if (owner !== undefined)
    return (
      <span className="about source">
        {isPersons(owner) ? `corrected by ${actorWords(owner)}` : `from ${actorWords(owner)}`}
      </span>
    );
  if (source === undefined) return null;
  return (
    <span className="about source">
      found by {actorWords(source.by)}, {Math.round(source.confidence * 100)} % sure
    </span>
  );
}

function shownValue(name: string, value: unknown): ReactNode {
  const text = valueWords(value);
  if (text === "") return undefined;
  if (name === "email") return <a href={`mailto:${text}`}>{text}</a>;
  if (name === "phone" || name === "mobilephone") return <a href={`tel:${text.replaceAll(/[^+\d]/g, "")}`}>{text}</a>;
  return text;
}
