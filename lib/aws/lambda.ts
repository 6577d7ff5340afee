import {
  type FunctionConfiguration,
  GetFunctionCommand,
  GetLayerVersionByArnCommand,
  LambdaClient,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import type { FunctionFacts, Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';

const PAGE = 50;

export interface DescribedFunction {
  readonly arn: string;
  readonly facts: Omit<FunctionFacts, 'invokedAt'>;
}

export async function listFunctions(
  sessions: AwsSessions,
  place: Place,
  signal: AbortSignal,
): Promise<readonly DescribedFunction[]> {
  const client = sessions.client('lambda', LambdaClient, place);
  const found: DescribedFunction[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client, pageSize: PAGE }, {})) {
    signal.throwIfAborted();
    found.push(...Functions.flatMap(toFunction));
  }
  return found;
}

function toFunction(raw: FunctionConfiguration): readonly DescribedFunction[] {
  const { FunctionName, FunctionArn } = raw;
  if (FunctionName === undefined || FunctionArn === undefined) return [];
  const modified = Date.parse(raw.LastModified ?? '');
  return [
    {
      arn: FunctionArn,
      facts: {
        kind: 'lambda',
        functionName: FunctionName,
        runtime: raw.Runtime ?? null,
        packageType: raw.PackageType === 'Image' ? 'Image' : 'Zip',
        architectures: raw.Architectures ?? [],
        codeSha256: raw.CodeSha256 ?? '',
        bytes: raw.CodeSize ?? 0,
        layers: (raw.Layers ?? []).flatMap(({ Arn }) => (Arn === undefined ? [] : [Arn])),
        modifiedAt: Number.isNaN(modified) ? null : new Date(modified),
        kmsKeyArn: raw.KMSKeyArn ?? null,
      },
    },
  ];
}

export interface CodeLocation {
  /** Presigned: it needs no credentials and is good for some minutes. */
  readonly url: string;
  /** Base64, where AWS states it. */
  readonly sha256: string | null;
}

/** Where the code of `$LATEST` lies; null for functions that are images. */
export async function functionCode(
  sessions: AwsSessions,
  place: Place,
  functionName: string,
): Promise<CodeLocation | null> {
  const client = sessions.client('lambda', LambdaClient, place);
  const { Code, Configuration } = await client.send(new GetFunctionCommand({ FunctionName: functionName }));
  return Code?.Location === undefined ? null : { url: Code.Location, sha256: Configuration?.CodeSha256 ?? null };
}

/** Where the content of a layer lies, which may belong to another account. */
export async function layerCode(sessions: AwsSessions, place: Place, arn: string): Promise<CodeLocation | null> {
  const client = sessions.client('lambda', LambdaClient, place);
  const { Content } = await client.send(new GetLayerVersionByArnCommand({ Arn: arn }));
  return Content?.Location === undefined ? null : { url: Content.Location, sha256: Content.CodeSha256 ?? null };
}
