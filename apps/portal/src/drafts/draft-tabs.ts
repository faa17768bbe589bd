/** Several tabs of one browser on one draft: they tell each other that they are there, and when one has saved. */

type Word =
  | { readonly kind: 'here'; readonly tab: string; readonly answer: boolean }
  | { readonly kind: 'gone'; readonly tab: string }
  | { readonly kind: 'saved'; readonly tab: string; readonly version: number }
  | { readonly kind: 'documents'; readonly tab: string };

type Port = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;

export interface DraftTabs {
  /** This tab has saved the form up to this version. */
  readonly saved: (version: number) => void;
  /** This tab has changed a document. */
  readonly documentsChanged: () => void;
  /** Leaves the page for a while, or for good: the others stop warning. */
  readonly leave: () => void;
  /** Back from the browser's memory of pages. */
  readonly comeBack: () => void;
  readonly close: () => void;
}

/** `tab` tells this tab from the others; `onOthers` hears how many other tabs show the draft. */
export function draftTabs(
  port: Port,
  tab: string,
  heard: {
    readonly onOthers: (count: number) => void;
    readonly onSaved: (version: number) => void;
    readonly onDocuments: () => void;
  },
): DraftTabs {
  const others = new Set<string>();
  const say = (word: Word): void => port.postMessage(word);
  port.addEventListener('message', ({ data: word }: MessageEvent<Word>) => {
    switch (word.kind) {
      case 'here':
        others.add(word.tab);
        heard.onOthers(others.size);
        if (word.answer) say({ kind: 'here', tab, answer: false });
        break;
      case 'gone':
        others.delete(word.tab);
        heard.onOthers(others.size);
        break;
      case 'saved':
        heard.onSaved(word.version);
        break;
      case 'documents':
        heard.onDocuments();
        break;
    }
  });
  const comeBack = (): void => say({ kind: 'here', tab, answer: true });
  const leave = (): void => say({ kind: 'gone', tab });
  comeBack();
  return {
    saved: (version) => say({ kind: 'saved', tab, version }),
    documentsChanged: () => say({ kind: 'documents', tab }),
    leave,
    comeBack,
    close: () => {
      leave();
      port.close();
    },
  };
}
