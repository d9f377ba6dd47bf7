import { readSettings } from "./settings";
import { startSite } from "./start-site";

try {
  const settings = readSettings(process.env);
  const stop = await startSite(settings);
  console.log(`${settings.siteName} answers at ${settings.siteUrl}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
