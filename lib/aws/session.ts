import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentity, FinalizeHandler, HandlerExecutionContext } from '@smithy/types';
import type { AwsAccount, Place } from '../core/model/cloud.ts';

/** Every call that was made, for whoever counts them. */
export interface AwsCall {
  readonly accountId: string;
  readonly region: string;
  /** `ec2:DescribeInstances`. */
  readonly action: string;
}

export interface AwsOptions {
  /** The region of calls that belong to none. */
  readonly homeRegion: string;
  /** Where calls go instead of to Amazon's own addresses, as AWS_ENDPOINT_URL says; null to Amazon. */
  readonly endpoint: string | null;
  /** Told of each request that is sent, tries included. */
  readonly onCall?: (call: AwsCall) => void;
  /** How long a call may take before it counts as not answered. Milliseconds. */
  readonly answerMilliseconds?: number;
}

/** What all clients of the SDK have in common; the types of their middleware differ by service. */
interface Client {
  readonly middlewareStack: { add(middleware: never, options: never): void };
}

interface ClientConfig {
  readonly region: string;
  readonly credentials?: () => Promise<AwsCredentialIdentity>;
  readonly maxAttempts: number;
  /** The SDK's own limiter: it learns from throttling how fast an account and region may be asked (one for each client). */
  readonly retryMode: 'adaptive';
  /** One for all: connections to a service are shared by the accounts. */
  readonly requestHandler: NodeHttpHandler;
}

type ClientClass<C extends Client> = new (config: ClientConfig) => C;

const ANSWER_MS = 20_000;
const CONNECT_MS = 3_000;
const ATTEMPTS_MAX = 4;
/** Connections to one service of one region. */
const SOCKETS_MAX = 128;
/** Credentials are changed for new ones so long before they end. */
const MARGIN_MS = 5 * 60_000;
const SESSION_NAME = 'harrier';

/** Sessions in accounts. Clients are made once for an account, region and service, and kept. */
export interface AwsSessions {
  client<C extends Client>(service: string, type: ClientClass<C>, place: Place): C;
  /** Ends all connections. */
  close(): void;
}

export function openAwsSessions(options: AwsOptions): AwsSessions {
  const clients = new Map<string, Client>();
  const credentials = new Map<string, () => Promise<AwsCredentialIdentity>>();
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: CONNECT_MS,
    requestTimeout: options.answerMilliseconds ?? ANSWER_MS,
    throwOnRequestTimeout: true,
    httpsAgent: { keepAlive: true, maxSockets: SOCKETS_MAX },
    httpAgent: { keepAlive: true, maxSockets: SOCKETS_MAX },
  });

  const credentialsOf = (account: AwsAccount): (() => Promise<AwsCredentialIdentity>) | undefined => {
    if (account.roleArn === null) return undefined;
    const key = `${account.roleArn} ${account.externalId ?? ''}`;
    const known = credentials.get(key) ?? kept(assumed(account, options.homeRegion, requestHandler));
    credentials.set(key, known);
    return known;
  };

  return {
    client(service, type, place) {
      const { account, region } = place;
      const key = `${service} ${type.name} ${region} ${account.id} ${account.roleArn ?? ''}`;
      const known = clients.get(key);
      // The key names the class, so that what is kept under it is of that class.
      if (known !== undefined) return known as InstanceType<typeof type>;
      const provided = credentialsOf(account);
      const made = new type({
        region,
        maxAttempts: ATTEMPTS_MAX,
        retryMode: 'adaptive',
        requestHandler,
        ...(provided === undefined ? {} : { credentials: provided }),
      });
      watch(made, service, place, options);
      clients.set(key, made);
      return made;
    },
    close() {
      clients.clear();
      requestHandler.destroy();
    },
  };
}

function watch(client: Client, service: string, { account, region }: Place, { onCall }: AwsOptions): void {
  if (onCall === undefined) return;
  const told =
    (next: FinalizeHandler<object, object>, { commandName = '' }: HandlerExecutionContext) =>
    (args: Parameters<typeof next>[0]) => {
      onCall({ accountId: account.id, region, action: `${service}:${commandName.replace(/Command$/, '')}` });
      return next(args);
    };
  client.middlewareStack.add(
    told as never,
    // After the retries, so that each try is told.
    { step: 'finalizeRequest', name: 'harrierWatch', priority: 'low' } as never,
  );
}

function assumed(
  { roleArn, externalId }: AwsAccount,
  region: string,
  requestHandler: NodeHttpHandler,
): () => Promise<AwsCredentialIdentity> {
  return fromTemporaryCredentials({
    params: {
      RoleArn: roleArn ?? '',
      RoleSessionName: SESSION_NAME,
      ...(externalId === null ? {} : { ExternalId: externalId }),
    },
    clientConfig: { region, maxAttempts: ATTEMPTS_MAX, requestHandler },
  });
}

/** Asks once for all clients of a role, and again before what came ends. A failure is not kept. */
function kept(ask: () => Promise<AwsCredentialIdentity>): () => Promise<AwsCredentialIdentity> {
  let held: Promise<AwsCredentialIdentity> | null = null;
  let endsAt = 0;
  return () => {
    if (held === null || Date.now() > endsAt) {
      endsAt = Number.POSITIVE_INFINITY;
      held = ask().then(
        (found) => {
          endsAt = found.expiration === undefined ? Number.POSITIVE_INFINITY : found.expiration.getTime() - MARGIN_MS;
          return found;
        },
        (error: unknown) => {
          held = null;
          throw error;
        },
      );
    }
    return held;
  };
}
