/** `npm run bench -- runtime|cold-start|generator|watch`: prints one Markdown table. */
const benches = {
  runtime: "./runtime/bench.js",
  "cold-start": "./cold-start/bench.js",
  generator: "./generator/bench.js",
  watch: "./watch/bench.js",
};

const [name = ""] = process.argv.slice(2);
if (!Object.hasOwn(benches, name)) {
  process.stderr.write(
    `Usage: npm run bench -- ${Object.keys(benches).join("|")}\n`,
  );
  process.exit(2);
}
const { bench } = await import(benches[name]);
process.stdout.write(await bench());
