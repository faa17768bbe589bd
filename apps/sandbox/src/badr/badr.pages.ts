import { type OperatorType, operatorTypes } from '@rnoce/schemas/operator-types';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { setCompanyFault } from '../faults/company-fault.ts';
import type { FaultSwitch } from '../faults/fault-switch.ts';
import { faultRules, filledFields, options } from '../pages/fault-form.ts';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/layout.ts';
import { searchCompanies } from './badr.control.ts';
import { type BadrFault, badrModes, nonsenseVariants, SetBadrModeBody } from './badr-faults.ts';
import type { BadrStore } from './badr-store.ts';
import type { CallLog } from './call-log.ts';
import { type Company, CompanyChanges, CompanyOverrides } from './company.ts';
import { fixtureNotes, fixtures } from './fixtures.ts';
import type { Operation } from './operation.ts';

export interface BadrPagesOptions {
  store: BadrStore;
  faults: FaultSwitch<BadrFault>;
  calls: CallLog;
}

const operatorTypeNames: Record<OperatorType, string> = {
  importer: 'Importateur',
  exporter: 'Exportateur',
  customs_broker: 'Transitaire',
  freight_forwarder: 'Freight forwarder',
};

const operationNames: Record<Operation['type'], string> = {
  update: 'Modification',
  cancellation: 'Annulation',
  restoration: 'Restauration',
};

const CompanyParams = z.object({ operatorType: z.enum(operatorTypes), ice: z.string() });
const addressOf = (company: Pick<Company, 'ice' | 'operatorType'>) =>
  `/badr/companies/${company.operatorType}/${company.ice}`;
const fixtureNames = Object.keys(fixtures) as (keyof typeof fixtures)[];

const companyRow = (company: Company) => html`<tr>
<td><a href="${addressOf(company)}">${company.legalName}</a></td><td>${operatorTypeNames[company.operatorType]}</td>
<td>${company.ice}</td><td>${company.rcNumber} / ${company.rcCentre}</td><td>${company.taxId}</td><td>${company.email}</td>
<td>${company.accountStatus === 'active' ? 'actif' : 'annulé'}</td></tr>`;

const companyTable = (companies: readonly Company[]) => html`<table>
<thead><tr><th>Raison sociale</th><th>Type</th><th>ICE</th><th>RC / centre</th><th>IF</th><th>E-mail</th><th>Compte</th></tr></thead>
<tbody>${companies.map(companyRow)}</tbody></table>`;

/** BADR as testers see it: companies, behaviour, calls, registrations and operations received. */
export function badrPages(app: FastifyInstance, { store, faults, calls }: BadrPagesOptions): void {
  app.get('/badr', async (request, reply) => {
    const { search } = z.object({ search: z.string().default('') }).parse(request.query);
    const found = searchCompanies(store, search);
    return sendPage(reply, {
      title: 'BADR',
      body: html`
<h2>Comportement</h2>
${faultRules(faults.rules())}
<form method="post" action="/badr/mode"><fieldset><legend>Changer</legend>
<label>Mode <select name="mode">${options(badrModes)}</select></label>
<label>Retard (ms) <input name="delayMs" type="number" min="0" max="120000" value="8000"></label>
<label>N’importe quoi <select name="variant">${options(nonsenseVariants)}</select></label>
<label>Pendant (appels) <input name="calls" type="number" min="1" max="10000"></label>
<label>Seulement pour l’ICE <input name="ice" pattern="[0-9]{15}" size="17"></label>
<button>Appliquer</button></fieldset></form>
<h2>Sociétés de démonstration</h2>
<ul>${fixtureNames.map((name) => html`<li><a href="${addressOf(fixtures[name])}">${fixtures[name].legalName}</a> : ${fixtureNotes[name]}</li>`)}</ul>
<h2>Ajouter une société</h2>
<form method="post" action="/badr/companies"><fieldset><legend>Ce qui reste vide est inventé</legend>
<label>Type <select name="operatorType"><option value=""></option>${options(operatorTypeNames)}</select></label>
<label>Entité <select name="entityType"><option value=""></option>${options({ legal_person: 'Personne morale', natural_person: 'Personne physique' })}</select></label>
<label>ICE <input name="ice" pattern="[0-9]{15}" size="17"></label>
<label>N° RC <input name="rcNumber" pattern="[0-9]{1,15}" size="12"></label>
<label>Centre RC <input name="rcCentre" pattern="[0-9]{2,4}" size="5"></label>
<label>IF <input name="taxId" pattern="[0-9]{1,15}" size="12"></label>
<label>Raison sociale <input name="legalName" size="30"></label>
<label>E-mail <input name="email" type="email" size="30"></label>
<button>Ajouter</button></fieldset></form>
<form method="post" action="/badr/companies"><button>Générer une société</button></form>
<h2>Sociétés (${found.length})</h2>
<form method="get"><label>Chercher <input name="search" value="${search}" size="40"></label><button>Chercher</button> <a href="/badr">Tout voir</a></form>
${companyTable(found)}`,
    });
  });

  app.get('/badr/companies/:operatorType/:ice', async (request, reply) => {
    const { ice, operatorType } = CompanyParams.parse(request.params);
    const company = store.findByIce(ice, operatorType);
    if (!company)
      return sendPage(reply.code(404), {
        title: 'Société introuvable',
        body: html`<p><a href="/badr">Retour</a></p>`,
      });
    return sendPage(reply, {
      title: company.legalName,
      body: html`
<form method="post" action="${addressOf(company)}/email"><label>E-mail <input name="email" type="email" required size="40" value="${company.email}"></label><button>Changer l’e-mail</button></form>
<form method="post" action="${addressOf(company)}/change"><fieldset><legend>Changer entre-temps</legend>
<label>Raison sociale <input name="legalName" size="30" value="${company.legalName}"></label>
<label>Adresse <input name="address" size="40" value="${company.address}"></label>
<label>Téléphone <input name="phone" size="16" value="${company.phone}"></label>
<label>Compte <select name="accountStatus"><option value=""></option>${options({ active: 'actif', cancelled: 'annulé' })}</select></label>
<button>Changer</button></fieldset></form>
<form method="post" action="${addressOf(company)}/remove"><button>Retirer de BADR</button></form>
<pre>${JSON.stringify(company, null, 2)}</pre>`,
    });
  });

  app.post('/badr/companies', async (request, reply) => {
    const company = await store.add(CompanyOverrides.parse(filledFields(request.body)));
    if (!company) {
      return sendPage(reply.code(409), {
        title: 'Déjà là',
        body: html`<p class="alarm">Cet ICE existe déjà pour ce type d’opérateur.</p>`,
      });
    }
    return reply.redirect(addressOf(company), 303);
  });
  app.post('/badr/companies/:operatorType/:ice/email', async (request, reply) => {
    const { ice, operatorType } = CompanyParams.parse(request.params);
    const { email } = z.object({ email: z.email() }).parse(request.body);
    await store.change(ice, operatorType, { email });
    return reply.redirect(addressOf({ ice, operatorType }), 303);
  });
  app.post('/badr/companies/:operatorType/:ice/change', async (request, reply) => {
    const { ice, operatorType } = CompanyParams.parse(request.params);
    await store.change(ice, operatorType, CompanyChanges.parse(filledFields(request.body)));
    return reply.redirect(addressOf({ ice, operatorType }), 303);
  });
  app.post('/badr/companies/:operatorType/:ice/remove', async (request, reply) => {
    const { ice, operatorType } = CompanyParams.parse(request.params);
    await store.remove(ice, operatorType);
    return reply.redirect('/badr', 303);
  });
  app.post('/badr/mode', async (request, reply) => {
    setCompanyFault(faults, SetBadrModeBody.parse(filledFields(request.body)));
    return reply.redirect('/badr', 303);
  });

  app.get('/badr/received', async (_request, reply) =>
    sendPage(reply, {
      title: 'Inscriptions reçues par BADR',
      body: html`<table><thead><tr><th>Reçue</th><th>Référence</th><th>Compte</th><th>Raison sociale</th><th>Fiche</th></tr></thead><tbody>
${store
  .registrations()
  .toReversed()
  .map(
    (
      received,
    ) => html`<tr><td>${received.receivedAt}</td><td>${received.reference}</td><td>${received.accountNumber}</td><td>${received.record.legalName}</td>
<td><details><summary>voir</summary><pre>${JSON.stringify(received.record, null, 2)}</pre></details></td></tr>`,
  )}
</tbody></table>`,
    }),
  );

  app.get('/badr/operations', async (_request, reply) =>
    sendPage(reply, {
      title: 'Opérations faites par BADR',
      body: html`<table><thead><tr><th>Faite</th><th>Référence</th><th>Type</th><th>Compte</th><th>ICE</th><th>Demandée</th><th>Détail</th></tr></thead><tbody>
${store
  .operations()
  .toReversed()
  .map(
    ({ appliedAt, reference, operation, ice, asked }) =>
      html`<tr><td>${appliedAt}</td><td>${reference}</td><td>${operationNames[operation.type]}</td><td>${operation.accountNumber}</td><td>${ice}</td><td>${asked} fois</td>
<td><details><summary>voir</summary><pre>${JSON.stringify(operation, null, 2)}</pre></details></td></tr>`,
  )}
</tbody></table>`,
    }),
  );

  app.get('/badr/calls', async (_request, reply) =>
    sendPage(reply, {
      title: 'Derniers appels reçus par BADR',
      body: html`<table><thead><tr><th>Quand</th><th>Appel</th><th>Mode</th><th>Réponse</th><th>Durée</th></tr></thead><tbody>
${calls
  .list()
  .map(
    (call) =>
      html`<tr><td>${call.at}</td><td>${call.method} ${call.url}</td><td>${call.mode}</td><td>${call.status ?? 'coupé'}</td><td>${call.durationMs} ms</td></tr>`,
  )}
</tbody></table>`,
    }),
  );
}
