/**
 * What the history says about the rubric. Pure: which bands convert, which features tell converted leads from others,
 * and which weights the data would suggest, each with its evidence. A suggestion is for a person; nothing changes a rule.
 */

export interface AnalysedLead {
  readonly band: string;
  readonly score: number;
  /** Points by feature. */
  readonly features: Readonly<Record<string, number>>;
  readonly hasConverted: boolean;
}

export interface Rate {
  readonly leads: number;
  readonly converted: number;
  /** 0 to 1; 0 without leads. */
  readonly rate: number;
}

export interface FeatureEvidence {
  readonly feature: string;
  /** Points the feature gives on average and at most. */
  readonly meanPoints: number;
  readonly maxPoints: number;
  /** Leads with more points of it than the median lead, and the others. */
  readonly above: Rate;
  readonly below: Rate;
  /** How many times as often the former convert; undefined when the latter never do. */
  readonly lift?: number;
  /** What its most points would be if the points of all features were shared out by what the data says. */
  readonly suggestedMaxPoints?: number;
}

export interface LeadAnalysis {
  readonly all: Rate;
  readonly bands: Readonly<Record<string, Rate>>;
  readonly features: readonly FeatureEvidence[];
  /** Why nothing is suggested. */
  readonly because?: string;
}

/** Fewer than these say too little to suggest anything. */
export const LEADS_NEEDED = 100;
export const CONVERSIONS_NEEDED = 20;

const STEPS = 400;
const LEARNING_RATE = 0.5;
/** Keeps a feature that few leads have from getting a large weight. */
const SHRINK = 0.01;

export function analyseLeads(leads: readonly AnalysedLead[]): LeadAnalysis {
  const all = rateOf(leads);
  const names = [...new Set(leads.flatMap((lead) => Object.keys(lead.features)))].sort();
  const missing =
    all.leads < LEADS_NEEDED || all.converted < CONVERSIONS_NEEDED || all.converted === all.leads
      ? `Suggestions need ${LEADS_NEEDED} scored leads and ${CONVERSIONS_NEEDED} conversions (and some leads without one); there are ${all.leads} and ${all.converted}.`
      : undefined;
  const weights = missing === undefined ? weightsOf(leads, names) : undefined;
  const total = names.reduce((sum, name) => sum + maxOf(leads, name), 0);
  const shares = weights === undefined ? undefined : sharesOf(weights);
  return {
    all,
    bands: Object.fromEntries(
      [...Map.groupBy(leads, (lead) => lead.band)].map(([band, members]) => [band, rateOf(members)]),
    ),
    features: names.map((feature, i) => ({
      ...evidenceOf(leads, feature),
      ...(shares === undefined ? {} : { suggestedMaxPoints: Math.round((shares[i] ?? 0) * total) }),
    })),
    ...(missing === undefined ? {} : { because: missing }),
  };
}

function evidenceOf(leads: readonly AnalysedLead[], feature: string): Omit<FeatureEvidence, "suggestedMaxPoints"> {
  const points = leads.map((lead) => lead.features[feature] ?? 0);
  const median = points.toSorted((a, b) => a - b)[Math.floor(points.length / 2)] ?? 0;
  const above = rateOf(leads.filter((_, i) => (points[i] ?? 0) > median));
  const below = rateOf(leads.filter((_, i) => (points[i] ?? 0) <= median));
  return {
    feature,
    meanPoints: rounded(points.reduce((sum, point) => sum + point, 0) / Math.max(points.length, 1)),
    maxPoints: maxOf(leads, feature),
    above,
    below,
    ...(below.rate === 0 ? {} : { lift: rounded(above.rate / below.rate) }),
  };
}

/**
 * How much each feature says when the others are known: logistic regression on standardised points, by plain gradient
 * descent with fixed steps, so the same leads always give the same answer.
 */
function weightsOf(leads: readonly AnalysedLead[], names: readonly string[]): number[] {
  const columns = names.map((name) => standardised(leads.map((lead) => lead.features[name] ?? 0)));
  const weights = names.map(() => 0);
  let bias = 0;
  for (let step = 0; step < STEPS; step++) {
    const errors = leads.map((lead, i) => {
      const sum = columns.reduce((sum, column, j) => sum + (column[i] ?? 0) * (weights[j] ?? 0), bias);
      return 1 / (1 + Math.exp(-sum)) - (lead.hasConverted ? 1 : 0);
    });
    bias -= (LEARNING_RATE * errors.reduce((sum, error) => sum + error, 0)) / leads.length;
    for (const [j, column] of columns.entries()) {
      const slope = column.reduce((sum, value, i) => sum + value * (errors[i] ?? 0), 0) / leads.length;
      const weight = weights[j] ?? 0;
      weights[j] = weight - LEARNING_RATE * (slope + SHRINK * weight);
    }
  }
  return weights;
}

/** What speaks against a lead gets no points; the others share them. */
function sharesOf(weights: readonly number[]): number[] {
  const positive = weights.map((weight) => Math.max(weight, 0));
  const sum = positive.reduce((total, weight) => total + weight, 0);
  return positive.map((weight) => (sum === 0 ? 0 : weight / sum));
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (spread === 0 ? 0 : (value - mean) / spread));
}

function maxOf(leads: readonly AnalysedLead[], feature: string): number {
  return leads.reduce((most, lead) => Math.max(most, lead.features[feature] ?? 0), 0);
}

function rateOf(leads: readonly AnalysedLead[]): Rate {
  const converted = leads.filter((lead) => lead.hasConverted).length;
  return { leads: leads.length, converted, rate: leads.length === 0 ? 0 : rounded(converted / leads.length) };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
