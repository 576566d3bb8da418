import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { z } from "zod";
import { type SupplierConfig, supplierFile } from "./supplier.ts";

/** The suppliers of a folder, and a sentence for each file that is none: one wrong file keeps no other supplier away. */
export interface Suppliers {
  readonly suppliers: readonly SupplierConfig[];
  readonly faults: readonly string[];
}

/** Far more than any needs, and little enough that hostile ones are read in a moment. */
const MAX_LETTERS = 50_000;
const TOO_MUCH = Symbol("more than is read");

/** Reads a folder of suppliers' files, *.yaml; a folder that is not there is one sentence. */
export function loadSuppliers(folder: string): Suppliers {
  const suppliers = new Map<string, SupplierConfig>();
  const faults: string[] = [];
  for (const name of namesIn(folder, faults)) {
    const file = join(folder, name);
    const read = readSupplier(file, readText(file));
    const twin = typeof read === "string" ? undefined : suppliers.get(read.supplier);
    if (typeof read === "string") faults.push(read);
    else if (twin) faults.push(`${file}: supplier: ${read.supplier} is in ${twin.file} already; expected a name of its own`);
    else suppliers.set(read.supplier, read);
  }
  return { suppliers: [...suppliers.values()], faults };
}

/** A supplier of a file's text, or the sentence that says which line of it is wrong and what is expected there. text null: it can't be read. */
export function readSupplier(file: string, text: string | null): SupplierConfig | string {
  if (text === null) return `${file}: can't be read`;
  if (text.length > MAX_LETTERS) return `${file}: is longer than the ${MAX_LETTERS} letters that a supplier's file may have`;
  const document = parseDocument(text, { prettyErrors: true });
  const [fault] = document.errors;
  if (fault) return `${file}: is no YAML: ${fault.message.split("\n")[0]}`;
  const read = plain(document);
  if (read === TOO_MUCH) return `${file}: its aliases make too much of it; expected the lines themselves`;
  const parsed = supplierFile.safeParse(read);
  if (!parsed.success) return `${file}: ${sentence(parsed.error)}`;
  return { ...parsed.data, file, digest: createHash("sha256").update(JSON.stringify(parsed.data)).digest("hex") };
}

function namesIn(folder: string, faults: string[]): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch {
    faults.push(`${folder}: is no folder that can be read; SUPPLIERS_DIR names the folder of suppliers' files`);
    return [];
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/** Aliases can make a small file huge: the library counts, and throws. */
function plain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    return TOO_MUCH;
  }
}

/** The first thing that is wrong: path and what is expected. */
function sentence({ issues }: z.ZodError): string {
  const [issue] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  const path =
    issue?.path
      .map((part) => (typeof part === "number" ? `[${part + 1}]` : `.${String(part)}`))
      .join("")
      .replace(/^\./, "") || "the file";
  return `${path}: ${issue?.message ?? "is wrong"}${more}`;
}
