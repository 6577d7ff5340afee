import type { PlaceState } from '../core/model/cloud.ts';

/** Why a call failed, as the rest of the system has to know it. */
export interface AwsFailure {
  readonly state: Exclude<PlaceState, 'read'> | 'gone';
  /** One sentence for people. */
  readonly message: string;
  /** True where it is the role or the credentials that AWS refuses, and not the one call. */
  readonly isOfRole?: boolean;
}

const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'AuthorizationError',
  'NotAuthorized',
  'UnauthorizedAccess',
  'KMSAccessDeniedException',
]);
/** What services say in regions that the account has not enabled, or that do not know the service. */
const OFF = new Set([
  'OptInRequired',
  'AuthFailure',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'SubscriptionRequiredException',
]);
const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'BandwidthLimitExceeded',
  'LimitExceededException',
]);
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
const SKEWED = new Set([
  'RequestTimeTooSkewed',
  'RequestInTheFuture',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
]);
const GONE = /NotFound|NoSuch|DoesNotExist|NotExist/;
const NETWORK =
  /ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|socket hang up|TimeoutError|timed? ?out/i;

interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly Code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly cause?: unknown;
}

/** Sorts an error of the SDK. `action` is what was asked, such as `ec2:DescribeInstances`. */
export function awsFailure(error: unknown, action: string): AwsFailure {
  const { name = '', code, Code, message = '', $metadata } = (error ?? {}) as SdkError;
  const known = (names: ReadonlySet<string>): boolean =>
    [name, code, Code].some((one) => one !== undefined && names.has(one));
  const status = $metadata?.httpStatusCode ?? 0;
  const words = `${name} ${code ?? ''} ${message}`;
  if (name === 'CredentialsProviderError') {
    return { state: 'denied', isOfRole: true, message: 'Harrier has no credentials of AWS: give them to its worker.' };
  }
  if (/sts:AssumeRole/.test(message)) {
    return {
      state: 'denied',
      isOfRole: true,
      message:
        'The role cannot be assumed: it is not there, or its trust does not name this installation and its external id.',
    };
  }
  if (known(THROTTLED) || status === 429) {
    return { state: 'throttled', message: `AWS answered ${action} with throttling until it was given up.` };
  }
  if (known(SKEWED) && /skew|clock|expired|current|time/i.test(message)) {
    return {
      state: 'failed',
      message: `AWS refuses the time of this machine (${action}): set its clock.`,
    };
  }
  if (known(EXPIRED)) {
    return { state: 'denied', message: `The credentials that ${action} was signed with have expired.` };
  }
  if (known(OFF)) {
    return {
      state: 'off',
      message: `AWS does not know the account there (${name} for ${action}): the region is not enabled, or the credentials are of nobody.`,
    };
  }
  if (/explicit deny.*service control policy|service control polic/i.test(message)) {
    return { state: 'denied', message: `A service control policy denies ${action}.` };
  }
  if (known(DENIED) || status === 401 || status === 403) {
    return { state: 'denied', message: `${action} is denied.` };
  }
  if (GONE.test(`${name} ${code ?? ''} ${Code ?? ''}`) || status === 404) {
    return { state: 'gone', message: `${action} found nothing there any more.` };
  }
  if (NETWORK.test(words) || status === 0) {
    return NETWORK.test(words)
      ? { state: 'unreachable', message: `${action} was not answered.` }
      : { state: 'failed', message: `${action} could not be asked: ${plain(message)}` };
  }
  // Answers that are none of the service's: a proxy's page, an emulator that lacks the call, an outage.
  return status >= 500 || name === 'SyntaxError'
    ? { state: 'unreachable', message: `${action} was answered with an error of the service (${status}).` }
    : { state: 'failed', message: `${action} failed: ${plain(message)}` };
}

/** What was asked for, or why not in words. */
export async function orReason<T>(action: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T | string> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    return awsFailure(error, action).message;
  }
}

/** The first line of a message, without what would break a list. */
function plain(message: string): string {
  const line = (message.split('\n', 1)[0] ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 200);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
