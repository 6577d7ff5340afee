'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Bug, Building2, History, Keyboard as KeyboardIcon, Search, Server, SunMoon, Zap } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { formatCount } from '../format/format-count.ts';
import { toggleTheme } from './apply-theme.ts';
import { ALL_ENTRIES } from './navigation.ts';
import { recents, rememberRecent } from './recents.ts';
import { addressWith, formatSearch, scopeOnly } from './search-params.ts';
import { openPart } from './shell-state.ts';
import { hasShortcut, runShortcut } from './shortcuts.ts';
import { useAddress } from './use-address.ts';

type ResultKind = 'vulnerability' | 'resource' | 'account';

interface SearchResult {
  readonly kind: ResultKind;
  readonly id: string;
  readonly label: string;
  readonly count: number;
}

const KINDS = [
  { kind: 'vulnerability', heading: 'Vulnerabilities', icon: Bug },
  { kind: 'resource', heading: 'Resources', icon: Server },
  { kind: 'account', heading: 'Accounts', icon: Building2 },
] as const;

/** What can be done to the finding or the selection of the page behind the palette. */
const ACTS = [
  { key: 'a', label: 'Assign the selection' },
  { key: 's', label: 'Set its status' },
  { key: 'e', label: 'Mark its fix as applied' },
  { key: 'h', label: 'Snooze it' },
  { key: 'shift+x', label: 'Suppress it by a rule' },
] as const;

/** Any CVE can be asked for, found here or not. */
const CVE = /^cve-\d{4}-\d{4,9}$/i;

/** Loaded when it is first opened. Results come from the server, which knows what the reader may see. */
export function CommandPalette() {
  const { values, scoped } = useAddress();
  const router = useRouter();
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const search = useQuery({
    queryKey: ['search', wanted, scopeOnly(values)],
    enabled: wanted.length > 1,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => fetchResults(wanted, formatSearch(scopeOnly(values)), signal),
  });
  const results = wanted.length > 1 ? (search.data ?? []) : [];

  function act(work: () => void) {
    openPart(null);
    work();
  }

  function hrefOf(result: SearchResult): string {
    if (result.kind === 'resource') return scoped(`/resources/${encodeURIComponent(result.id)}`);
    if (result.kind === 'account') return addressWith('/findings', scopeOnly(values), { scope: null, acct: result.id });
    return addressWith(`/vulnerabilities/${encodeURIComponent(result.id)}`, scopeOnly(values));
  }

  function go(label: string, href: string) {
    rememberRecent({ label, href });
    act(() => router.push(href));
  }

  const typed = text.trim();
  const isCve = CVE.test(typed) && !results.some(({ id }) => id.toLowerCase() === typed.toLowerCase());
  const visited = typed === '' ? recents() : [];
  const acts = ACTS.filter(({ key, label }) => hasShortcut(key) && label.toLowerCase().includes(typed.toLowerCase()));
  const pages = ALL_ENTRIES.filter((entry) => entry.label.toLowerCase().includes(text.trim().toLowerCase()));

  return (
    <Dialog.Root open onOpenChange={() => openPart(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content
          className="pop fixed top-[12vh] left-1/2 w-[560px] max-w-[calc(100vw-32px)] -translate-x-1/2 overflow-hidden"
          aria-describedby={undefined}
        >
          <Dialog.Title className="vh">Search or jump to</Dialog.Title>
          <Command shouldFilter={false} loop label="Search or jump to">
            <div className="flex h-10 items-center gap-2 border-line border-b px-3">
              <Search size={14} strokeWidth={1.6} className="text-fg-3" aria-hidden="true" />
              <Command.Input
                value={text}
                onValueChange={setText}
                placeholder="CVE, resource, account or page"
                className="min-w-0 flex-1 bg-transparent outline-none focus-visible:shadow-none"
              />
              <kbd>Esc</kbd>
            </div>
            <Command.List className="max-h-[50vh] overflow-y-auto p-1" label="Results">
              <div role="status" className="vh">
                {wanted.length > 1 && search.isSuccess ? `${results.length} results` : ''}
              </div>
              {search.isError ? (
                <p className="menu-head text-danger">Search did not answer. Pages still work.</p>
              ) : null}
              <PaletteGroup heading="Recent" results={visited}>
                {(recent) => (
                  <PaletteItem
                    key={recent.href}
                    value={`recent ${recent.href}`}
                    icon={<History size={14} strokeWidth={1.6} aria-hidden="true" />}
                    hint={null}
                    onSelect={() => go(recent.label, recent.href)}
                  >
                    {recent.label}
                  </PaletteItem>
                )}
              </PaletteGroup>
              {isCve ? (
                <PaletteItem
                  value={`cve ${typed}`}
                  icon={<Bug size={14} strokeWidth={1.6} aria-hidden="true" />}
                  hint="where is it"
                  onSelect={() =>
                    go(
                      typed.toUpperCase(),
                      addressWith(`/vulnerabilities/${encodeURIComponent(typed.toUpperCase())}`, scopeOnly(values)),
                    )
                  }
                >
                  {typed.toUpperCase()}
                </PaletteItem>
              ) : null}
              {KINDS.map(({ kind, heading, icon: Icon }) => (
                <PaletteGroup key={kind} heading={heading} results={results.filter((result) => result.kind === kind)}>
                  {(result) => (
                    <PaletteItem
                      key={result.id}
                      value={`${kind} ${result.id}`}
                      icon={<Icon size={14} strokeWidth={1.6} aria-hidden="true" />}
                      hint={formatCount(result.count)}
                      onSelect={() => go(result.label, hrefOf(result))}
                    >
                      {result.label}
                    </PaletteItem>
                  )}
                </PaletteGroup>
              ))}
              <PaletteGroup heading="Selection" results={acts}>
                {({ key, label }) => (
                  <PaletteItem
                    key={key}
                    value={`act ${key}`}
                    icon={<Zap size={14} strokeWidth={1.6} aria-hidden="true" />}
                    hint={<kbd>{key === 'shift+x' ? '⇧X' : key.toUpperCase()}</kbd>}
                    onSelect={() => act(() => setTimeout(() => runShortcut(key), 0))}
                  >
                    {label}
                  </PaletteItem>
                )}
              </PaletteGroup>
              <PaletteGroup heading="Go to" results={pages}>
                {(entry) => (
                  <PaletteItem
                    key={entry.path}
                    value={`page ${entry.path}`}
                    icon={<entry.icon size={14} strokeWidth={1.6} aria-hidden="true" />}
                    hint={entry.key ? <GoKeys letter={entry.key.toUpperCase()} /> : null}
                    onSelect={() => act(() => router.push(scoped(entry.path)))}
                  >
                    {entry.label}
                  </PaletteItem>
                )}
              </PaletteGroup>
              {text.trim() === '' ? (
                <Command.Group heading={<span className="menu-head block">Act</span>}>
                  <PaletteItem
                    value="act theme"
                    icon={<SunMoon size={14} strokeWidth={1.6} aria-hidden="true" />}
                    hint={null}
                    onSelect={() => act(toggleTheme)}
                  >
                    Switch theme
                  </PaletteItem>
                  <PaletteItem
                    value="act keys"
                    icon={<KeyboardIcon size={14} strokeWidth={1.6} aria-hidden="true" />}
                    hint={<kbd>?</kbd>}
                    onSelect={() => openPart('help')}
                  >
                    Show keys
                  </PaletteItem>
                </Command.Group>
              ) : null}
              {results.length + pages.length + acts.length === 0 &&
              !isCve &&
              !search.isFetching &&
              text.trim() !== '' ? (
                <p className="p-3 text-fg-3">Nothing matches in what is scanned and in this scope.</p>
              ) : null}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface GroupProps<Item> {
  readonly heading: string;
  readonly results: readonly Item[];
  readonly children: (item: Item) => ReactNode;
}

function PaletteGroup<Item>({ heading, results, children }: GroupProps<Item>) {
  if (results.length === 0) return null;
  return (
    <Command.Group heading={<span className="menu-head block">{heading}</span>}>{results.map(children)}</Command.Group>
  );
}

interface ItemProps {
  readonly value: string;
  readonly icon: ReactNode;
  readonly hint: ReactNode;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

function PaletteItem({ value, icon, hint, onSelect, children }: ItemProps) {
  return (
    <Command.Item className="menu-item" value={value} onSelect={onSelect}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <span className="text-12 text-fg-3">{hint}</span>
    </Command.Item>
  );
}

function GoKeys({ letter }: { readonly letter: string }) {
  return (
    <span className="flex gap-1">
      <kbd>G</kbd>
      <kbd>{letter}</kbd>
    </span>
  );
}

async function fetchResults(text: string, scope: string, signal: AbortSignal): Promise<readonly SearchResult[]> {
  const separator = scope === '' ? '?' : '&';
  const answer = await fetch(`/api/search${scope}${separator}text=${encodeURIComponent(text)}`, { signal });
  if (!answer.ok) throw new Error(`search answered ${answer.status}`);
  return (await answer.json()) as readonly SearchResult[];
}
