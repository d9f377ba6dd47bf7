import { defineConfig } from "@playwright/test";

const QUIET_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  forbidOnly: true,
  // Every spec runs a desk of its own; more at once than this would measure the machine.
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [
    ["list"],
    ...(process.env.PLAYWRIGHT_JSON ? [["json", { outputFile: process.env.PLAYWRIGHT_JSON }] as const] : []),
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    // Pictures and snapshots of every step cost more than the steps.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false, sources: true },
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: QUIET_FLAGS },
  },
});
