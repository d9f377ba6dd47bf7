import { optionsFromEnv } from "./options";
import { startEmulator } from "./start-emulator";

async function main(): Promise<void> {
  const options = optionsFromEnv(process.env);
  const running = await startEmulator(options);
  console.log(`Instagram emulator: ${running.url}`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`The emulator could not save its state: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: unknown) => {
  const { code, message } = error as NodeJS.ErrnoException;
  const words =
    code === "EADDRINUSE" ? "The emulator's port is taken. Stop what uses it, or set EMULATOR_PORT." : message;
  console.error(words);
  process.exit(1);
});
