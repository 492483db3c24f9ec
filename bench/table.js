/** Figures as Markdown. */

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join(
    "\n",
  );
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A figure beside what is required of it: `**` marks a miss. */
export function atLeast(value, required) {
  return judged(value, `≥ ${required.toFixed(2)}`, value >= required, 2);
}

export function atMost(value, required, digits = 2) {
  return judged(
    value,
    `≤ ${required.toLocaleString("en")}`,
    value <= required,
    digits,
  );
}

function judged(value, required, met, digits) {
  const text = value.toFixed(digits);
  return met ? `${text} (${required})` : `**${text}** (${required}, missed)`;
}
