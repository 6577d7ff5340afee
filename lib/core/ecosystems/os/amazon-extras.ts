/** A topic of the extras library of Amazon Linux 2: a repository of its own, whose packages often are in others too. */
export interface ExtrasTopic {
  readonly topic: string;
  /** Names of packages that are judged by the topic's advisories. */
  readonly names: RegExp;
  /** The versions that only this topic has of them; null where no other archive of the release has such packages. */
  readonly series: RegExp | null;
}

/** Packages that are built with a kernel. */
const KERNEL = /^(?:kernel|bpftool|perf|python-perf)/;

/**
 * Topics that have advisories (alas.aws.amazon.com, ALAS2<TOPIC>-…), as of 2025-12. The same name stands in the core archive or
 * in another topic with an older or newer series, whose fixes come at other versions: php-cli 8.0.30 is mended in php8.0, and
 * php8.2 says "before 8.2.9". No installed package says which topic it came from, so the series tells; where it cannot (dnsmasq,
 * golang, vim …) the topic is left out rather than guessed. A package that several topics bring in one series (docker, also in
 * ecs) is judged by one of them.
 */
export const EXTRAS_TOPICS: readonly ExtrasTopic[] = [
  { topic: 'livepatch', names: /^kernel-livepatch-/, series: null },
  { topic: 'kernel-5.4', names: KERNEL, series: /^5\.4\./ },
  { topic: 'kernel-5.10', names: KERNEL, series: /^5\.10\./ },
  { topic: 'kernel-5.15', names: KERNEL, series: /^5\.15\./ },
  { topic: 'ansible2', names: /^ansible(?:-|$)/, series: /^2\./ },
  { topic: 'corretto8', names: /^java-1\.8\.0-amazon-corretto/, series: null },
  { topic: 'docker', names: /^(?:docker|containerd|runc)(?:-|$)/, series: null },
  { topic: 'ecs', names: /^ecs-init$/, series: null },
  // The core archive stopped at 91.
  { topic: 'firefox', names: /^firefox$/, series: /^1[0-9]{2}\./ },
  { topic: 'haproxy2', names: /^haproxy2?$/, series: /^2\./ },
  { topic: 'java-openjdk11', names: /^java-11-openjdk/, series: null },
  { topic: 'mariadb10.5', names: /^mariadb(?:-|$)/, series: /^10\.5\./ },
  { topic: 'nginx1', names: /^nginx(?:-|$)/, series: /^1\./ },
  { topic: 'php8.0', names: /^php(?:-|$)/, series: /^8\.0\./ },
  { topic: 'php8.1', names: /^php(?:-|$)/, series: /^8\.1\./ },
  { topic: 'php8.2', names: /^php(?:-|$)/, series: /^8\.2\./ },
  { topic: 'postgresql11', names: /^(?:postgresql|libpq)(?:-|$)/, series: /^11\./ },
  { topic: 'postgresql12', names: /^(?:postgresql|libpq)(?:-|$)/, series: /^12\./ },
  { topic: 'postgresql13', names: /^(?:postgresql|libpq)(?:-|$)/, series: /^13\./ },
  { topic: 'postgresql14', names: /^(?:postgresql|libpq)(?:-|$)/, series: /^14\./ },
  { topic: 'python3.8', names: /^python38(?:-|$)/, series: null },
  { topic: 'redis6', names: /^redis6?(?:-|$)/, series: /^6\./ },
  { topic: 'ruby3.0', names: /^ruby(?:-|$)/, series: /^3\.0\./ },
  { topic: 'rust1', names: /^(?:rust|cargo)(?:-|$)/, series: null },
  { topic: 'squid4', names: /^squid(?:-|$)/, series: /^4\./ },
  { topic: 'tomcat8.5', names: /^tomcat(?:-|$)/, series: /^8\.5\./ },
  { topic: 'tomcat9', names: /^tomcat(?:-|$)/, series: /^9\./ },
  { topic: 'unbound1.13', names: /^unbound(?:-|$)/, series: /^1\.13\./ },
  { topic: 'unbound1.17', names: /^unbound(?:-|$)/, series: /^1\.17\./ },
];

/** The OSV-like name of a topic's advisories: `Amazon Linux:2:php8.0`. */
export function extrasEcosystem(topic: string): string {
  return `Amazon Linux:2:${topic}`;
}

/** Builds of Amazon Linux 2; other publishers build packages of the same names for it. Some lists add the architecture. */
const BUILD = /\.amzn2(?:\.[0-9]+)*(?:\.(?:x86_64|aarch64|i686|noarch))?$/;

/** The topic that judges an installed package; null where the core archive alone does. */
export function extrasTopicOf(name: string, version: string): ExtrasTopic | null {
  const upstream = version.slice(version.indexOf(':') + 1);
  const found = EXTRAS_TOPICS.find(
    ({ names, series }) => names.test(name) && (series === null || series.test(upstream)),
  );
  // The core archive has one kernel, 4.14, so it never judges another, however its version is written.
  return found !== undefined && (found.names === KERNEL || BUILD.test(version)) ? found : null;
}
