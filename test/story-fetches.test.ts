import { expect, test } from "vitest";
import { startEmulator } from "./connect-emulator";

/** The rule about stories is checked wherever a test ends its emulator; here it is broken once. */
test("a run in which a server asks for a story fails", async () => {
  const app = {
    id: "900100200300",
    secret: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    redirectUri: "http://localhost/connected",
  };
  const emulator = await startEmulator(app);
  const { businesses } = (await emulator.call("/_play/state")) as { businesses: { igId: string }[] };
  const mention = await emulator.call("/_play/story-mention", { customerId: "ana.lima", igId: businesses[0]?.igId });
  const { url } = mention.story as { url: string };
  expect((await fetch(url)).status).toBe(403);
  await expect(emulator.stop()).rejects.toThrow("Servers have asked for story media; fetches: 1.");
});
