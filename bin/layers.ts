import { checkLayers } from "./check-layers";

const breaches = checkLayers(process.cwd());
for (const breach of breaches) console.log(breach);
console.log(breaches.length === 0 ? "The import table holds." : `${breaches.length} breaches of the import table.`);
process.exitCode = breaches.length === 0 ? 0 : 1;
