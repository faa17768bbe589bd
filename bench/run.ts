/** `npm run bench -- <suite>`: each suite measures when it is loaded, prints its tables and writes its figures beside it. */
const suites: Readonly<Record<string, string>> = {
  registration: './registration.ts',
  invoices: './invoices.ts',
  import: './import.ts',
  webhooks: './webhooks.ts',
  receipts: './receipts.ts',
  payments: './payments.ts',
  contracts: './contracts.ts',
  lighthouse: './lighthouse.ts',
};

const [asked = 'registration'] = process.argv.slice(2);
const suite = suites[asked];
if (suite === undefined) {
  console.error(`There is no suite « ${asked} »: ${Object.keys(suites).join(', ')}.`);
  process.exitCode = 1;
} else await import(suite);
