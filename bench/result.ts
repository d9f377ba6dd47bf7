/** One line of the table. */
export type Row = {
  measure: string;
  product: string;
  floor: string;
  /** Product / floor, where one number says it. */
  ratio: number | null;
  /** In words; null: reported, not promised. */
  goal: string | null;
  met: boolean | null;
};

/** @param values everything measured, for the JSON; milliseconds, per second, microseconds as the names say */
export type Measured = { name: string; rows: Row[]; values: Record<string, unknown> };

export type Settings = { quick: boolean };

/** A figure with three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value >= 1000) return Math.round(value).toLocaleString("en-US");
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function table(rows: Row[]): string {
  const cells = [
    ["measure", "Replydesk", "bare floor", "ratio", "goal", "met"],
    ...rows.map((row) => [
      row.measure,
      row.product,
      row.floor,
      row.ratio === null ? "" : row.ratio.toFixed(2),
      row.goal ?? "",
      row.met === null ? "" : row.met ? "yes" : "NO",
    ]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  const lines = cells.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  lines.splice(1, 0, `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`);
  return lines.join("\n");
}
