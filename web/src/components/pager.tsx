import { Group, Pagination, Text } from '@mantine/core';
import { countText } from '../lib/format.ts';

interface PagerProps {
  /** What is counted: `advertisers`. */
  readonly what: string;
  /** Rows of all pages. */
  readonly total: number;
  /** Rows of a page. */
  readonly size: number;
  /** From 1. */
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/** Which rows of how many are shown, and the way to the others. */
export function Pager({ what, total, size, page, onPage }: PagerProps) {
  const pages = Math.max(1, Math.ceil(total / size));
  const first = (page - 1) * size + 1;
  if (total === 0) return null;
  return (
    <Group justify="space-between" mt="sm" gap="xs">
      <Text size="sm" c="dimmed">
        {first > total
          ? `Past the end of ${countText(total)}`
          : `${countText(first)}–${countText(Math.min(total, page * size))} of ${countText(total)}`}{' '}
        {what}
      </Text>
      {pages > 1 && (
        <Pagination
          size="sm"
          total={pages}
          value={Math.min(page, pages)}
          onChange={onPage}
          siblings={1}
          aria-label={`Pages of ${what}`}
          getControlProps={(control) => ({ 'aria-label': CONTROLS[control] })}
          getItemProps={(item) => ({ 'aria-label': `Page ${item}` })}
        />
      )}
    </Group>
  );
}

const CONTROLS = { first: 'First page', previous: 'Page before', next: 'Next page', last: 'Last page' } as const;
