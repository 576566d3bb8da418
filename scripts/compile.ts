import { APPS } from "@rose-ash/shared/models/apps.ts";

/** What a service loads by `import()` in development; the rest hangs on its server.ts. */
const DOORS = ["../shared/dev/components/index.ts", "../federation/dev/index.ts", "../cart/dev/index.ts"];

// Loads what the six services load, so that Node keeps it compiled: a service that finds everything compiled never loads what strips types.
process.env["COMPILE_ONLY"] = "true";
await Promise.all([...APPS.map((app) => `../${app}/server.ts`), ...DOORS].map((path) => import(path)));
process.exit(); // what was loaded may hold timers
