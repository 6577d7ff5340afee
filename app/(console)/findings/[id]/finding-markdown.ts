import { teamStatusWord } from '@/components/findings/status-words.ts';
import type { FindingDetail } from '@/lib/core/model/views.ts';

/** The finding as text for a ticket or a message. Names come from strangers, so signs that Markdown reads are escaped. */
export function findingMarkdown(finding: FindingDetail): string {
  return [
    `**${plain(finding.vulnerabilityId)}** ${plain(finding.title)}`,
    '',
    `- Severity: ${finding.severity.toLowerCase()}, score ${finding.score === null ? 'not known' : finding.score.toFixed(1)}`,
    `- Resource: ${plain(finding.resourceName)} in ${plain(finding.accountName)} (${finding.accountId}), ${finding.region}`,
    `- Status: ${teamStatusWord(finding).toLowerCase()}`,
    ...(finding.dueAt === null ? [] : [`- Due: ${finding.dueAt.toISOString().slice(0, 10)}`]),
    ...fixLines(finding),
  ].join('\n');
}

function fixLines({ guidance }: FindingDetail): readonly string[] {
  if (guidance === undefined) return [];
  const { steps, restart, unfixed } = guidance;
  return [
    ...steps.flatMap(({ text, ways: [way] }) => [`- ${plain(text)}`, ...commandLines(way?.command ?? null)]),
    ...(restart === null ? [] : [`- ${plain(restart.text)}`]),
    ...unfixed.map((name) => `- ${plain(name)}: no fixed version yet`),
  ];
}

/** A command that could end its own code span is left out. */
function commandLines(command: string | null): readonly string[] {
  return command !== null && /^[^`\r\n]+$/.test(command) ? [`  \`${command}\``] : [];
}

function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&').replace(/\s+/g, ' ');
}
