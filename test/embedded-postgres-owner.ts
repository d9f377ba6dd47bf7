import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";

/** A process that owns the embedded database of argv[2]: prints one line of JSON, and stops it on a line "stop" or SIGTERM. */
try {
  const { url, adopted, stop } = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? "" });
  const end = async () => {
    await stop();
    process.exit(0);
  };
  process.on("SIGTERM", end);
  process.stdin.once("data", end);
  console.log(JSON.stringify({ url, adopted }));
} catch (error) {
  const code = error instanceof Error && "code" in error ? error.code : null;
  console.log(JSON.stringify({ code, message: error instanceof Error ? error.message : String(error) }));
  process.exit(1);
}
