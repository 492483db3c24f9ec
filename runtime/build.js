// The JavaScript of the package: a service starts sooner from few files than from many. `tsc` gives the declarations.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL(".", import.meta.url));
const out = resolve(process.argv[2] ?? join(root, "dist"));
const { exports } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);
const input = {};
for (const entry of Object.values(exports)) {
  const name = /^\.\/dist\/(.+)\.js$/.exec(entry.default ?? "")?.[1];
  if (name !== undefined) input[name] = join(root, `src/${name}.ts`);
}

/** What generated code loads at once: in one chunk, however many other entries share parts of it. */
const core = new Set([join(root, "src/codegen1.ts")]);
for (const file of core) {
  const text = readFileSync(file, "utf8");
  for (const [, from] of text.matchAll(
    /^(?:import|export)\s+(?!type\b)[^;]*?from\s+"(\.[^"]+)"/gm,
  )) {
    core.add(join(dirname(file), from.replace(/\.js$/, ".ts")));
  }
}

mkdirSync(out, { recursive: true });
for (const file of readdirSync(out, { recursive: true })) {
  if (/\.js(?:\.map)?$/.test(file)) rmSync(join(out, file));
}
const bundle = await rolldown({
  input,
  cwd: root,
  platform: "node",
  // packages stay what they are: only our own modules are joined
  external: /^[^./]/,
  resolve: { extensionAlias: { ".js": [".ts"] } },
  treeshake: { moduleSideEffects: false },
});
await bundle.write({
  dir: out,
  format: "esm",
  sourcemap: true,
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name].js",
  codeSplitting: {
    groups: [
      {
        name: "core",
        test: (id) => core.has(id) && !id.endsWith("/codegen1.ts"),
      },
    ],
  },
});
await bundle.close();
