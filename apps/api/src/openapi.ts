// Prints the OpenAPI document of the contract, or writes it where it is committed: node apps/api/src/openapi.ts [--write]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openApiText } from './features/openapi/openapi-document.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const text = openApiText();
if (values.write) writeFileSync(new URL('../../../docs/openapi.json', import.meta.url), text);
else process.stdout.write(text);
