import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentRoles } from '@rnoce/schemas/agent-rights';
import { bankAccountFields } from '@rnoce/schemas/bank-account';
import { companyFields, origins } from '@rnoce/schemas/company';
import { ServiceStatus } from '@rnoce/schemas/configuration';
import { contactFields, departments } from '@rnoce/schemas/contacts';
import { signatureOutcomes, signatureReasons, signatureWays } from '@rnoce/schemas/contracts';
import { accountStates, operationRefusals } from '@rnoce/schemas/customs-account';
import {
  CustomsRequestStatus,
  CustomsRequestType,
  customsRequestEvents,
} from '@rnoce/schemas/customs-request-events';
import { requestCauses } from '@rnoce/schemas/customs-request-reasons';
import {
  cancellationGrounds,
  requestFields,
  restorationEvidences,
} from '@rnoce/schemas/customs-request-rules';
import { customsRequestEffects } from '@rnoce/schemas/customs-requests';
import { documentNames, fileRefusals, scanStates } from '@rnoce/schemas/documents';
import { actorKinds, filingEvents, filingStatuses } from '@rnoce/schemas/filings';
import { issueCodes, warningCodes } from '@rnoce/schemas/issues';
import { legalRepresentativeFields } from '@rnoce/schemas/legal-representative';
import { idTypes, managerFields } from '@rnoce/schemas/managers';
import { authorities, entityTypes, operatorTypes, purposes } from '@rnoce/schemas/operator-types';
import { orderStatuses, paymentCauses, paymentMethods } from '@rnoce/schemas/payment-states';
import { PaymentChannel } from '@rnoce/schemas/payments';
import { problemCodes } from '@rnoce/schemas/problems';
import { RegistryRecord, registryStatuses } from '@rnoce/schemas/registry';
import { scopes } from '@rnoce/schemas/scopes';
import { sections } from '@rnoce/schemas/sections';
import { singleWindowUserFields } from '@rnoce/schemas/single-window-users';
import { steps } from '@rnoce/schemas/subscriptions';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const namespaces = globSync('*.json', { cwd: join(import.meta.dirname, 'fr') }).map((file) =>
  file.replace('.json', ''),
);

const keys = new Set(
  namespaces.flatMap((namespace) => {
    const messages: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, 'fr', `${namespace}.json`), 'utf8'),
    );
    return Object.keys(messages ?? {}).map(
      (key) => `${namespace}:${key.replace(/_(zero|one|two|few|many|other)$/, '')}`,
    );
  }),
);

const sources = globSync(['{apps,packages}/*/src/**/*.{ts,tsx}', 'packages/ui/demo/*.tsx'], { cwd: root })
  .filter((file) => !/\.test\.tsx?$/.test(file) && !file.includes('node_modules'))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  // What a comment mentions is not used.
  .map((text) => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''))
  .join('\n');

const names = namespaces.join('|');
const literals = new Set(
  [...sources.matchAll(new RegExp(`['"\`]((?:${names}):[\\w.-]+)['"\`]`, 'g'))]
    .map(([, key = '']) => key)
    // « invoices:read » is no message.
    .filter((key) => !scopes.some((scope) => scope === key)),
);
/** Keys made at run time, as \`reference:cause.${cause}\` or \`emails:${template}.subject\`. */
const patterns = [
  ...new Set(
    [...sources.matchAll(new RegExp(`\`((?:${names}):[\\w.-]*\\$\\{[^\`]*)\``, 'g'))].map(
      ([, template = '']) => template,
    ),
  ),
].map(
  (template) =>
    new RegExp(
      `^${template
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replaceAll('.', '\\.'))
        .join('.+')}$`,
    ),
);

const service = ServiceStatus.shape.services.element;

/** Fields of the verification, spec/registration.md « Vérification du compte ». */
const identifiers = ['email', 'ice', 'rcNumber', 'taxId', 'rcCentre', 'operatorType'];

/** Labels of codes that are data: they belong to the code, whether or not a screen shows it today. */
const codes: Readonly<Record<string, readonly string[]>> = {
  'contracts:outcome.': signatureOutcomes,
  'contracts:reason.': Object.keys(signatureReasons),
  'contracts:way.': signatureWays,
  'errors:field.': issueCodes,
  'errors:warning.': warningCodes,
  'errors:file.': fileRefusals,
  'errors:problem.': problemCodes.flatMap((code) => [`${code}.title`, `${code}.detail`]),
  'reference:operator-type.': operatorTypes,
  'reference:entity-type.': entityTypes,
  'reference:authority.': authorities,
  'reference:purpose.': purposes,
  'reference:id-type.': idTypes,
  'reference:origin.': origins,
  'reference:signature.': signatureOutcomes,
  'reference:signatureWay.': signatureWays,
  'reference:actor.': actorKinds,
  'reference:agent-role.': agentRoles,
  'reference:scan.': scanStates,
  'reference:account-status.': RegistryRecord.shape.accountStatus.options,
  'reference:service.': service.shape.service.options,
  'reference:service-state.': service.shape.state.options,
  'reference:identifiers.': identifiers,
  'reference:former-identifiers.': identifiers,
  'reference:document.': documentNames,
  'reference:company.': Object.keys(companyFields),
  'reference:manager.': Object.keys(managerFields),
  'reference:legalRepresentative.': Object.keys(legalRepresentativeFields),
  'reference:singleWindowUser.': Object.keys(singleWindowUserFields),
  'reference:contact.': Object.keys(contactFields),
  'reference:department.': departments,
  'reference:bankAccount.': Object.keys(bankAccountFields),
  'reference:filing-status.': filingStatuses,
  'reference:filing-event.': filingEvents,
  'reference:cause.': requestCauses,
  'reference:account-state.': accountStates,
  'reference:operation-type.': CustomsRequestType.options,
  'reference:operation-status.': CustomsRequestStatus.options,
  'reference:operation-event.': customsRequestEvents,
  'reference:operation-effect.': Object.keys(customsRequestEffects),
  'reference:operation-refusal.': operationRefusals,
  'reference:operation.': Object.values(requestFields).flatMap((fields) => Object.keys(fields)),
  'reference:operation-ground.': cancellationGrounds,
  'reference:operation-evidence.': restorationEvidences,
  'reference:registry-status.': registryStatuses,
  'reference:section.': sections,
  'reference:step.': steps,
  'reference:paymentStatus.': orderStatuses,
  'reference:paymentCause.': paymentCauses,
  'reference:paymentMethod.': Object.keys(paymentMethods),
  'reference:paymentChannel.': PaymentChannel.options,
};

test('every message that a source names is in the catalogues', () => {
  expect([...literals].filter((key) => !keys.has(key))).toEqual([]);
  expect(patterns.filter((pattern) => ![...keys].some((key) => pattern.test(key)))).toEqual([]);
});

test.each(Object.entries(codes))('%s has a message for every code', (prefix, expected) => {
  expect(expected.filter((code) => !keys.has(`${prefix}${code}`))).toEqual([]);
});

test('every message of the catalogues is used', () => {
  const unused = [...keys].filter(
    (key) =>
      !literals.has(key) &&
      !patterns.some((pattern) => pattern.test(key)) &&
      !Object.keys(codes).some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});
