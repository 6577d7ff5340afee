import 'server-only';
import { AppError, type AppErrorCode } from '../core/model/app-error.ts';
import { type Operation, runOperation } from '../operations/operation.ts';
import { getDependencies } from '../wiring/for-next.ts';
import { currentCaller } from './current-caller.ts';
import { toFailure } from './to-failure.ts';

type RouteParams = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Makes a route handler of an operation. `toInput` picks what the operation needs out of address and body; `toAnswer` makes the
 * answer of what it gave, which is JSON otherwise.
 */
export function guardRoute<Input, Output>(
  operation: Operation<Input, Output>,
  toInput: (request: Request, params: RouteParams) => unknown,
  toAnswer: (value: Output) => Response = (value) => answer(200, value ?? null),
): (request: Request, context: { readonly params: Promise<RouteParams> }) => Promise<Response> {
  return async (request, context) => {
    try {
      requireSameOrigin(request);
      const caller = await currentCaller();
      if (caller === null) {
        throw new AppError('not-signed-in', 'Sign in first.');
      }
      const input = await toInput(request, await context.params);
      const value = await runOperation(operation, await getDependencies(), caller, input);
      return toAnswer(value);
    } catch (error) {
      const { code, message, fields } = toFailure(error, operation.name);
      return answer(STATUS[code], { error: { code, message, fields } });
    }
  };
}

const STATUS = {
  'invalid-input': 400,
  'not-signed-in': 401,
  'access-denied': 403,
  'not-found': 404,
  conflict: 409,
  'too-many-attempts': 429,
  unexpected: 500,
  unavailable: 503,
} as const satisfies Record<AppErrorCode | 'unexpected', number>;

// Whoever changes something through a browser says where the page came from; other clients have no session cookie to
// abuse and may not use these routes.
function requireSameOrigin(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') {
    return;
  }
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  const isOwn = site === null ? origin !== null && URL.parse(origin)?.host === host : site === 'same-origin';
  if (!isOwn) {
    throw new AppError('access-denied', 'This request came from another site and was refused.');
  }
}

function answer(status: number, body: unknown): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'private, no-store' } });
}
