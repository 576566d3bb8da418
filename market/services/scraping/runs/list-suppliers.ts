import { loadConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { schema } from "../../../config/schema.ts";
import { loadSuppliers } from "../suppliers/load-suppliers.ts";

/** The suppliers that files describe, a line each, and what is wrong with files: without a database. */
export async function listSuppliers(): Promise<{ text: string; exitCode: number }> {
  const { SUPPLIERS_DIR } = loadConfig(schema.pick({ SUPPLIERS_DIR: true }), process.env);
  const { suppliers, faults } = loadSuppliers(SUPPLIERS_DIR);
  const lines = suppliers.map(
    ({ supplier, name, start, schedule }) => `${supplier}  ${name}  ${start.join(" ")}  ${schedule ?? "by hand"}`,
  );
  const none = lines.length + faults.length === 0 ? [`${SUPPLIERS_DIR} has no suppliers' files, *.yaml`] : [];
  return { text: [...lines, ...faults, ...none].join("\n"), exitCode: faults.length > 0 ? 1 : 0 };
}
