import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RelationsDeclaration } from "../../shared/infrastructure/relations/index.ts";

/** Relations of a service that only a test knows: rules as text, declarations as given. */
export function aDeclaration(parts: {
  owner?: RelationsDeclaration["owner"];
  materialised?: { rules: string; relations: NonNullable<RelationsDeclaration["materialised"]>["relations"] };
  onDemand?: { rules: string; relations: NonNullable<RelationsDeclaration["onDemand"]>["relations"] };
}): RelationsDeclaration {
  const folder = mkdtempSync(join(tmpdir(), "rose-ash-relations-"));
  const write = (file: string, rules: string) => {
    writeFileSync(join(folder, file), rules);
    return file;
  };
  const { owner = "blog", materialised, onDemand } = parts;
  return {
    ...{ owner, folder },
    materialised: materialised ? { file: write("whole.dl", materialised.rules), relations: materialised.relations } : null,
    onDemand: onDemand ? { file: write("asked.dl", onDemand.rules), relations: onDemand.relations } : null,
  };
}
