import { teamStatusWord } from '@/components/findings/status-words.ts';
import type { FindingDetail } from '@/lib/core/model/views.ts';

/** The finding as text for a ticket or a message. Names come from strangers, so signs that Markdown reads are escaped. */
export function findingMarkdown(finding: FindingDetail): string {
  const fixes = [
    ...new Set(
      finding.vulnerablePackages.map(({ name, version, fixedVersion }) =>
        fixedVersion === null
          ? `${plain(name)} ${plain(version)}: no fixed version yet`
          : `${plain(name)} ${plain(version)}: upgrade to ${plain(fixedVersion)} or later`,
      ),
    ),
  ];
  return [
    `**${plain(finding.vulnerabilityId)}** ${plain(finding.title)}`,
    '',
    `- Severity: ${finding.severity.toLowerCase()}, score ${finding.score === null ? 'not known' : finding.score.toFixed(1)}`,
    `- Resource: ${plain(finding.resourceName)} in ${plain(finding.accountName)} (${finding.accountId}), ${finding.region}`,
    `- Status: ${teamStatusWord(finding).toLowerCase()}`,
    ...(finding.dueAt === null ? [] : [`- Due: ${finding.dueAt.toISOString().slice(0, 10)}`]),
    ...fixes.map((fix) => `- ${fix}`),
  ].join('\n');
}

function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&').replace(/\s+/g, ' ');
}
