/** `npm run test:mock-corpus [-- --only github]`: every real document served by `kontract mock`, every operation asked, every answer judged by Ajv. */
import { parseArgs } from "node:util";
import { entries, REFUSED } from "../../corpus/documents.js";
import { sharedAvailable } from "../../shared.js";
import { type MockReport } from "./ask-mock.js";
import { askDocument } from "./ask-document.js";

const { values } = parseArgs({ options: { only: { type: "string" } } });
const wanted = entries().filter(
  ({ path }) =>
    REFUSED[path] === undefined &&
    (values.only === undefined || path.includes(values.only)),
);
const total = { documents: 0, operations: 0, asked: 0, accepted: 0 };
const more = { fromExamples: 0, faultyExamples: 0, validated: 0, other: 0 };
let slowest = 0;
const withoutSample: string[] = [];
const unwritable: string[] = [];
const unexplained: string[] = [];

for (const entry of wanted) {
  const { ready, report } = await askDocument(entry);
  slowest = Math.max(slowest, ready);
  add(entry.path, ready, report);
}
const lines = [
  "",
  `documents ${total.documents}, operations ${total.operations}, asked ${total.asked}, accepted ${total.accepted}`,
  `with examples of the document ${more.fromExamples}, of which faulty by Ajv too ${more.faultyExamples}`,
  `answers: JSON validated by Ajv ${more.validated}, without JSON ${more.other}`,
  `no request possible ${unwritable.length}, no sample for the answer ${withoutSample.length}, unexplained ${unexplained.length}, slowest start ${slowest.toFixed(1)} s`,
  ...unwritable.map((each) => `  impossible: ${each}`),
  ...withoutSample.map((each) => `  no sample: ${each}`),
  ...unexplained.map((each) => `  UNEXPLAINED: ${each}`),
];
process.stdout.write(`${lines.join("\n")}\n`);
if (!sharedAvailable || unexplained.length > 0) process.exitCode = 1;

function add(path: string, ready: number, report: MockReport): void {
  total.documents += 1;
  total.operations += report.operations;
  total.asked += report.asked;
  total.accepted += report.accepted;
  more.fromExamples += report.fromExamples;
  more.faultyExamples += report.faultyExamples;
  more.validated += report.validated;
  more.other += report.other;
  withoutSample.push(...report.withoutSample.map((each) => `${path} ${each}`));
  unwritable.push(...report.unwritable.map((each) => `${path} ${each}`));
  unexplained.push(...report.unexplained.map((each) => `${path} ${each}`));
  process.stdout.write(
    `${path}: ready in ${ready.toFixed(1)} s, ${report.asked} of ${report.operations} asked, ` +
      `${report.accepted} accepted, ${report.validated} validated, ${report.unexplained.length} unexplained\n`,
  );
}
