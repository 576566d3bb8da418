import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { APPS } from "../../models/apps.ts";
import { strippedPath, timeOf } from "./stripped-path.js";

const ROOT = join(import.meta.dirname, "../../..");

const FOLDERS = [...APPS, "datalog", "shared", "scripts"].map((name) => join(ROOT, name)); // an image has one app, and no scripts

if (import.meta.main) for (const folder of FOLDERS.filter((path) => existsSync(path))) stripFolder(folder);

/**
 * Keeps what a folder's files are without their types; what is kept already and of the same time as its source is left.
 * @param {string} folder
 */
function stripFolder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) entry.name !== "node_modules" && stripFolder(path);
    else if (/(?<!\.test|\.d)\.ts$/.test(entry.name)) stripFile(path);
  }
}

/** @param {string} path */
function stripFile(path) {
  const [to, time] = [strippedPath(path), timeOf(path)];
  if (time === undefined || timeOf(to) === time) return;
  mkdirSync(dirname(to), { recursive: true });
  const half = `${to}.${process.pid}`; // two may do this at once
  writeFileSync(half, stripTypeScriptTypes(readFileSync(path, "utf8")));
  utimesSync(half, time / 1000, time / 1000);
  renameSync(half, to);
}
