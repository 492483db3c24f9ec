/** Room `init`: the files of a new service: a small document, its handlers, a test, and what runs them. */

import { DOCUMENT } from "./new-document.js";

/** A file below the new service's folder. */
export interface NewFile {
  path: string;
  text: string;
}

/** `version` is that of both packages. */
export function newService(name: string, version: string): NewFile[] {
  return [
    { path: "openapi.yaml", text: DOCUMENT },
    { path: "kontract.config.json", text: jsonText(CONFIG) },
    { path: "package.json", text: jsonText(packageOf(name, version)) },
    { path: "tsconfig.json", text: jsonText(TSCONFIG) },
    { path: "src/main.ts", text: MAIN },
    { path: "src/app.ts", text: APP },
    { path: "src/handlers/notes.ts", text: HANDLERS },
    { path: "test/notes.test.ts", text: TEST },
    { path: ".gitignore", text: "node_modules/\ndist/\n" },
    {
      path: ".gitattributes",
      text: "src/generated/** linguist-generated\n",
    },
    { path: ".github/workflows/ci.yml", text: WORKFLOW },
  ];
}

/** What a `package.json` needs; of one that is there, only what is missing is added. */
export function packageOf(name: string, version: string) {
  return {
    name,
    private: true,
    type: "module",
    engines: { node: ">=20.19.0" },
    scripts: {
      generate: "kontract generate",
      check: "kontract check",
      start: "tsx src/main.ts",
      test: "node --import tsx --test test/*.test.ts",
      typecheck: "tsc --noEmit",
    },
    dependencies: {
      "@koa/router": "^15.7.0",
      "@kontract/runtime": `^${version}`,
      koa: "^3.3.0",
    },
    devDependencies: {
      "@types/node": "^20.19.0",
      kontract: `^${version}`,
      tsx: "^4.20.0",
      typescript: "^5.9.3",
    },
  };
}

export function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const CONFIG = {
  spec: "openapi.yaml",
  out: "src/generated",
  handlers: "src/handlers",
};

const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    strict: true,
    skipLibCheck: true,
    outDir: "dist",
    rootDir: "src",
  },
  include: ["src"],
};

const MAIN = `import { createService } from "./app.js";

const port = Number(process.env.PORT ?? 3000);
createService().listen(port, () => {
  console.log(\`listening on http://localhost:\${port}/notes\`);
});
`;

const APP = `import { createApp } from "@kontract/runtime";
import { createRouter } from "./generated/index.js";
import { notes } from "./handlers/notes.js";

/** The service: a Koa application, so any middleware works. */
export function createService() {
  const app = createApp();
  app.use(createRouter({ notes }).routes());
  return app;
}
`;

const HANDLERS = `import { randomUUID } from "node:crypto";
import type { Note, NotesHandlers } from "../generated/index.js";

/** In memory: a database takes its place. */
const shelf = new Map<string, Note>();

export const notes: NotesHandlers = {
  async listNotes({ page, reply }) {
    const all = [...shelf.values()].reverse();
    const items = all.slice(page.offset, page.offset + page.limit);
    return reply.ok(items, { total: all.length });
  },

  async createNote({ body, reply }) {
    const id = randomUUID();
    const note = { ...body, id, createdAt: new Date().toISOString() };
    shelf.set(id, note);
    return reply.created(note, { headers: { location: \`/notes/\${id}\` } });
  },

  async getNote({ params, reply }) {
    const note = shelf.get(params.noteId);
    return note
      ? reply.ok(note)
      : reply.notFound({ detail: \`no note \${params.noteId}\` });
  },

  async deleteNote({ params, reply }) {
    return shelf.delete(params.noteId)
      ? reply.noContent()
      : reply.notFound({ detail: \`no note \${params.noteId}\` });
  },
};
`;

const TEST = `import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { createService } from "../src/app.js";
import { createClient } from "../src/generated/client.js";

const server = createService().listen(0);
let client: ReturnType<typeof createClient>;

before(async () => {
  if (!server.listening) await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  client = createClient({ baseUrl: \`http://localhost:\${port}\` });
});
after(() => server.close());

test("a note is written, read, listed and thrown away", async () => {
  const written = await client.notes.createNote({ body: { text: "milk" } });
  assert.equal(written.status, 201);
  const { id } = written.body as { id: string };
  const read = await client.notes.getNote({ params: { noteId: id } });
  assert.equal(read.status, 200);
  assert.deepEqual(read.body, written.body);
  const listed = await client.notes.listNotes();
  assert.equal(listed.status, 200);
  const gone = await client.notes.deleteNote({ params: { noteId: id } });
  assert.equal(gone.status, 204);
  const missing = await client.notes.getNote({ params: { noteId: id } });
  assert.equal(missing.status, 404);
});

test("a note without text is refused", async () => {
  const { status, body } = await client.notes.createNote({ body: { text: "" } });
  assert.equal(status, 422);
  assert.match(JSON.stringify(body), /minLength/);
});
`;

const WORKFLOW = `name: ci
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm install
      - run: npm run check
      - run: npm run typecheck
      - run: npm test
`;
