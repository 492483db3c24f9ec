/** The program in a process of its own, straight from the sources. */
import { main } from "../../../generator/src/cli.js";

process.exitCode = await main(process.argv.slice(2));
