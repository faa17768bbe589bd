import { Button } from '@mantine/core';
import { ApiError } from '@rnoce/api-client/api-error';
import { checkContract } from '@rnoce/api-client/contracts';
import { formatDateTime } from '@rnoce/i18n';
import type { ContractCheck } from '@rnoce/schemas/contracts';
import { filled } from '@rnoce/shell/filled';
import { QueryState } from '@rnoce/shell/query-state';
import { issueResolver } from '@rnoce/ui';
import { Form } from '@rnoce/ui/form';
import { useT } from '@rnoce/ui/i18n';
import { NarrowPage } from '@rnoce/ui/narrow-page';
import { PageTitle } from '@rnoce/ui/page-title';
import { Notice } from '@rnoce/ui/status-badge';
import { TextField } from '@rnoce/ui/text-field';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Link, useNavigate, useParams } from 'react-router';
import { paths } from '../../paths.ts';
import { client } from '../../session/session.ts';
import { Fact } from '../../subscription-summary/fact.tsx';
import './contract-check.css';

/** A contract by its code; null when no contract has it. */
const contractCheckQuery = (code: string) =>
  queryOptions({
    queryKey: ['contract-check', code],
    staleTime: 0,
    queryFn: async ({ signal }): Promise<ContractCheck | null> => {
      try {
        return (await checkContract(client, { params: { code }, signal })).data;
      } catch (error) {
        if (error instanceof ApiError && [400, 404, 422].includes(error.status)) return null;
        throw error;
      }
    },
  });

/** « Vérifier un contrat », for whoever holds one: what stands here must stand on the paper. The contract's QR code opens it. */
export function Component() {
  const { code = '' } = useParams();
  return <NarrowPage>{code.trim() === '' ? <AskCode /> : <Check key={code} code={code} />}</NarrowPage>;
}

function AskCode() {
  const t = useT();
  return (
    <>
      <PageTitle key="ask" title={t('contracts:check.title')} />
      <p>{t('contracts:check.lead')}</p>
      <CodeForm />
      <p className="rnoce-hint">{t('contracts:check.privacy')}</p>
    </>
  );
}

function Check({ code }: { code: string }) {
  const t = useT();
  const query = useQuery(contractCheckQuery(code));
  if (query.data === undefined)
    return (
      <>
        <PageTitle key="reading" title={t('contracts:check.title')} />
        <QueryState query={query} lines={5}>
          {() => null}
        </QueryState>
      </>
    );
  return query.data === null ? <Unknown code={code} /> : <Known contract={query.data} />;
}

function Unknown({ code }: { code: string }) {
  const t = useT();
  return (
    <>
      <PageTitle key="unknown" title={t('contracts:check.unknown.title')} />
      <Notice tone="danger">
        <p>{t('contracts:check.unknown.lead')}</p>
        <p>
          <bdi className="rnoce-code portal-check-code">{code}</bdi>
        </p>
      </Notice>
      <CodeForm />
    </>
  );
}

const tones = { in_force: 'success', void: 'warning' } as const satisfies Record<
  ContractCheck['state'],
  string
>;

function Known({ contract }: { contract: ContractCheck }) {
  const t = useT();
  const { state, number, version, legalName, ice, issuedAt, sha256 } = contract;
  return (
    <>
      <PageTitle key={state} title={t(`contracts:check.${state}.title`)} />
      <Notice tone={tones[state]}>
        <p>{t(`contracts:check.${state}.lead`)}</p>
      </Notice>
      <h2 className="portal-check-head">{t('contracts:check.compare')}</h2>
      <dl className="portal-check-facts">
        <Fact label={t('contracts:check.fact.number')}>
          <bdi className="rnoce-code rnoce-whole">{number}</bdi>
        </Fact>
        <Fact label={t('contracts:check.fact.version')}>
          <bdi className="rnoce-code">{version}</bdi>
        </Fact>
        <Fact label={t('contracts:check.fact.legal-name')}>
          <span dir="auto">{legalName}</span>
        </Fact>
        <Fact label={t('contracts:check.fact.ice')}>
          <bdi className="rnoce-code">{ice}</bdi>
        </Fact>
        <Fact label={t('contracts:check.fact.issued')}>
          <bdi className="rnoce-code">{formatDateTime(issuedAt)}</bdi>
        </Fact>
        <Fact label={t('contracts:check.fact.sha256')}>
          <bdi className="rnoce-code portal-check-code">{sha256.replaceAll(/.{8}(?=.)/g, '$& ')}</bdi>
        </Fact>
      </dl>
      <p className="rnoce-hint">{t('contracts:check.privacy')}</p>
      <div className="rnoce-narrow-links rnoce-no-print">
        <Link to={paths.contractCheck}>{t('contracts:check.other')}</Link>
      </div>
    </>
  );
}

interface Values {
  code: string;
}

function CodeForm() {
  const t = useT();
  const navigate = useNavigate();
  const form = useForm<Values>({
    shouldFocusError: false,
    defaultValues: { code: '' },
    resolver: issueResolver(filled<Values>('code')),
  });
  return (
    <Form
      form={form}
      label={t('contracts:check.title')}
      onSubmit={async ({ code }) => {
        await navigate(`${paths.contractCheck}/${encodeURIComponent(code.trim())}`);
      }}
    >
      <TextField<Values>
        name="code"
        label={t('contracts:check.code')}
        help={t('contracts:check.code-help')}
        required
        code
        maxLength={40}
        autoComplete="off"
      />
      <Button type="submit" fullWidth>
        {t('contracts:check.action')}
      </Button>
    </Form>
  );
}
