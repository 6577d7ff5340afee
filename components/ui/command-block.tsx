import { CopyButton } from './copy-button.tsx';

export function CommandBlock({ command }: { readonly command: string }) {
  return (
    <div className="command">
      <code>{command}</code>
      <CopyButton text={command} label="Copy command" />
    </div>
  );
}
