import { useDisclosure } from '@mantine/hooks';
import { Outlet, useLocation, useMatches } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { Gate } from '../auth/gate.tsx';
import { mayDo, useMe } from '../auth/use-me.ts';
import { LiveRegion } from '../components/live-region.tsx';
import { countScreen } from '../lib/arrival.ts';
import { Brand } from './brand.tsx';
import { Forbidden } from './forbidden.tsx';
import { Frame } from './frame.tsx';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import { ScreenWaiting } from './screen-waiting.tsx';

/** What stands around every screen. */
export function Shell() {
  return (
    <Gate waiting={<Frame header={<Brand />} navigation={null} isOpen={false} content={<ScreenWaiting />} />}>
      <SignedInShell />
    </Gate>
  );
}

function SignedInShell() {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the address whose change closes the menu
  useEffect(() => close(), [pathname, close]);
  return (
    <Frame
      isOpen={isOpen}
      header={<Header isOpen={isOpen} onToggle={toggle} />}
      navigation={<Navigation />}
      content={
        <>
          <Screen key={pathname} />
          <LiveRegion />
        </>
      }
    />
  );
}

function Screen() {
  useState(countScreen);
  const me = useMe();
  const needed = useMatches({ select: (matches) => matches.at(-1)?.staticData.role ?? 'viewer' });
  if (!mayDo(me.role, needed)) return <Forbidden role={needed} />;
  return (
    <Suspense fallback={<ScreenWaiting />}>
      <Outlet />
    </Suspense>
  );
}
