'use client';

import { Download } from 'lucide-react';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Segmented } from '@/components/ui/segmented.tsx';
import { partsOf, TEMPLATE_WORDS, type TemplateKind } from '../template-words.ts';
import type { RoleTemplate } from './use-role-templates.ts';

interface Props {
  /** Null where there is none to show. */
  readonly template: RoleTemplate | null;
  /** What is said in its place. */
  readonly waiting: string;
  readonly kinds: readonly TemplateKind[];
  readonly shown: TemplateKind;
  readonly onShow: (kind: TemplateKind) => void;
  /** Values that were typed, told apart in the text. */
  readonly values: readonly string[];
}

export function TemplateBlock({ template, waiting, kinds, shown, onShow, values }: Props) {
  return (
    <div className="template">
      <header>
        <Segmented
          label="Template"
          value={shown}
          options={kinds.map((kind) => ({ value: kind, label: TEMPLATE_WORDS[kind] }))}
          onChange={onShow}
        />
        <span className="flex-1" />
        {template === null ? null : (
          <>
            <CopyButton text={template.text} label="Copy template" />
            <a
              className="hit text-fg-3 hover:text-fg"
              href={`data:text/plain;charset=utf-8,${encodeURIComponent(template.text)}`}
              download={template.fileName}
              aria-label={`Download ${template.fileName}`}
              title={template.fileName}
            >
              <Download size={14} strokeWidth={1.6} aria-hidden="true" />
            </a>
          </>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1). */}
      <section className="template-text" tabIndex={0} aria-label={`${TEMPLATE_WORDS[shown]} template`}>
        {template === null ? (
          <p className="font-sans text-13 text-fg-3">{waiting}</p>
        ) : (
          <pre>
            <code>
              {partsOf(template.text, values).map(({ at, text, isValue }) =>
                isValue ? <b key={at}>{text}</b> : <span key={at}>{text}</span>,
              )}
            </code>
          </pre>
        )}
      </section>
    </div>
  );
}
