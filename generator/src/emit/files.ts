/** Room `emit`: the files whose names are the same in every output folder. */
import type { FilePath } from "../name/layout.js";

export const CLIENT_FILE = "client.ts" as FilePath;
export const CONTRACT_FILE = "contract.ts" as FilePath;
export const HANDLERS_FILE = "handlers.ts" as FilePath;
export const PROBLEMS_FILE = "problems.ts" as FilePath;
export const ROUTER_FILE = "router.ts" as FilePath;
export const WEBHOOKS_FILE = "webhooks.ts" as FilePath;
export const RECEIVE_FILE = "webhooks/receive.ts" as FilePath;
export const SEND_FILE = "webhooks/send.ts" as FilePath;
export const INDEX_FILE = "index.ts" as FilePath;
export const DOCUMENT_FILE = "openapi.json" as FilePath;
export const PRETTIER_IGNORE_FILE = ".prettierignore" as FilePath;

/** Where the checks of answers stand that belong to a file. */
export function responseChecksFile(file: FilePath): FilePath {
  return `response-checks/${file}` as FilePath;
}
