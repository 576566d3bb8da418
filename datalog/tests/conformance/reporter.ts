import type { Reporter, TestCase, TestModule } from "vitest/node";

/** A table of the suites, what failed and why before it, and as the last line `conformance PASSED/ALL`. */
export default class ConformanceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly { message?: string }[]): void {
    // Skipped are those that a filter (-t) leaves out.
    const cases = modules.flatMap((module) => [...module.children.allTests()]).filter((one) => one.result().state !== "skipped");
    const failed = cases.filter((one) => !one.ok());
    for (const one of failed) print(`failed: ${suiteOf(one)}: ${one.name}\n${messages(one.result().errors)}`);
    // A file that cannot be read has no cases that could fail.
    const files = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    for (const complaint of [...files.map((file) => messages(file.errors())), messages(errors)]) if (complaint) print(complaint);
    const suites = [...new Set(cases.map(suiteOf))];
    const width = Math.max(...suites.map((suite) => suite.length));
    for (const suite of suites) {
      const own = cases.filter((one) => suiteOf(one) === suite);
      print(`${suite.padEnd(width)} ${String(own.filter((one) => one.ok()).length).padStart(4)}/${own.length}`);
    }
    print(`conformance ${cases.length - failed.length}/${cases.length}`);
  }
}

function suiteOf(one: TestCase): string {
  return one.parent.type === "suite" ? one.parent.name : "";
}

function messages(errors: readonly { message?: string; diff?: string }[] | undefined): string {
  return (errors ?? []).map(({ message = "", diff = "" }) => [message, diff].filter(Boolean).join("\n")).join("\n");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
