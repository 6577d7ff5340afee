import type { ChangedPlace, PlaceService } from '../model/cloud.ts';
import { asObject, asText } from '../model/raw.ts';

/** Sources of EventBridge and the part of a place that their events speak of. CloudTrail tells of calls to Lambda alone. */
const SERVICES: Readonly<Record<string, PlaceService>> = {
  'aws.ec2': 'ec2',
  'aws.elasticloadbalancing': 'network',
  'aws.ssm': 'ec2',
  'aws.ecr': 'ecr',
  'aws.ecs': 'ecr',
  'aws.lambda': 'lambda',
};

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/**
 * The place that an event of EventBridge, as SQS hands it over, says has changed; null for anything else. What the event says of
 * the resource itself is not believed: it is looked at. `queueAccount` is whose event it is where it does not say.
 */
export function changedPlace(body: string, queueAccount: string): ChangedPlace | null {
  let event: Readonly<Record<string, unknown>> | null;
  try {
    event = asObject(JSON.parse(body));
  } catch {
    return null;
  }
  const source = asText(event?.source) ?? '';
  const named = Object.hasOwn(SERVICES, source) ? SERVICES[source] : undefined;
  const service = source === 'aws.ec2' && isCall(event) ? 'network' : named;
  const accountId = asText(event?.account) ?? queueAccount;
  const region = asText(event?.region) ?? '';
  return service !== undefined && ACCOUNT.test(accountId) && REGION.test(region)
    ? { accountId, region, service }
    : null;
}

/** Calls to EC2 that CloudTrail tells of change the network; instances have events of their own. */
function isCall(event: Readonly<Record<string, unknown>> | null): boolean {
  return asText(event?.['detail-type'])?.startsWith('AWS API Call') === true;
}

/** Each place once. */
export function distinctPlaces(places: readonly ChangedPlace[]): readonly ChangedPlace[] {
  return [...new Map(places.map((place) => [`${place.accountId} ${place.region} ${place.service}`, place])).values()];
}
