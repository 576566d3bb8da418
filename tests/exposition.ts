/** One line of figures as a collector reads it. */
export interface Series {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** What a page of figures says. types: of each metric, by name. */
export interface Exposition {
  types: ReadonlyMap<string, string>;
  series: readonly Series[];
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{([^\n]*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[^\n])*)"(?:,|$)/gy;

/** Reads Prometheus' text format 0.0.4 strictly; throws at the first line that breaks it. */
export function parseExposition(text: string): Exposition {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const types = new Map<string, string>();
  const series: Series[] = [];
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split("\n")) {
    const [, name = "", type = ""] = /^# TYPE (\S+) (counter|gauge|histogram|summary|untyped)$/.exec(line) ?? [];
    if (name !== "" && types.has(name)) throw new Error(`${name} has two types`);
    if (name !== "") types.set(name, type);
    else if (line.startsWith("#") && !/^# HELP [a-zA-Z_:][\w:]* .+$/.test(line)) throw new Error(`no comment of the format: ${line}`);
    if (line.startsWith("#")) continue;
    const one = parseLine(line);
    const key = JSON.stringify([one.name, Object.entries(one.labels).sort()]);
    if (seen.has(key)) throw new Error(`twice: ${line}`);
    seen.add(key);
    if (!types.has(one.name) && types.get(one.name.replace(/_(bucket|sum|count)$/, "")) !== "histogram")
      throw new Error(`no type before ${line}`);
    series.push(one);
  }
  return { types, series };
}

function parseLine(line: string): Series {
  const [, name = "", pairs = "", text = ""] = LINE.exec(line) ?? [];
  const value = text === "+Inf" ? Number.POSITIVE_INFINITY : text === "-Inf" ? Number.NEGATIVE_INFINITY : Number(text);
  if (name === "" || (Number.isNaN(value) && text !== "NaN")) throw new Error(`no line of the format: ${line}`);
  const found = [...pairs.matchAll(LABEL)];
  if (found.map(([whole]) => whole).join("") !== pairs) throw new Error(`no labels of the format: ${line}`);
  return { name, labels: Object.fromEntries(found.map(([, label = "", raw = ""]) => [label, unescapeValue(raw)])), value };
}

function unescapeValue(raw: string): string {
  return raw.replace(/\\(.)/g, (_whole, letter) => {
    if (letter === "n") return "\n";
    if (letter === "\\" || letter === '"') return letter;
    throw new Error(`no escape of the format: \\${letter}`);
  });
}

/** The sum of all series of this name that have these labels; null: there is none. */
export function sumOf({ series }: Exposition, name: string, labels: Readonly<Record<string, string>> = {}): number | null {
  const found = series.filter((one) => one.name === name && Object.entries(labels).every(([label, text]) => one.labels[label] === text));
  return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0);
}
