import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Liquid } from "liquidjs";
import { parseQuickly, type QuickFilter } from "./quick-output.ts";

const shout: QuickFilter = (value, mark = "!") => `${value ?? "nobody"}${mark}`;
const orDefault: QuickFilter = (value, otherwise) =>
  value === undefined || value === null || value === false || value === "" ? otherwise : value;

let slowValues = 0;
const outputEscape = (value: unknown) => (value === undefined || value === null ? "" : `<${value}>`);
const liquid = new Liquid({ strictFilters: true, ownPropertyOnly: true, outputEscape, templates: {} });
liquid.registerFilter("shout", shout);
liquid.registerFilter("slowly", (value: unknown) => {
  slowValues += 1;
  return value;
});
const options = { filters: { shout, default: orDefault }, outputEscape };

const pieces = fc.constantFrom(
  "Hello ",
  " \n",
  "{{ contact.firstname }}",
  "{{contact.firstname|shout}}",
  '{{ contact.company | shout: "?" }}',
  '{{- contact.firstname | default: "you" -}}',
  '{{ contact.score | default: "none" | shout }}',
  '{{ contact.score | default: "it\\"s" }}',
  "{{ contact.firstname.length }}",
  "{{ name.length }}",
  "{{ name | default }}",
  "{{ list }}",
  "{{ list.first }}",
  "{{ contact }}",
  "{{ contact.toString }}",
  "{{ constructor }}",
  "{{ name | upcase }}",
  "{{ name | slowly }}",
  "{{ true }}",
  "{{ empty }}",
  '{{ "text" | shout }}',
  "{{ 7 }}",
  "{% if contact.firstname %}yes {{ contact.firstname }}{% else %}no{% endif %}",
  "{%- if name == 'a' -%} a {%- elsif list %}l{%- endif -%}",
  '{% assign name = "assigned" %}',
  "{% capture contact %}captured{% endcapture %}",
  "{% increment count %}{{ count }}",
  "{% raw %}{{ name }}{% endraw %}",
  "{% for name in list %}{{ name }}{% endfor %}",
);
const primitives = fc.oneof(
  fc.constantFrom("", "a", "Ada", null, true, false, 0, -1.5, undefined),
  fc.string({ unit: "binary" }),
  fc.double(),
);
const values = fc.record(
  {
    contact: fc.oneof(
      fc.record(
        { firstname: primitives, company: primitives, score: primitives },
        { requiredKeys: [], noNullPrototype: true },
      ),
      primitives,
    ),
    name: fc.oneof(primitives, fc.array(primitives), fc.record({ length: primitives }, { noNullPrototype: true })),
    list: fc.oneof(fc.array(primitives), primitives),
    count: primitives,
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Liquid counts in the values themselves. */
function copyOf<T extends object>(given: T): T {
  return { ...given };
}

test("a template reads the same the quick way as Liquid makes it", () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 6 }), values, (parts, given) => {
      const source = parts.join("");
      const expected = liquid.renderSync(liquid.parse(source), copyOf(given));
      assert.equal(parseQuickly(liquid, source, options)(copyOf(given)), expected);
    }),
    { numRuns: 5_000 },
  );
});

test("values and our own filters do not ask Liquid, its other filters do", () => {
  const rendering = liquid.renderSync;
  let asked = 0;
  liquid.renderSync = (...given: Parameters<typeof rendering>) => {
    asked += 1;
    return rendering.apply(liquid, given);
  };
  try {
    const quick = parseQuickly(liquid, 'Hi {{ contact.firstname | shout: "?" }}{{ name }}.', options);
    asked = 0;
    assert.equal(quick({ contact: { firstname: "Ada" }, name: 1 }), "Hi <Ada?><1>.");
    assert.equal(asked, 0);
    const slow = parseQuickly(liquid, "{{ name | slowly }}", options);
    slowValues = 0;
    assert.equal(slow({ name: "a" }), "<a>");
    assert.equal(slowValues, 1);
  } finally {
    liquid.renderSync = rendering;
  }
});
