// The JavaScript of the package: a service starts sooner from few files than from many. `tsc` gives the declarations.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
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
});
await bundle.close();
