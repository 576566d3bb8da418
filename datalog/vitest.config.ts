import { defineConfig } from "vitest/config";

/** The conformance suite: a project of the whole test run, and, run by itself, one that starts no database. */
export default defineConfig({
  test: {
    name: "conformance",
    include: ["tests/conformance/**/*.test.ts"],
    reporters: ["./tests/conformance/reporter.ts"],
  },
});
