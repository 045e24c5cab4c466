import { ColorSwatch, Text } from '@mantine/core';
import { TextLink } from '../../components/links.tsx';
import { counted, countText, shareText } from '../../lib/format.ts';
import type { SizeLine } from './size-line.ts';
import classes from './sizes-legend.module.css';

/** What each line is, how large its audience is, and how that has changed since the first delivery that is shown. */
export function SizesLegend({ lines }: { readonly lines: readonly SizeLine[] }) {
  return (
    <ul className={classes.legend} aria-label="Audience sizes">
      {lines.map(({ deliveryId, name, about, colour, points }) => (
        <li key={deliveryId} className={classes.entry}>
          <ColorSwatch color={colour} size={12} withShadow={false} mt={5} aria-hidden />
          <div className={classes.words}>
            <TextLink to="/runs" search={{ delivery: deliveryId }}>
              {name}
            </TextLink>
            <Text size="xs" c="dimmed">
              {about}
            </Text>
            <Text size="xs">{changeWords(points)}</Text>
          </div>
        </li>
      ))}
    </ul>
  );
}

function changeWords(points: SizeLine['points']): string {
  const [first, last] = [points[0]?.rows ?? 0, points.at(-1)?.rows ?? 0];
  const size = counted(last, 'row');
  if (points.length < 2 || first === 0) return size;
  const change = last / first - 1;
  return `${size}, ${change > 0 ? '+' : ''}${shareText(change)} since ${countText(points.length)} deliveries`;
}
