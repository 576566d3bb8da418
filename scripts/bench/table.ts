/** One measured figure. peer null: not installed on this machine, or there is none. goal null: no promise is made. */
export interface Row {
  what: string;
  ours: number;
  unit: string;
  peer: number | null;
  goal: string | null;
  ok: boolean;
}

/** The rows as a Markdown table, as docs/benchmarks.md holds them. */
export function printTable(name: string, rows: readonly Row[]): string {
  const lines = rows.map(({ what, ours, unit, peer, goal, ok }) => {
    const cells = [
      what,
      `${format(ours)} ${unit}`,
      peer === null ? "not installed" : `${format(peer)} ${unit}`,
      goal ?? "",
      ok ? "yes" : "NO",
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [`## ${name}`, "", "| what | ours | peer | goal | met |", "|---|---|---|---|---|", ...lines, ""].join("\n");
}

/** The middle one of an odd number of figures. */
export function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}

const format = (figure: number) => (figure >= 100 ? Math.round(figure).toLocaleString("en-GB") : figure.toFixed(1));
