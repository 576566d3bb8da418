/** A cell of a peer: its figure, with what it is measured in, or why there is none. */
export interface Cell {
  readonly text: string;
  /** Absent: the peer was stopped, failed or is not here. */
  readonly figure?: number;
}

/** One line of a table: ours against its goal, and whoever else did the same. */
export interface Line {
  readonly what: string;
  readonly ours: number;
  readonly unit: "s" | "ms";
  /** In words, with its bound. */
  readonly goal: string;
  /** ours as a part of the goal's bound; null: a goal of another kind. */
  readonly part: number | null;
  readonly ok: boolean;
  /** By the names of the table's other columns. */
  readonly cells: Readonly<Record<string, Cell>>;
}

/** A Markdown table: fixed columns, then those that its lines have, in the order they first come. */
export function printLines(title: string, lines: readonly Line[]): string {
  const columns = [...new Set(lines.flatMap(({ cells }) => Object.keys(cells)))];
  const head = ["what", "ours", "goal", "ours / goal", ...columns, "met"];
  const body = lines.map(({ what, ours, unit, goal, part, ok, cells }) => [
    what,
    figure(ours, unit),
    goal,
    part === null ? "" : part.toFixed(2),
    ...columns.map((column) => beside(cells[column], ours)),
    ok ? "yes" : "NO",
  ]);
  const rows = [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`);
  return [`### ${title}`, "", ...rows, ""].join("\n");
}

/** A figure of seconds or milliseconds, with as many digits as say something. */
export function figure(value: number, unit: "s" | "ms"): string {
  return `${value >= 10 ? Math.round(value) : value.toPrecision(2)} ${unit}`;
}

/** What a peer took, and how many times ours that is. */
function beside(cell: Cell | undefined, ours: number): string {
  if (!cell) return "";
  return cell.figure === undefined ? cell.text : `${cell.text} (${(cell.figure / ours).toFixed(1)}x)`;
}
