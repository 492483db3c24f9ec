/** Prints the totals of a test run's JSON report as one plain line; a file that failed before its first test counts as one. */
import { readFileSync } from "node:fs";

let passed = 0;
let failed = 0;
let skipped = 0;
try {
  const report = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
  for (const file of report.testResults) {
    const count = (...states) =>
      file.assertionResults.filter((each) => states.includes(each.status))
        .length;
    const broken = count("failed");
    passed += count("passed");
    failed += file.status === "failed" && broken === 0 ? 1 : broken;
    skipped += count("skipped", "pending", "todo");
  }
} catch (error) {
  process.stdout.write(`no report of the tests: ${error.message}\n`);
  failed = 1;
}
if (skipped > 0) process.stdout.write(`${skipped} skipped\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
