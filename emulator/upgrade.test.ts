import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Json, TestClient } from "./test-client";

const NEWER: Record<string, string[]> = {
  apps: ["mode", "restricted", "roles", "testers", "previousSecret", "registered", "sdkDomains", "configurations"],
  businesses: ["professional", "routedTo"],
  grants: ["businesses"],
  tokens: ["dataAccessExpiresAt", "systemUserId"],
  codes: ["sdkOrigin", "systemUser"],
};

test("a state saved by an earlier emulator goes on", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "emulator-upgrade-"));
  try {
    const before = await TestClient.start({ dataDir });
    const page = await before.connect();
    await before.close();
    const file = join(dataDir, "emulator.json");
    const world: Json = JSON.parse(await readFile(file, "utf8"));
    delete world.portfolios;
    delete world.removed;
    for (const [list, names] of Object.entries(NEWER)) {
      for (const one of world[list]) for (const name of names) delete one[name];
    }
    await writeFile(file, JSON.stringify(world));
    const after = await TestClient.start({ dataDir });
    try {
      const link = await after.graph(`/${page.pageId}?fields=instagram_business_account`, page.token);
      expect(link.body.instagram_business_account).toEqual({ id: page.igId });
      const said = await after.play("/send", { customerId: "ana.lima", igId: page.igId, text: "Still there?" });
      expect(said.delivery.sent).toBe(true);
      const user = await after.login("Nora Keller", "business_management");
      expect((await after.graph("/me/businesses", user)).body.data[0].name).toBe("Keller Group");
      await after.control("/grants", { person: "Nora Keller", remove: true });
      await after.control("/reset", {});
    } finally {
      await after.close();
    }
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
