import type { Authority } from '@rnoce/schemas/operator-types';

/** Where a filing's messages stand on the page of its request: `/demandes/<id>#messages-customs`. */
export const messagesAnchor = (authority: Authority): string => `messages-${authority}`;
