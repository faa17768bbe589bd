// Prints the OpenAPI document of the contract, or writes it where it is committed, with what integrators are promised by it:
// node apps/api/src/openapi.ts [--write]
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openApiText } from './features/openapi/openapi-document.ts';
import { addedPromises, type Promises, promisesOf } from './features/openapi/promises.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const text = openApiText();
const document = new URL('../../../docs/openapi.json', import.meta.url);
const promised = new URL('../../../docs/integrators/promises.json', import.meta.url);
if (values.write) {
  const before = JSON.parse(readFileSync(promised, 'utf8')) as Promises;
  writeFileSync(document, text);
  writeFileSync(promised, `${JSON.stringify(addedPromises(before, promisesOf(text)), null, 2)}\n`);
} else process.stdout.write(text);
