/** As much of Prometheus' query language as rules and panels of ours use, over samples that a test has made. */

export interface Sample {
  /** Seconds. */
  time: number;
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

export interface Row {
  labels: Record<string, string>;
  value: number;
}

/** The samples in a text of the exposition format. */
export function samplesOf(text: string, time: number): Sample[] {
  const samples: Sample[] = [];
  for (const line of text.split("\n")) {
    const [, name, labels, value] =
      /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    samples.push({
      time,
      name,
      labels: Object.fromEntries(
        [...(labels ?? "").matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
          ([, key = "", text = ""]) => [key, text],
        ),
      ),
      value: value === "+Inf" ? Infinity : Number(value),
    });
  }
  return samples;
}

/** What the expression is at that moment; throws where it is not understood. */
export function query(
  expression: string,
  samples: readonly Sample[],
  now: number,
): Row[] {
  const tokens =
    expression.match(
      /"(?:[^"\\]|\\.)*"|\[\d+[smh]\]|[a-z_]+|\d+(?:\.\d+)?|=~|!=|[-(){},=<>/*+]/gi,
    ) ?? [];
  let at = 0;
  const peek = () => tokens[at];
  const take = (wanted?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (wanted !== undefined && token !== wanted)) {
      throw new Error(`${wanted ?? "more"} is missing in ${expression}`);
    }
    return token;
  };
  const names = (): string[] => {
    const found: string[] = [];
    take("(");
    while (peek() !== ")") if (take() !== ",") found.push(tokens[at - 1] ?? "");
    take(")");
    return found;
  };

  function comparison(): Row[] {
    const left = product();
    const operator = peek();
    if (operator !== ">" && operator !== "<") return left;
    take();
    const [bound] = product();
    return left.filter(({ value }) =>
      operator === ">"
        ? value > (bound?.value ?? NaN)
        : value < (bound?.value ?? NaN),
    );
  }

  function product(): Row[] {
    let left = primary();
    while (peek() === "/" || peek() === "*") {
      const operator = take();
      const right = primary();
      left = left.flatMap(({ labels, value }) => {
        const other =
          right.find((row) => keyOf(row.labels) === keyOf(labels)) ??
          (right.length === 1 && keyOf(right[0]?.labels ?? {}) === ""
            ? right[0]
            : undefined);
        if (other === undefined) return [];
        return {
          labels,
          value: operator === "/" ? value / other.value : value * other.value,
        };
      });
    }
    return left;
  }

  function primary(): Row[] {
    const token = take();
    if (/^\d/.test(token)) return [{ labels: {}, value: Number(token) }];
    if (token === "(") {
      const inner = comparison();
      take(")");
      return inner;
    }
    if (token === "sum" || token === "max") {
      const by = peek() === "by" ? (take(), names()) : [];
      take("(");
      const inner = comparison();
      take(")");
      return aggregate(inner, by, token);
    }
    if (token === "rate" || token === "increase") {
      take("(");
      const rows = selected(take(), token);
      take(")");
      return rows;
    }
    if (token === "histogram_quantile") {
      take("(");
      const [share] = comparison();
      take(",");
      const buckets = comparison();
      take(")");
      return quantiles(share?.value ?? NaN, buckets);
    }
    return selected(token, "last");
  }

  /** `name{label="x"}[5m]`: the growth within the range, or the last value. */
  function selected(name: string, as: "rate" | "increase" | "last"): Row[] {
    const conditions: ((
      labels: Readonly<Record<string, string>>,
    ) => boolean)[] = [];
    if (peek() === "{") {
      take("{");
      while (peek() !== "}") {
        const label = take();
        const operator = take();
        const text: string = JSON.parse(take());
        conditions.push((labels) => {
          const value = labels[label] ?? "";
          if (operator === "=") return value === text;
          if (operator === "!=") return value !== text;
          return new RegExp(`^(?:${text})$`).test(value);
        });
        if (peek() === ",") take();
      }
      take("}");
    }
    const [, amount, unit = "s"] =
      as === "last" ? [] : (/^\[(\d+)([smh])\]$/.exec(take()) ?? []);
    const range =
      Number(amount ?? 0) * (unit === "h" ? 3600 : unit === "m" ? 60 : 1);
    const series = new Map<string, Sample[]>();
    for (const sample of samples) {
      if (sample.name !== name || sample.time > now) continue;
      if (as !== "last" && sample.time < now - range) continue;
      if (!conditions.every((holds) => holds(sample.labels))) continue;
      const key = keyOf(sample.labels);
      series.set(key, [...(series.get(key) ?? []), sample]);
    }
    return [...series.values()].flatMap((all) => {
      const [first] = all;
      const last = all.at(-1);
      if (first === undefined || last === undefined) return [];
      const { labels } = last;
      if (as === "last") return { labels, value: last.value };
      if (all.length < 2) return [];
      const growth = last.value - first.value;
      return {
        labels,
        value: as === "rate" ? growth / (last.time - first.time) : growth,
      };
    });
  }

  const rows = comparison();
  if (at !== tokens.length) {
    throw new Error(`${peek()} is not understood in ${expression}`);
  }
  return rows;
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}

function aggregate(rows: readonly Row[], by: string[], how: string): Row[] {
  const groups = new Map<string, Row>();
  for (const { labels, value } of rows) {
    const kept = Object.fromEntries(
      by.map((name) => [name, labels[name] ?? ""]),
    );
    const group = groups.get(keyOf(kept));
    if (group === undefined) groups.set(keyOf(kept), { labels: kept, value });
    else {
      group.value =
        how === "sum" ? group.value + value : Math.max(group.value, value);
    }
  }
  return [...groups.values()];
}

/** Linear within the bucket, as Prometheus does it. */
function quantiles(share: number, buckets: readonly Row[]): Row[] {
  const groups = new Map<string, [bound: number, count: number][]>();
  const labelsOf = new Map<string, Record<string, string>>();
  for (const { labels, value } of buckets) {
    const { le, ...rest } = labels;
    const bound = le === "+Inf" ? Infinity : Number(le);
    const key = keyOf(rest);
    labelsOf.set(key, rest);
    groups.set(key, [...(groups.get(key) ?? []), [bound, value]]);
  }
  return [...groups].flatMap(([key, all]) => {
    const sorted = all.toSorted(([a], [b]) => a - b);
    const total = sorted.at(-1)?.[1] ?? 0;
    if (total === 0) return [];
    const rank = share * total;
    const index = sorted.findIndex(([, count]) => count >= rank);
    const [upper = NaN, count = NaN] = sorted[index] ?? [];
    const [lower, below] = sorted[index - 1] ?? [0, 0];
    const value =
      upper === Infinity
        ? lower
        : lower + ((upper - lower) * (rank - below)) / (count - below);
    return { labels: labelsOf.get(key) ?? {}, value };
  });
}
