import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { countText, dayText, shortCountText } from '../../lib/format.ts';
import { type TimeZoneChoice, timeZone } from '../../lib/time-zone.ts';
import { useNow } from '../../lib/use-now.ts';
import type { SizeLine } from './size-line.ts';

interface SizesChartProps {
  readonly lines: readonly SizeLine[];
  readonly since: string;
  readonly height: number;
}

const HOUR_MS = 3_600_000;

/** The lines; the legend below says the same in words. */
export function SizesChart({ lines, since, height }: SizesChartProps) {
  const zone = timeZone.use();
  const now = useNow(HOUR_MS) + HOUR_MS;
  const rows = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => Date.parse(at))))]
    .sort((left, right) => left - right)
    .map((at) => ({ at, ...rowsAt(lines, at) }));
  // A line needs room: what is younger than that begins in the middle rather than at the edge.
  const first = Math.max(Date.parse(since), Math.min(rows[0]?.at ?? now, now - 7 * 24 * HOUR_MS));
  return (
    <div aria-hidden>
      <LineChart
        h={height}
        data={rows}
        dataKey="at"
        series={lines.map(({ deliveryId, name, about, colour }) => ({
          name: deliveryId,
          label: `${name}, ${about}`,
          color: colour,
        }))}
        curveType="linear"
        connectNulls
        withDots
        valueFormatter={countText}
        xAxisProps={{
          type: 'number',
          scale: 'time',
          domain: [first, now],
          tickFormatter: (at: number) => dayOf(at, zone),
          ticks: ticksBetween(first, now),
          minTickGap: 30,
        }}
        yAxisProps={{ tickFormatter: shortCountText, width: 48 }}
        tooltipProps={{ labelFormatter: (at) => (typeof at === 'number' ? dayOf(at, zone) : '') }}
        lineChartProps={{ accessibilityLayer: false }}
        tooltipAnimationDuration={0}
      />
    </div>
  );
}

const TICKS = 6;

function ticksBetween(first: number, last: number): number[] {
  return Array.from({ length: TICKS }, (_, index) => first + ((last - first) * index) / (TICKS - 1));
}

function rowsAt(lines: readonly SizeLine[], at: number): Record<string, number> {
  return Object.fromEntries(
    lines.flatMap(({ deliveryId, points }) => {
      const point = points.find((one) => Date.parse(one.at) === at);
      return point === undefined ? [] : [[deliveryId, point.rows]];
    }),
  );
}

function dayOf(at: number, zone: TimeZoneChoice): string {
  return dayText(new Date(at).toISOString(), zone);
}
