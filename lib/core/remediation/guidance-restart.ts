import type { VulnerablePackage } from '../model/finding.ts';
import type { Guidance } from '../model/guidance.ts';
import { ecosystemOf } from './guidance-target.ts';

interface Rule {
  readonly kind: 'reboot' | 'programs';
  readonly name: RegExp;
  readonly except?: RegExp;
  readonly text: string;
}

/** By the name of the installed package; the first that fits any of them counts. */
const RULES: readonly Rule[] = [
  {
    kind: 'reboot',
    name: /^(?:linux(?:-(?:image|modules|generic|virtual|server|aws|azure|gcp|oracle|kvm|lts|virt|hardened|zen|rt|raspi))?|kernel)(?:$|[-.0-9])/,
    except: /(?:headers|devel|-dev|tools|-doc|docs|firmware|livepatch|libc-dev|abi-|srpm)/,
    text: 'Reboot: the old kernel runs until then.',
  },
  {
    kind: 'reboot',
    name: /^(?:libc6|libc-bin|glibc|glibc-common|glibc-minimal-langpack|musl)$/,
    text: 'Reboot: every running program has the old C library loaded.',
  },
  {
    kind: 'reboot',
    name: /^(?:systemd|libsystemd0|systemd-libs|libudev1|dbus|dbus-daemon|dbus-broker|libdbus-1-3|dbus-libs)$/,
    text: 'Reboot: what starts and connects all services is replaced as a whole only then.',
  },
  {
    kind: 'programs',
    name: /^(?:lib|openssl|gnutls|nss|zlib|expat|krb5)|-libs?$/,
    except: /(?:-dev|-devel|-doc|-docs)$/,
    text: 'Restart the services that have the old library loaded; those that the package manager does not restart go on with it.',
  },
];

const LANGUAGE = 'Restart the programs that use it: those that run have the old version loaded.';

/** What has to start again on a machine after its packages were raised. */
export function restartOf(packages: readonly VulnerablePackage[]): Guidance['restart'] {
  const system = packages.filter(({ ecosystem }) => ecosystemOf(ecosystem)?.family === 'os');
  const rule = RULES.find(({ name, except }) =>
    system.some((pkg) => name.test(pkg.name) && except?.test(pkg.name) !== true),
  );
  if (rule !== undefined) return { kind: rule.kind, text: rule.text };
  return packages.length > system.length ? { kind: 'programs', text: LANGUAGE } : null;
}
