/** Preloaded: names under `.rebind.test` are asked of the name server at TEST_NAME_SERVER, all others as ever. */
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";

const resolver = new dns.Resolver();
resolver.setServers([process.env.TEST_NAME_SERVER]);
const usual = dns.lookup;

dns.lookup = (hostname, options, callback) => {
  if (!hostname.endsWith(".rebind.test")) return usual(hostname, options, callback);
  resolver.resolve4(hostname, (error, addresses) =>
    callback(
      error,
      addresses?.map((address) => ({ address, family: 4 })),
    ),
  );
};
syncBuiltinESMExports();
