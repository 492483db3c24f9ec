/** Room `name`: which node lives in which file under which name (types only). After this room nobody invents an identifier or a path. */
import type {
  Api,
  Group,
  Operation,
  ProblemType,
  SecurityScheme,
} from "../model/api.js";
import type { Model, ModelId } from "../model/schema.js";

/** A legal TypeScript identifier that is no reserved word. */
export type Identifier = string & { readonly brand: "Identifier" };
/** A path below the output folder, with `/`, from a fixed alphabet. */
export type FilePath = string & { readonly brand: "FilePath" };

export interface ModelNames {
  /** `Book`: the type that responses carry. */
  type: Identifier;
  /** `BookInput` where requests differ, else the same as `type`. */
  input: Identifier;
  /** Base of the functions: `check${pascal}`, `is${pascal}`, `project${pascal}`, `mark${pascal}`. */
  pascal: Identifier;
  /** `models/books.ts`: home of the type alias and of the functions. */
  file: FilePath;
}

export interface OperationNames {
  /** `getBook`: exported constant, handler key, key of `operations` in contract.ts. */
  constant: Identifier;
  /** `GetBook`: base of `GetBookRequest`, `GetBookResponse`, `GetBookReply`, `GetBookHandler`, `readGetBook`, `writeGetBook`. */
  pascal: Identifier;
  /** `operations/books.ts`; `operations/books/2.ts` where the group has several files. */
  file: FilePath;
}

export interface GroupNames {
  /** `books`: key of the handlers object. A reserved word gets a trailing `_`. */
  key: Identifier;
  /** `BooksHandlers`. */
  handlers: Identifier;
  /** `books`: stem of the generated file, and of the user's file, kebab-case, without extension. */
  stem: string;
}

/** One file of types that `contract.ts` puts together. */
export interface ContractPart {
  /** `contract/operations/books.ts`, `contract/models/books.ts`. */
  file: FilePath;
  operations: Operation[];
  models: Model[];
}

/** One problem of the catalogue, in `problems.ts`. */
export interface ProblemNames {
  problem: ProblemType;
  /** `outOfStock`: key of `problems`. */
  key: Identifier;
  /** `OutOfStockFields`: its extension members. */
  fields: Identifier;
}

export interface Layout {
  api: Api;
  model(id: ModelId): ModelNames;
  operation(operation: Operation): OperationNames;
  group(group: Group): GroupNames;
  /** Key of the scheme in `options.security` as written; only the printed form (quoted or not) is the emitter's. */
  schemes: SecurityScheme[];
  /** In document order. */
  problems: readonly ProblemNames[];
  /** Models by home file, in document order. */
  modelsByFile: ReadonlyMap<FilePath, Model[]>;
  /** Operations by file, group by group. No list is empty. */
  operationsByFile: ReadonlyMap<FilePath, Operation[]>;
  /** Empty where `contract.ts` is one file. */
  contractParts: readonly ContractPart[];
}
