import { CommandBlock } from '@/components/ui/command-block.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import type { Fix } from '../fixes-of.ts';

/** The command that ends a denial, and the file that it names. */
export function AccountFix({ fix: { account, command, note, file } }: { readonly fix: Fix }) {
  return (
    <section>
      <h2>
        Fix for <bdi className="min-w-0 break-words">{account}</bdi>
      </h2>
      <CommandBlock command={command} />
      <p className="mt-1.5 text-12 text-fg-3">{note}</p>
      {file === null ? null : (
        <details className="mt-1.5">
          <summary className="cursor-pointer text-12 text-fg-2">What {file.name} says</summary>
          <div className="command mt-1">
            <code>{file.text}</code>
            <CopyButton text={file.text} label={`Copy ${file.name}`} />
          </div>
        </details>
      )}
    </section>
  );
}
