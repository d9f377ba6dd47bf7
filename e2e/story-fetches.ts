type Counts = { counts: { story?: { browser: number; server: number } } };

/**
 * Meta's rule, for the end of every test that has an emulator: story media are loaded by browsers, and by nothing else.
 * @throws when a server has asked the emulator's CDN for a story, even if it got none
 */
export async function refuseStoryFetches(emulatorUrl: string): Promise<void> {
  const response = await fetch(`${emulatorUrl}/_control/cdn`);
  if (!response.ok) throw new Error(`/_control/cdn: ${response.status}`);
  const { counts } = (await response.json()) as Counts;
  const servers = counts.story?.server ?? 0;
  if (servers > 0) throw new Error(`Servers have asked for story media; fetches: ${servers}.`);
}
