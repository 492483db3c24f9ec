/** The measured process: one server, which tells its processor time when asked. */
const [kind, routes, folder] = process.argv.slice(2);
const { serve } = await import(`./servers/${kind}.js`);
const server = await serve(Number(routes), folder);

process.on("message", () => process.send(process.cpuUsage()));
process.on("disconnect", () => process.exit());
process.send({ port: server.address().port });
