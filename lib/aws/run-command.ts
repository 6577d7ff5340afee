import { setTimeout as wait } from 'node:timers/promises';
import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Place } from '../core/model/cloud.ts';
import type { AwsSessions } from './session.ts';

/** How a command on an instance ended. `undelivered`: it never ran, because SSM does not reach the instance. */
export interface CommandRun {
  readonly status: 'success' | 'failed' | 'timed-out' | 'undelivered' | 'denied';
  /** SSM's own word for it, such as `ExecutionTimedOut`. */
  readonly detail: string;
  /** At most 24,000 characters, as SSM keeps. */
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a command may take, and how often it is asked about. */
export interface CommandLimits {
  readonly firstLookMs: number;
  readonly longestPauseMs: number;
  readonly allMs: number;
}

const LIMITS: CommandLimits = { firstLookMs: 1_000, longestPauseMs: 10_000, allMs: 15 * 60_000 };
/** An agent that is online takes a command within seconds. */
const DELIVERY_SECONDS = 300;
/** SSM ends a script that runs longer. */
const EXECUTION_SECONDS = 900;
const PAUSE_GROWS = 1.5;
const UNDELIVERED = new Set(['DeliveryTimedOut', 'Undeliverable', 'Terminated', 'InvalidPlatform']);
const WAITING = new Set(['Pending', 'InProgress', 'Delayed', 'Cancelling']);

/** Runs lines of shell on an instance and waits for their end. What AWS refuses is thrown as the SDK throws it. */
export async function runCommand(
  sessions: AwsSessions,
  place: Place,
  instanceId: string,
  commands: readonly string[],
  signal: AbortSignal,
  limits: CommandLimits = LIMITS,
): Promise<CommandRun> {
  const client = sessions.client('ssm', SSMClient, place);
  const sent = await client
    .send(
      new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: [instanceId],
        Comment: 'Harrier inventory',
        TimeoutSeconds: DELIVERY_SECONDS,
        Parameters: { commands: [...commands], executionTimeout: [String(EXECUTION_SECONDS)] },
      }),
      { abortSignal: signal },
    )
    // It stopped, or its agent fell silent, since discovery saw it.
    .catch(nullFor('InvalidInstanceId'));
  if (sent === null) return ended('undelivered', 'InvalidInstanceId');
  const asked = { CommandId: sent.Command?.CommandId ?? '', InstanceId: instanceId };
  const started = Date.now();
  for (let pause = limits.firstLookMs; ; pause = Math.min(limits.longestPauseMs, pause * PAUSE_GROWS)) {
    await wait(pause, undefined, { signal });
    // What was sent a moment ago is not known everywhere yet.
    const answer = await client
      .send(new GetCommandInvocationCommand(asked), { abortSignal: signal })
      .catch(nullFor('InvocationDoesNotExist'));
    const status = answer?.Status ?? 'Pending';
    if (answer !== null && !WAITING.has(status)) {
      const detail = (answer.StatusDetails ?? status).replaceAll(' ', '');
      const { StandardOutputContent: stdout = '', StandardErrorContent: stderr = '' } = answer;
      return { status: statusOf(status, detail), detail, stdout, stderr };
    }
    if (Date.now() - started > limits.allMs) return ended('timed-out', status);
  }
}

function statusOf(status: string, detail: string): CommandRun['status'] {
  if (status === 'Success') return 'success';
  if (UNDELIVERED.has(detail)) return 'undelivered';
  if (detail === 'AccessDenied') return 'denied';
  return status === 'TimedOut' ? 'timed-out' : 'failed';
}

function ended(status: CommandRun['status'], detail: string): CommandRun {
  return { status, detail, stdout: '', stderr: '' };
}

/** Answers an error of the name with null, and throws every other one. */
function nullFor(name: string): (error: unknown) => null {
  return (error) => {
    if (error instanceof Error && error.name === name) return null;
    throw error;
  };
}
