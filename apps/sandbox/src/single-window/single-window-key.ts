/** The key that callers of the sandbox's single window must show: invented, opens nothing elsewhere. */
export const singleWindowKey = 'sandbox-single-window-key';
