import { errorMessage } from "@/lib/errors";
import { buildDesk } from "./build-desk";

try {
  await buildDesk((line) => console.log(line));
  console.log("The build is up to date.");
} catch (error) {
  console.error(errorMessage(error));
  process.exitCode = 1;
}
