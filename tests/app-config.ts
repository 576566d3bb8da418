import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives the apps opened from now on another _config/app-config.yaml: one number in it changed. Call what it returns at the end. */
export function withAppConfig(key: string, value: number): () => void {
  const folder = mkdtempSync(join(tmpdir(), "rose-ash-config-"));
  const file = join(folder, "app-config.yaml");
  const text = readFileSync(join(import.meta.dirname, "../_config/app-config.yaml"), "utf8");
  const changed = text.replace(new RegExp(`(${key}: )\\d+`), `$1${value}`);
  if (changed === text) throw new Error(`${key} is not there, or ${value} already`);
  writeFileSync(file, changed);
  process.env["APP_CONFIG"] = file;
  return () => {
    delete process.env["APP_CONFIG"];
    rmSync(folder, { recursive: true });
  };
}
