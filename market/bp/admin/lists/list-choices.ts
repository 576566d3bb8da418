import { type DecimalMark, SEPARATORS, type Separator, type Whose } from "../../../services/csv/index.ts";

type Said = Readonly<Record<string, unknown>>;

/** The choices of the page that names columns, with what is chosen. */
export function listChoices(suppliers: readonly { id: number; name: string }[], said: Said) {
  const text = (name: string) => (typeof said[name] === "string" ? said[name] : "");
  return {
    ...{ whose: text("whose") || "theirs", supplier: text("supplier"), separator: text("separator"), mark: text("mark") },
    suppliers: [{ value: "", label: "Choose one" }, ...suppliers.map(({ id, name }) => ({ value: String(id), label: name }))],
    separators: [
      { value: "", label: "As it seems" },
      ...SEPARATORS.map((separator) => ({ value: separator, label: SEPARATOR_WORDS[separator] })),
    ],
    marks: [
      { value: "", label: "As it seems" },
      { value: ".", label: "A point: 1,234.50" },
      { value: ",", label: "A comma: 1.234,50" },
    ],
  };
}

const SEPARATOR_WORDS: Record<Separator, string> = { ";": "Semicolons", ",": "Commas", "\t": "Tabs", "|": "Upright strokes" };

/** null: as it seems. */
export function separatorOf(said: unknown): Separator | null {
  return SEPARATORS.find((one) => one === said) ?? null;
}

/** null: as it seems. */
export function markOf(said: unknown): DecimalMark | null {
  return said === "." || said === "," ? said : null;
}

/** Whose list it is; null: a supplier's, and it is not said whose. */
export function whoseOf(said: Said, suppliers: readonly { id: number }[]): Whose | null {
  const supplier = suppliers.find(({ id }) => String(id) === said["supplier"]);
  if (said["whose"] === "ours") return { kind: "ours", newFrom: supplier?.id ?? null };
  return supplier ? { kind: "theirs", supplierId: supplier.id } : null;
}
