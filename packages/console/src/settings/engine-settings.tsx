/** The engine's settings in force, each with its value and where it comes from; secrets are not shown. */
import { useQuery } from "@tanstack/react-query";
import { settingsQuery } from "../api/queries.ts";
import { useAddress } from "../parts/address.tsx";
import { Chip, Panel } from "../parts/basics.tsx";
import { Choice, SearchField } from "../parts/filters.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { valueWords } from "../words/names.ts";

export function EngineSettings() {
  const [{ q = "", which }] = useAddress();
  const query = useQuery(settingsQuery);
  return (
    <Panel title="The engine" hint="changed in millrace.config.ts or the environment">
      <div className="filters padded">
        <Choice
          label="Which"
          name="which"
          options={[
            ["", "All"],
            ["set", "Not the default"],
          ]}
        />
        <SearchField label="Search settings" />
      </div>
      <Answered query={query} rows={6}>
        {({ settings }) => {
          const shown = settings.filter(
            ({ setting, source }) =>
              setting.toLowerCase().includes(q.toLowerCase()) && (which === undefined || source !== "default"),
          );
          if (shown.length === 0) return <Empty>No setting is meant by this.</Empty>;
          return (
            <ul className="rows" aria-label="Settings in force">
              {shown.map(({ setting, value, unit, source, unset }) => (
                <li key={setting} className="row line">
                  <code>{setting}</code>
                  <span className="cut grow">
                    {value === null ? (
                      <span className="about">{unset ?? "not set"}</span>
                    ) : (
                      `${valueWords(value)}${unit === null ? "" : ` ${unit}`}`
                    )}
                  </span>
                  <Chip tone={source === "default" ? "dim" : "in"}>{source}</Chip>
                </li>
              ))}
            </ul>
          );
        }}
      </Answered>
    </Panel>
  );
}
