/** Room `name`: every node gets its name and its file, once and for all. */
import { Diagnostics, type Staged } from "../lint/diagnostic.js";
import type { Api, Operation, ProblemType } from "../model/api.js";
import type { Model, ModelId } from "../model/schema.js";
import { contractParts } from "./contract-parts.js";
import { camelCase, extend, markName, pascalCase } from "./identifier.js";
import type {
  FilePath,
  Identifier,
  Layout,
  ModelNames,
  OperationNames,
  ProblemNames,
} from "./layout.js";
import { modelHomes } from "./model-homes.js";
import { nameGroups } from "./name-groups.js";
import { operationFiles } from "./operation-files.js";
import { reservedNames } from "./reserved-names.js";
import { scope, type Candidate, type Scope } from "./scope.js";

/** What the service sends, as its receivers see it. */
export const receivedOperations = "webhooks/receive.ts" as FilePath;

type NamesOfOperation = Omit<OperationNames, "file">;

export function nameApi(api: Api): Staged<Layout> {
  const diagnostics = new Diagnostics();
  // One namespace for everything that generated files export: they import from each other.
  const names = scope(reservedNames, diagnostics);
  const types = new Map<ModelId, Identifier>();
  const inputs = new Map<ModelId, Identifier>();
  const operations = new Map<Operation, NamesOfOperation>();

  for (const model of api.models.values()) {
    types.set(model.id, nameModel(model, names));
  }
  for (const model of api.models.values()) {
    inputs.set(model.id, nameInput(model, found(types, model.id), names));
  }
  for (const group of api.groups) {
    for (const operation of group.operations) {
      operations.set(operation, nameOperation(operation, names));
    }
  }

  for (const { operation } of api.outgoing) {
    operations.set(operation, nameOperation(operation, names));
  }

  const groups = nameGroups(api.groups, names);
  const homes = modelHomes(
    api,
    (group) => `models/${found(groups, group).stem}.ts` as FilePath,
  );
  const models = new Map<ModelId, ModelNames>();
  const modelsByFile = new Map<FilePath, Model[]>();
  for (const model of api.models.values()) {
    const file = found(homes, model.id);
    const type = found(types, model.id);
    const input = found(inputs, model.id);
    models.set(model.id, { type, input, pascal: type, file });
    const list = modelsByFile.get(file);
    if (list) list.push(model);
    else modelsByFile.set(file, [model]);
  }
  const operationsByFile = new Map<FilePath, Operation[]>();
  const operationNames = new Map<Operation, OperationNames>();
  for (const group of api.groups) {
    const files = operationFiles(group, found(groups, group).stem);
    for (const [file, list] of files) {
      operationsByFile.set(file, list);
      for (const operation of list) {
        const names = found(operations, operation);
        operationNames.set(operation, { ...names, file });
      }
    }
  }
  const sent = api.outgoing.map(({ operation }) => operation);
  for (const operation of sent) {
    const names = found(operations, operation);
    operationNames.set(operation, { ...names, file: receivedOperations });
  }
  const model = (id: ModelId) => found(models, id);
  return {
    value: {
      api,
      model,
      operation: (operation) => found(operationNames, operation),
      group: (group) => found(groups, group),
      schemes: api.security,
      problems: nameProblems(api.problems, diagnostics),
      modelsByFile,
      operationsByFile,
      contractParts: contractParts({
        operationsByFile:
          sent.length === 0
            ? operationsByFile
            : new Map([...operationsByFile, [receivedOperations, sent]]),
        modelsByFile,
        model,
      }),
    },
    diagnostics: diagnostics.list,
  };
}

/** In a file of their own. */
function nameProblems(
  problems: readonly ProblemType[],
  diagnostics: Diagnostics,
): ProblemNames[] {
  const names = scope(reservedNames, diagnostics);
  return problems.map((problem) => {
    const key = camelCase(problem.name, "problem");
    const fields = extend(pascalCase(problem.name, "Problem"), "Fields");
    const candidate = (
      key: Identifier,
      fields: Identifier,
    ): Candidate<ProblemNames> => ({
      name: { problem, key, fields },
      shown: key,
      takes: [key, fields],
    });
    return names.claim({
      what: "problem",
      original: problem.name,
      origin: problem.origin,
      candidates: [candidate(key, fields)],
      marked: (mark) => candidate(markName(key, mark), markName(fields, mark)),
    });
  });
}

function nameModel(model: Model, names: Scope): Identifier {
  const plain = pascalCase(model.title, "Model");

  function candidate(type: Identifier): Candidate<Identifier> {
    const functions = ["check", "is", "project", "mark"].map(
      (verb) => `${verb}${type}`,
    );
    return { name: type, shown: type, takes: [type, ...functions] };
  }

  return names.claim({
    what: "schema",
    original: model.title,
    origin: model.schema.origin,
    candidates: [candidate(plain)],
    marked: (mark) => candidate(markName(plain, mark)),
  });
}

/** After all schemas have their names: what the document calls `BookInput` goes before what we make of `Book`. */
function nameInput(model: Model, type: Identifier, names: Scope): Identifier {
  if (!model.split) return type;
  const plain = extend(type, "Input");
  const candidate = (name: Identifier): Candidate<Identifier> => ({
    name,
    shown: name,
    takes: [name],
  });
  return names.claim({
    what: "the input form of schema",
    original: model.title,
    origin: model.schema.origin,
    candidates: [candidate(plain)],
    marked: (mark) => candidate(markName(plain, mark)),
  });
}

function nameOperation(operation: Operation, names: Scope): NamesOfOperation {
  const constant = camelCase(operation.id, "operation");
  const pascal = pascalCase(operation.id, "Operation");

  function candidate(
    constant: Identifier,
    pascal: Identifier,
  ): Candidate<NamesOfOperation> {
    return {
      name: { constant, pascal },
      shown: constant,
      takes: [
        constant,
        ...["Request", "Response", "Reply", "Handler"].map(
          (part) => `${pascal}${part}`,
        ),
        `read${pascal}`,
        `write${pascal}`,
        ...(operation.sent
          ? [`send${pascal}`, `payload${pascal}`, `${constant}Url`]
          : []),
      ],
    };
  }

  return names.claim({
    what: "operation",
    original: operation.id,
    origin: operation.origin,
    candidates: [
      candidate(constant, pascal),
      // `CreateUserRequest` is a schema of many documents: the document's own names go before those made of them.
      candidate(constant, extend(pascal, "Operation")),
    ],
    marked: (mark) =>
      candidate(markName(constant, mark), markName(pascal, mark)),
  });
}

function found<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) {
    throw new Error("asked for the name of a node of another document");
  }
  return value;
}
