import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type Html = Omit<ComponentProps<'a'>, keyof AnchorProps | keyof ButtonProps | 'style'>;

function PlainAnchor(props: AnchorProps & Html) {
  return <Anchor size="sm" {...props} />;
}

function PlainButton(props: ButtonProps & Html) {
  return <Button component="a" variant="default" {...props} />;
}

/** A link in a text or a table, to a screen. */
export const TextLink = createLink(PlainAnchor);

/** A link to a screen that looks like a button. */
export const ButtonLink = createLink(PlainButton);
