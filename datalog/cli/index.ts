import { enableCompileCache } from "node:module";

// Keeps the stripped and compiled modules of the last run: a start takes 0.07 s of CPU instead of 0.3.
enableCompileCache();
await import("./main.ts");
